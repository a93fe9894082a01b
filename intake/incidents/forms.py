"""What is typed about an incident."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.queue.form_parts import day, text


def _persons() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Nombre de personnes touchées"),
        help_text=_("Laissez vide si vous ne le savez pas."),
        required=False,
        min_value=0,
        max_value=1_000_000,
    )


class ReportForm(forms.Form):
    """The report, by whoever noticed."""

    happened_on = day(_("Jour de l'incident"), _("Même approximatif."))
    known_on = day(_("Jour où la Ville l'a appris"))
    circumstances = text(_("Ce qui s'est passé"), _("Par exemple : une réponse envoyée nommait le voisin."))
    information = text(
        _("Renseignements touchés"), _("Les sortes de renseignements (nom, adresse…), sans les recopier."), rows=2
    )
    reference = forms.CharField(label=_("Numéro du dossier, s'il y en a un"), required=False, max_length=20)
    persons = _persons()

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="incident-%s", **kwargs)


class AssessForm(forms.Form):
    """What the keeper of the register writes."""

    is_serious = forms.TypedChoiceField(
        label=_("Risque de préjudice sérieux"),
        help_text=_("Si oui, avisez la Commission d'accès et les personnes touchées avec diligence (art. 63.8)."),
        required=False,
        choices=[("", _("Pas encore jugé")), ("yes", _("Oui")), ("no", _("Non"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    assessment = text(
        _("Pourquoi"), _("Sensibilité des renseignements, conséquences à craindre, risque d'usage malveillant.")
    )
    commission_told_on = day(_("Commission d'accès à l'information avisée le"))
    persons_told_on = day(_("Personnes avisées le"))
    persons = _persons()
    measures = text(_("Mesures prises"), _("Pour réduire le risque, et pour que cela n'arrive plus."))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="suite-%s", **kwargs)
