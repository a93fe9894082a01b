"""`/api/availability/`: a telephone system says the status of an extension, or asks it (Annexe B).

No session and no cookie: a bearer key opens it, so that no page of another site can write here. Errors are JSON, in
French, and never repeat what was sent.
"""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.dateparse import parse_datetime, parse_time
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from snippets.models import AvailabilityStatus, Employee, StatusSource, TownSettings
from snippets.secret_keys import TooManyCalls, UnknownKey

from .keys import count_call
from .setting import UnableToSetAvailability, set_availability
from .standing import LONGEST
from .words import say

logger = logging.getLogger(__name__)

LONGEST_BODY = 4096
LONGEST_EXTENSION = 6


class Problem(Exception):
    """An answer that says what is wrong, and in which field."""

    def __init__(
        self, status: HTTPStatus, words: str, field: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(words)
        self.status, self.field, self.headers = status, field, headers or {}

    def answer(self) -> JsonResponse:
        """Put it in JSON."""
        body = {"error": str(self), **({"field": self.field} if self.field else {})}
        return _json(body, status=self.status, headers=self.headers)


@csrf_exempt
def telephone_system(request: HttpRequest, extension: str = "") -> JsonResponse:
    """POST a status without an extension in the address; GET the status of the extension in the address."""
    try:
        _recognize(request)
        if extension:
            _allow(request, "GET", "HEAD")
            return _json(_described(_employee_at(extension)))
        _allow(request, "POST")
        return _json(_described(_write(_sent(request))))
    except Problem as problem:
        return problem.answer()


def _recognize(request: HttpRequest) -> None:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    try:
        # Another scheme is as an empty key, which nobody has.
        count_call(secret.strip() if scheme.lower() == "bearer" else "", now=timezone.now())
    except UnknownKey:
        words = _("Clé absente, inconnue ou révoquée. Envoyez « Authorization: Bearer » suivi de la clé.")
        raise Problem(HTTPStatus.UNAUTHORIZED, words, headers={"WWW-Authenticate": "Bearer"}) from None
    except TooManyCalls as too_many:
        words = _("Trop d'appels. Attendez %(seconds)s secondes.") % {"seconds": too_many.seconds}
        headers = {"Retry-After": str(too_many.seconds)}
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, words, headers=headers) from None


def _allow(request: HttpRequest, *methods: str) -> None:
    if request.method not in methods:
        words = _("Méthode non permise ici. Permises : %(methods)s.") % {"methods": ", ".join(methods)}
        raise Problem(HTTPStatus.METHOD_NOT_ALLOWED, words, headers={"Allow": ", ".join(methods)})


def _sent(request: HttpRequest) -> Mapping[str, Any]:
    """Read the fields of a JSON object or of a form."""
    unreadable = Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, _("Le contenu n'est ni un objet JSON ni un formulaire lisible.")
    )
    try:
        if len(request.body) > LONGEST_BODY:
            raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("Le contenu est trop long."))
        if request.content_type != "application/json":
            return request.POST
        fields = json.loads(request.body)
    except (ValueError, RecursionError, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        # RecursionError: thousands of brackets inside each other.
        raise unreadable from None
    if not isinstance(fields, dict):
        raise unreadable
    return fields


def _write(fields: Mapping[str, Any]) -> Employee:
    employee = _employee_at(_text(fields, "extension"))
    status, until = _text(fields, "status"), _until(_text(fields, "until"))
    if status not in AvailabilityStatus.values:
        words = _("Statut inconnu. Possibles : %(names)s.") % {"names": ", ".join(AvailabilityStatus.values)}
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, words, "status")
    try:
        employee.availability = set_availability(
            employee_pk=employee.pk,
            status=status,
            until=until,
            source=StatusSource.TELEPHONE_SYSTEM,
            now=timezone.localtime(),
        )
    except UnableToSetAvailability as unable:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(unable), unable.field) from None
    logger.info("availability_said_by_telephone", extra={"employee_id": employee.pk})
    return employee


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    # An extension is often sent as a number; true and false are numbers for Python too.
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("Écrivez un texte dans ce champ."), name)
    return str(value).strip()


def _employee_at(extension: str) -> Employee:
    if not (extension.isascii() and extension.isdigit() and len(extension) <= LONGEST_EXTENSION):
        words = _("Écrivez le numéro de poste en chiffres, par exemple 2201.")
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, words, "extension")
    found = Employee.objects.filter(phone_extension=extension, is_active=True).select_related("availability")[:2]
    match list(found):
        case []:
            words = _("Aucun employé en fonction n'a ce numéro de poste.")
            raise Problem(HTTPStatus.NOT_FOUND, words, "extension")
        case [employee]:
            return employee
    words = _("Plusieurs employés partagent ce poste : leur statut se change dans Guichet.")
    raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, words, "extension")


def _until(text: str) -> datetime | None:
    """Read a moment (ISO 8601, the town's zone when none is said) or an hour of today."""
    if not text:
        return None
    problem = Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("Écrivez la fin comme 2026-08-12T15:00 ou 15:00, à venir et dans un an au plus."),
        "until",
    )
    today = timezone.localdate()
    try:
        # A day alone would leave open whether it counts.
        moment = parse_datetime(text) if ":" in text else None
        if moment is None:
            hour = parse_time(text)
            moment = datetime.combine(today, hour) if hour else None
    except ValueError:
        raise problem from None
    # Far years first: they have no equivalent in another zone.
    if moment is None or not today.year <= moment.year <= (today + LONGEST).year + 1:
        raise problem
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _described(employee: Employee) -> dict[str, Any]:
    """The status of an extension; no name: the telephone system knows its own."""
    availability = getattr(employee, "availability", None)
    said = say(availability, now=timezone.localtime(), stale_after=TownSettings.load().status_stale_after)
    return {
        "extension": employee.phone_extension,
        "status": said.status,
        "until": _iso(availability.until) if availability else None,
        "set_at": _iso(availability.set_at) if availability else None,
        "to_check": said.to_check,
        "words": str(said),
    }


def _iso(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None


def _json(body: dict[str, Any], *, status: int = 200, headers: Mapping[str, str] | None = None) -> JsonResponse:
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False}, headers=headers)
    add_never_cache_headers(response)
    return response
