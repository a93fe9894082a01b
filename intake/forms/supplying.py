"""The citizen adds a precision or files from his tracking page (art. 2.3); once a click, and nothing he gave is lost."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models import Case
from intake.policy.contact import NAMES, Coordinates
from intake.policy.investigation import Missing
from intake.policy.roles import citizen_of
from intake.policy.transitions import refusal
from intake.policy.vocabulary import Kind, Verb
from intake.process import GivenFile, Refused, supply

from . import drafts, fields, uploads
from .fields import TextField
from .models.draft import Draft
from .screens import GONE, TOO_MANY, UNPROCESSABLE, private, redirect
from .sender import SUPPLIES
from .step_form import FilesField
from .told import told_of

# Whoever opened the file with number and code may add to it for this long, then opens it again.
OPEN_FOR = 2 * 60 * 60
SALT = "intake.forms.supplying"


class SupplyForm(forms.Form):
    """What is added, whose file it is (a signed number, never the code) and which click it was.

    A complaint that lacks the contact details or the date of the facts has a field for each (art. 4.4), always empty:
    what the file holds is not shown.
    """

    text = TextField(
        label=gettext_lazy("Votre précision ou votre réponse"),
        help_text=gettext_lazy("N'écrivez pas de renseignement sur une autre personne, sauf s'il est nécessaire."),
        required=False,
        rows=5,
    )
    files = FilesField()
    cle = forms.CharField(widget=forms.HiddenInput)
    envoi = forms.UUIDField(widget=forms.HiddenInput)
    address = fields.LineField(
        label=gettext_lazy("Adresse"),
        help_text=gettext_lazy("Numéro, rue et, s'il y a lieu, appartement."),
        required=False,
        max_length=200,
        autocomplete="address-line1",
    )
    city = fields.LineField(
        label=gettext_lazy("Municipalité"), required=False, max_length=100, autocomplete="address-level2"
    )
    postal_code = fields.PostalCodeField(required=False)
    phone = fields.PhoneField(required=False)
    email = fields.MailField(required=False)
    facts_on = fields.DayField(
        label=gettext_lazy("Date des faits"),
        help_text=gettext_lazy("S'il y a plusieurs dates, indiquez ici la dernière : c'est elle qui compte."),
        required=False,
        past=True,
    )

    def __init__(self, *args: Any, case: Case | None, **kwargs: Any) -> None:
        # The same page may hold the form that signs, with an e-mail of its own.
        super().__init__(*args, auto_id="preciser-%s", **kwargs)
        asked = _asked_of(case) if case is not None else ()
        for name in (*NAMES, "facts_on"):
            if name in asked:
                self.fields[name].says_optional = name == "email"
            else:
                del self.fields[name]

    @property
    def completing(self) -> list[forms.BoundField]:
        """The fields of what was asked for."""
        return [self[name] for name in (*NAMES, "facts_on") if name in self.fields]

    def coordinates(self) -> Coordinates:
        """The details given, as the verb takes them."""
        return Coordinates(**{name: self.cleaned_data.get(name, "") for name in NAMES})


def _asked_of(case: Case) -> tuple[str, ...]:
    """Name what the citizen is asked to complete; an e-mail that is known is not replaced here: it proves who signs."""
    if case.kind_ is not Kind.COMPLAINT:
        return ()
    missing, requester = case.complaint.missing, getattr(case, "requester", None)
    contact = NAMES if requester is not None and Missing.CONTACT.value in missing else ()
    asked = [name for name in contact if name != "email" or not requester.email]
    return (*asked, "facts_on") if Missing.FACTS_DATE.value in missing else tuple(asked)


def offer_of(case: Case) -> SupplyForm | None:
    """Return the empty form while the file accepts a precision, else None."""
    if refusal(case.kind_, case.status_, Verb.SUPPLY, citizen_of(case.pk)) is not None:
        return None
    return SupplyForm(case=case, initial={"cle": signing.dumps(case.pk, salt=SALT), "envoi": uuid4()})


def case_of(token: str) -> Case | None:
    """Return the file that this signed number opens, or None when it is made up or too old."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    return Case.objects.select_related("department", "waiting_reason").filter(pk=pk).first()


