"""Who may make, change and delete which account (§3, « Users and rights »: the administrator holds accounts only).

Roles are given on one screen, « Droits » (intake/rights, art. 4.1), which writes each try; never here.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.users.views.users import CreateView, DeleteView, EditView, IndexView, UserViewSet

from intake.models import account_of, actor_for
from intake.policy.rights import OPENING_ROLES, way_in_refusal
from intake.policy.roles import GROUP_NAMES
from snippets.admin.in_use import is_protected

_OPENING_GROUPS = [GROUP_NAMES[role] for role in OPENING_ROLES]


def may_touch(manager: AbstractBaseUser, account: AbstractBaseUser) -> bool:
    """Say whether `manager`, who may manage accounts, may change this one: its password opens what it sees."""
    if manager == account or actor_for(manager).everything:
        return True
    facts = account_of(account)
    return not facts.is_emergency and not facts.roles & OPENING_ROLES


def untouchable_for(manager: AbstractBaseUser) -> QuerySet:
    """The accounts that `manager` may not change."""
    accounts = get_user_model().objects.all()
    if manager.is_superuser:
        return accounts.none()
    opening = Q(is_superuser=True) | Q(groups__name__in=_OPENING_GROUPS)
    return accounts.filter(opening).exclude(pk=manager.pk).distinct()


class AccountOnlyMixin:
    """The form is about the account; its roles are shown, and given elsewhere."""

    def get_form(self, form_class: type[ModelForm] | None = None) -> ModelForm:
        """Show the roles that are held, whatever is posted; only the emergency account makes another."""
        form = super().get_form(form_class)
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        field = form.fields["groups"]
        field.queryset = form.instance.groups.all() if form.instance.pk else Group.objects.none()
        # A disabled field keeps what is stored.
        field.disabled = True
        field.help_text = _("Les rôles se donnent et se retirent à l'écran « Droits ».")
        if form.instance.pk:
            self._leave_the_way_in(form)
        return form

    def _leave_the_way_in(self, form: ModelForm) -> None:
        """Show, without taking it, what would let the manager of accounts enter in the person's place (art. 4.5)."""
        refusal = way_in_refusal(actor_for(self.request.user), account_of(form.instance))
        if refusal is None:
            return
        for name in ("email", "password1", "password2"):
            form.fields[name].disabled = True
            form.fields[name].required = False
            form.fields[name].help_text = refusal.reason


class AccountIndexView(IndexView):
    """The list; an account one may not change has no link."""

    def get_edit_url(self, instance: AbstractBaseUser) -> str | None:
        """Return the address of the form, for whom one may change."""
        return super().get_edit_url(instance) if instance.pk not in self._untouchable else None

    def get_delete_url(self, instance: AbstractBaseUser) -> str | None:
        """Return the address of the deletion, for whom one may delete."""
        return super().get_delete_url(instance) if instance.pk not in self._untouchable else None

    @property
    def _untouchable(self) -> set[int]:
        if not hasattr(self, "_untouchable_pks"):
            self._untouchable_pks = set(untouchable_for(self.request.user).values_list("pk", flat=True))
        return self._untouchable_pks


class AccountCreateView(AccountOnlyMixin, CreateView):
    """Make an account."""


class AccountEditView(AccountOnlyMixin, EditView):
    """Change an account."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse an account that opens more than the person's own."""
        if not may_touch(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AccountDeleteView(DeleteView):
    """Delete an account that has left no trace."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse an account that opens more than the person's own."""
        if not may_touch(request.user, self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AccountViewSet(UserViewSet):
    """Wagtail's accounts with our limits."""

    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    delete_view_class = AccountDeleteView


def refuse_to_delete(request: HttpRequest, account: AbstractBaseUser) -> HttpResponse | None:
    """Wagtail's `before_delete_user` hook: an account that acted in files stays in their history."""
    return _refusal_of([account], request)


def limit_bulk_actions(request: HttpRequest, action_type: str, rows: Sequence[Any], action: Any) -> HttpResponse | None:
    """Wagtail's `before_bulk_action` hook, for actions on accounts: the same limits as one by one."""
    model = get_user_model()
    if action.model is not model:
        return None
    chosen = model.objects.filter(pk__in=[row.pk for row in rows])
    if chosen.filter(pk__in=untouchable_for(request.user)).exists():
        raise PermissionDenied
    if action_type == "assign_role":  # at « Droits » only, one by one and written
        raise PermissionDenied
    return _refusal_of(rows, request) if action_type == "delete" else None


def _refusal_of(accounts: Sequence[AbstractBaseUser], request: HttpRequest) -> HttpResponse | None:
    model = get_user_model()
    kept = [account for account in accounts if is_protected(model.objects.filter(pk=account.pk))]
    if not kept:
        return None
    title = _("Suppression impossible")
    list_url = reverse("wagtailusers_users:index")
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": list_url, "label": _("Utilisateurs")}, {"url": "", "label": title}],
        "kept": [(account, reverse("wagtailusers_users:edit", args=[account.pk])) for account in kept],
        "back_url": list_url,
    }
    return TemplateResponse(request, "cms/account_has_acted.html", context)
