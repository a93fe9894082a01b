"""A citizen as the tests see one: fills the steps of a form with a browser that runs no script."""

import re
from html import unescape

from django.test import Client

from intake.forms.models import Draft
from intake.models import Case
from intake.policy.vocabulary import Kind

SLUGS = {
    Kind.REQUEST: "requete",
    Kind.COMPLAINT: "plainte",
    Kind.INQUIRY: "commentaire",
    Kind.CLAIM: "reclamation",
    Kind.ACCESS_REQUEST: "acces-information",
}
FACTS = "Un grand trou devant le 1234, rue des Exemples, depuis lundi."
PERSON = {"first_name": "Marie", "last_name": "Tremblay"}
HOME = {"address": "1234, rue des Exemples", "city": "Val-des-Érables", "postal_code": "j0r 1t0"}
REACH = {"phone": "450-555-0123", "email": "marie@exemple.example"}
# What makes each step of each kind complete.
GOOD = {
    Kind.REQUEST: {
        "nature": {"nature": "TP-01"},
        "demande": {"location": "1234, rue des Exemples", "facts": FACTS},
        "coordonnees": {**PERSON, **HOME, **REACH},
        "verification": {},
    },
    Kind.COMPLAINT: {
        "demande": {"concerned": "Comptoir de la taxation", "facts_on": "2020-01-10", "facts": FACTS},
        "coordonnees": {**PERSON, **HOME, **REACH},
        "verification": {"signature_declared": "on", "signature_name": "Marie Tremblay"},
    },
    Kind.INQUIRY: {
        "demande": {"inquiry_type": "suggestion", "facts": "Plus de bancs.", "wants_reply": "yes"},
        "coordonnees": {**PERSON, **REACH},
        "verification": {},
    },
    Kind.CLAIM: {
        "demande": {
            "event_on": "2020-01-10",
            "location": "rue Principale",
            "facts": "Pneu crevé.",
            "damage_type": "property",
            "damage": "Pneu et jante.",
        },
        "coordonnees": {**PERSON, **HOME, **REACH},
        "verification": {},
    },
    Kind.ACCESS_REQUEST: {
        "demande": {"facts": "Le procès-verbal du 1er mai.", "about": "none", "delivery": "email"},
        "coordonnees": {**PERSON, **HOME, **REACH},
        "verification": {},
    },
}


class Citizen:
    """Fills forms. Every answer carries the seal (CSRF) of a page that was really shown."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.seal = ""

    def get(self, url):
        response = self.client.get(url)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())
        self.seal = found[1] if found else self.seal
        return response

    def post(self, url, data=None, **more):
        if not self.seal:
            self.get("/suivi/")
        return self.client.post(url, {**(data or {}), "csrfmiddlewaretoken": self.seal}, **more)

    def follow(self, response):
        """Go where a redirection leads."""
        assert response.status_code == 303, text_of(response)[:2000]
        return self.get(response.url)

    def begin(self, kind=Kind.REQUEST, **changes):
        """Send the first step; return the draft."""
        first = next(iter(GOOD[kind]))
        response = self.post(f"/demandes/{SLUGS[kind]}/", {**GOOD[kind][first], **changes})
        assert response.status_code == 303, text_of(response)[:2000]
        return Draft.objects.latest("created_at")

    def fill(self, kind=Kind.REQUEST, **changes):
        """Fill every step but the last; `changes` are {step: {field: text}}. Return the draft."""
        steps = list(GOOD[kind])
        draft = self.begin(kind, **changes.get(steps[0], {}))
        for step in steps[1:-1]:
            response = self.post(url_of(draft, step), {**GOOD[kind][step], **changes.get(step, {})})
            assert response.status_code == 303, text_of(response)[:2000]
        assert response.url == url_of(draft, "verification")
        return draft

    def send(self, draft, **changes):
        """« Envoyer »."""
        return self.post(url_of(draft, "verification"), {**GOOD[draft.page.kind_]["verification"], **changes})

    def file(self, kind=Kind.REQUEST, **changes):
        """Fill and send; return the case."""
        draft = self.fill(kind, **changes)
        assert self.send(draft).status_code == 303
        return Case.objects.get(submission_key=draft.pk)


def url_of(draft, step):
    """The address of a step."""
    return f"/demandes/{SLUGS[draft.page.kind_]}/{draft.pk}/{step}/"


def text_of(response):
    """What a person reads on a page, on one line."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def errors_of(response):
    """The lines of the error summary."""
    found = re.search(r'class="govuk-error-summary".*?</ul>', response.content.decode(), re.DOTALL)
    items = re.findall(r"<li>(.*?)</li>", found[0], re.DOTALL) if found else []
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", item)).split()) for item in items]