def add(request: HttpRequest) -> HttpResponse:
    """Take what the citizen adds, then lead to a page that a reload does not send again."""
    if request.method != "POST":
        return redirect(reverse("tracking"))
    now, case = timezone.now(), case_of(request.POST.get("cle", ""))
    form = SupplyForm(request.POST, request.FILES, case=case)
    valid = form.is_valid()
    if case is None or "envoi" in form.errors or "cle" in form.errors:
        return _ask_again(request)
    if SUPPLIES.is_shut(request, now):
        form.add_error(
            None, _("Beaucoup d'envois viennent d'être faits. Réessayez dans une heure, ou téléphonez-nous.")
        )
        return _show(request, case, form, status=TOO_MANY)
    key = form.cleaned_data["envoi"]
    draft = _draft_of(case, key, now)
    if draft is None:
        return _ask_again(request)
    for error in uploads.add(draft, request.FILES.getlist("files"), now=now):
        form.add_error("files", error)
        valid = False
    if valid:
        valid = _supply(request, case, form, draft, now)
    if not valid:
        return _show(request, case, form, draft=draft, status=UNPROCESSABLE)
    return redirect(reverse("supplied") + f"?numero={case.reference}")


def _draft_of(case: Case, key: UUID, now: datetime) -> Draft | None:
    """The place of the files until they are given, kept while an error is mended; purged like any draft.

    None when the key is that of something else: a form under way, or another file's precision.
    """
    mine = {"supply": case.pk}
    draft, _made = Draft.objects.get_or_create(pk=key, defaults={"created_at": now, "updated_at": now, "data": mine})
    return draft if draft.page_id is None and draft.data == mine else None


def _supply(request: HttpRequest, case: Case, form: SupplyForm, draft: Draft, now: datetime) -> bool:
    try:
        with transaction.atomic():
            # Two clicks wait for each other; the second finds no draft, or a precision already added.
            locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
            if locked is None:
                return True
            given = tuple(_given(locked))
            supply(
                pk=case.pk,
                text=form.cleaned_data["text"],
                files=given,
                contact=form.coordinates(),
                facts_on=form.cleaned_data.get("facts_on"),
                submission_key=draft.pk,
                by=citizen_of(case.pk),
                now=now,
            )
            SUPPLIES.count(request, now)
            # The files of this click are the case's now; those of a click already counted belong to nobody.
            kept = set(case.attachments.filter(file__in=[file.name for file in given]).values_list("file", flat=True))
            locked.files.filter(file__in=kept).delete()
            drafts.drop(locked)
    except Refused as refused:
        for reason in refused.refusals:
            form.add_error(reason.field if reason.field in form.fields else None, reason.reason)
        return False
    return True


def _given(draft: Draft) -> Any:
    for file in draft.files.filter(is_stored=True):
        yield GivenFile(
            name=file.file.name,
            original_name=file.original_name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
        )


def _show(
    request: HttpRequest, case: Case, form: SupplyForm, *, draft: Draft | None = None, status: int
) -> HttpResponse:
    context = told_of(case) | {"supply_form": form, "supply_files": list(draft.files.all()) if draft else []}
    return private(TemplateResponse(request, "intake_forms/tracking_case.html", context, status=status))


def _ask_again(request: HttpRequest) -> HttpResponse:
    """The page was open too long: what was written is shown, to be copied."""
    given = (request.POST.get(name, "") for name in ("text", *NAMES, "facts_on"))
    context = {"text": "\n".join(words for words in given if words.strip())}
    return private(TemplateResponse(request, "intake_forms/supply_expired.html", context, status=GONE))


def supplied(request: HttpRequest) -> HttpResponse:
    """« Merci »: nothing of the file is shown here."""
    context = {"reference": request.GET.get("numero", "")[:40]}
    return private(TemplateResponse(request, "intake_forms/supplied.html", context))
