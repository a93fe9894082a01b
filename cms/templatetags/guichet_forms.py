"""A Django field or form in GOV.UK's markup: real labels, hints, errors beside the field and on top."""

import copy
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

# The first that fits wins, so a subclass comes before its parent (CheckboxSelectMultiple is a RadioSelect).
TEMPLATES = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "options"),
    (forms.RadioSelect, "options"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.Widget, "input"),
)
CONTROL_CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "input": "govuk-input",
}


@dataclass(frozen=True)
class SummaryError:
    """One line of the error summary; `target` is the id of the first input to correct, empty if there is none."""

    text: str
    target: str


@register.simple_tag
def govuk_field(
    field: BoundField,
    *,
    label_size: str = "s",
    heading: bool = False,
    hint: str = "",
    optional: bool | None = None,
    modifier: str = "",
) -> SafeString:
    """Return the field with its label, hint and error.

    `label_size` is s, m, l or xl; `heading` makes the label the page's h1; `hint` replaces the help text;
    `optional=False` hides « (facultatif) » where another rule asks for the field; `modifier` is a class for the
    group of options, such as govuk-radios--inline. A widget may carry `option_hints`, {value: hint}.
    """
    kind = _template_of(field)
    base = field.auto_id or field.html_name
    shown_hint = hint or field.help_text
    length = _length_hint(field) if kind == "textarea" else ""
    context = {
        "field": field,
        "base": base,
        "label": _label(field, optional=optional),
        "label_size": label_size,
        "heading": heading,
        "hint": shown_hint,
        "length_hint": length,
        "modifier": modifier,
        "describedby": _described_by(field, base, hint=shown_hint, length=length),
    }
    if kind == "options":
        context |= _options(field)
    elif kind == "hidden":
        context["control"] = field.as_widget()
    else:
        context["control"] = _control(field, kind, describedby=context["describedby"])
    return SafeString(render_to_string(f"components/fields/{kind}.html", context))


@register.simple_tag
def govuk_error_summary(*sources: BaseForm | BaseFormSet | None, title: str = "") -> SafeString:
    """Return the summary of every error of these forms (or formsets), with a link to each field; nothing without."""
    errors = [error for source in sources if source is not None for error in _errors_of(source)]
    if not errors:
        return SafeString("")
    return SafeString(render_to_string("components/error_summary.html", {"errors": errors, "title": title}))


def _template_of(field: BoundField) -> str:
    if field.is_hidden:
        return "hidden"
    return next(name for widget, name in TEMPLATES if isinstance(field.field.widget, widget))


def _label(field: BoundField, *, optional: bool | None) -> str:
    """Say « (facultatif) » beside what may stay empty; what is asked needs no star."""
    says = getattr(field.field, "says_optional", True) if optional is None else optional
    if field.field.required or not says or _("facultatif") in str(field.label):
        return str(field.label)
    return _("%(label)s (facultatif)") % {"label": field.label}


def _length_hint(field: BoundField) -> str:
    limit = field.field.widget.attrs.get("maxlength")
    if not limit:
        return ""
    return _("Vous pouvez écrire jusqu'à %(limit)s caractères.") % {"limit": number_format(limit, force_grouping=True)}


def _described_by(field: BoundField, base: str, *, hint: str, length: str) -> str:
    parts = [
        str(field.field.widget.attrs.get("aria-describedby", "")),
        f"{base}_helptext" if hint else "",
        f"{base}_length" if length else "",
        f"{base}_error" if field.errors else "",
    ]
    return " ".join(part for part in parts if part)


def _control(field: BoundField, kind: str, *, describedby: str) -> SafeString:
    """Return the input itself: Django's, with what the widget already asked for, and GOV.UK's classes."""
    widget = copy.deepcopy(field.field.widget)
    attrs: dict[str, Any] = {"aria-describedby": describedby or False}
    if kind != "checkbox":
        error = f"{CONTROL_CLASSES[kind]}--error" if field.errors else ""
        attrs["class"] = " ".join(filter(None, [CONTROL_CLASSES[kind], error, widget.attrs.get("class", "")]))
    else:
        attrs["class"] = " ".join(filter(None, ["govuk-checkboxes__input", widget.attrs.get("class", "")]))
    if kind == "textarea":
        attrs["maxlength"] = False  # a browser would cut a pasted text without a word; the server says it
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.NumberInput):
        # type=number sends nothing when the text is not a number: what was typed would be lost.
        whole = isinstance(field.field, forms.IntegerField) and not isinstance(field.field, forms.FloatField)
        widget.input_type = "text"
        attrs |= {"inputmode": "numeric" if whole else "decimal", "min": False, "max": False, "step": False}
    elif isinstance(widget, forms.EmailInput):
        attrs["spellcheck"] = "false"
    return field.as_widget(widget=widget, attrs=attrs)


def _options(field: BoundField) -> dict[str, Any]:
    """Return what a group of radios or checkboxes needs: its kind and its options, each with its hint."""
    widget = field.field.widget
    hints = {str(value): text for value, text in getattr(widget, "option_hints", {}).items()}
    kind = "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "radios"
    options = [
        {
            "id": option.id_for_label or f"{field.html_name}_{index}",
            "name": option.data["name"],
            "value": option.data["value"],
            "label": option.data["label"],
            "selected": option.data["selected"],
            "attrs": _own_attrs(option.data["attrs"]),
            "hint": hints.get(str(option.data["value"]), ""),
        }
        for index, option in enumerate(field.subwidgets)
    ]
    return {"kind": kind, "options": options}


def _own_attrs(attrs: dict[str, Any]) -> dict[str, Any]:
    """Keep what the widget asks for; the template and the fieldset say the rest."""
    ours = {"id", "class", "checked", "required", "aria-describedby", "aria-invalid"}
    return {name: value for name, value in attrs.items() if name not in ours and value is not False}


def _errors_of(source: BaseForm | BaseFormSet) -> list[SummaryError]:
    if isinstance(source, BaseFormSet):
        general = [SummaryError(text, "") for text in source.non_form_errors()]
        return general + [error for form in source.forms for error in _errors_of(form)]
    found = [SummaryError(text, "") for text in source.non_field_errors()]
    # In the order of the page, not the order in which the errors were found.
    for field in source:
        found += [SummaryError(text, _first_input_id(field)) for text in field.errors]
    return found


def _first_input_id(field: BoundField) -> str:
    if _template_of(field) == "options":
        options = _options(field)["options"]
        return options[0]["id"] if options else ""
    return "" if field.is_hidden else (field.id_for_label or field.html_name)
