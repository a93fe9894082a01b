"""Where the technician or the administrator makes and revokes the keys of a telephone system (Annexe B)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from snippets.availability.keys import make_key, revoke_key
from snippets.models import TelephoneKey

KEEPS_KEYS = "snippets.change_telephonekey"
UNPROCESSABLE = 422


class KeyForm(forms.Form):
    """The name of a new key."""

    label = forms.CharField(
        label=_("Nom de la clé"),
        max_length=80,
        help_text=_("Le système qui s'en servira, par exemple : Mitel."),
        error_messages={"required": _("Donnez un nom à la clé.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def telephone_keys(request: HttpRequest) -> HttpResponse:
    """List the keys, or make one: the answer to that very POST is the only page that ever shows it."""
    _only_keepers(request)
    form, secret, status = KeyForm(request.POST or None), "", 200
    if request.method == "POST":
        secret = _make(request, form)
        status = 200 if secret else UNPROCESSABLE
    keys = TelephoneKey.objects.select_related("created_by")
    context = {"form": form if not secret else KeyForm(), "secret": secret, "keys": keys}
    response = render(request, "snippets/availability/keys.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _make(request: HttpRequest, form: KeyForm) -> str:
    if not form.is_valid():
        return ""
    try:
        _key, secret = make_key(label=form.cleaned_data["label"], by=request.user, now=timezone.now())
    except ValidationError as error:
        form.add_error("label", error.messages)
        return ""
    return secret


@require_POST
def revoke_telephone_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a key at once and for ever."""
    _only_keepers(request)
    if revoke_key(pk=pk, now=timezone.now()):
        messages.success(request, now_("La clé est révoquée : elle n'ouvre plus rien."))
    else:
        messages.warning(request, now_("Cette clé était déjà révoquée."))
    return redirect("telephone_keys")


def _only_keepers(request: HttpRequest) -> None:
    if not request.user.has_perm(KEEPS_KEYS):
        raise Http404
