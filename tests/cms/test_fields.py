"""Each field, as a keyboard and a screen reader meet it, and the summary of what is wrong."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django import forms
from django.forms import formset_factory
from django.template import Context, Template

from cms.templatetags.guichet_forms import govuk_error_summary, govuk_field

from .markup import text_of, tree


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Everything(forms.Form):
    """One field of each kind that a citizens' form may hold."""

    name = forms.CharField(label="Nom complet", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label="Courriel", help_text="Pour vous répondre.", required=False)
    phone = forms.CharField(label="Téléphone", widget=forms.TextInput(attrs={"type": "tel", "class": "moitie"}))
    day = forms.DateField(label="Date des faits", widget=forms.DateInput(attrs={"max": "2026-12-31"}))
    count = forms.IntegerField(label="Nombre de bacs", min_value=1)
    facts = forms.CharField(label="Les faits", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    nature = forms.ChoiceField(label="Sujet", choices=[("", "Choisissez"), ("a", "Nid-de-poule")])
    where = forms.ChoiceField(
        label="Où?", choices=[("rue", "Rue"), ("parc", "Parc")], widget=forms.RadioSelect, help_text="Une réponse."
    )
    bins = forms.MultipleChoiceField(
        label="Quels bacs?", choices=[(1, "Noir"), (2, "Vert")], widget=forms.CheckboxSelectMultiple
    )
    files = forms.FileField(label="Photos", widget=SeveralFiles(attrs={"accept": "image/*"}), required=False)
    agree = forms.BooleanField(label="Je déclare que c'est exact.")
    step = forms.CharField(widget=forms.HiddenInput)


SINGLE = ["name", "email", "phone", "day", "count", "facts", "nature", "files", "agree"]
GROUPS = ["where", "bins"]


def control(root: ElementTree.Element) -> ElementTree.Element:
    return next(element for element in root.iter() if element.tag in {"input", "select", "textarea"})


@pytest.mark.parametrize("name", SINGLE)
def test_field_when_drawn_has_a_real_label_for_its_control(name):
    root = tree(govuk_field(Everything()[name]))
    (label,) = root.iter("label")
    assert label.get("for") == control(root).get("id") == f"id_{name}"
    assert text_of(label).startswith(str(Everything()[name].label))
    assert "aria-invalid" not in control(root).attrib


@pytest.mark.parametrize("name", SINGLE)
def test_field_when_in_error_says_so_beside_it_and_to_screen_readers(name):
    form = Everything({"email": "pas un courriel"})
    form.is_valid()
    if name == "files":
        form.add_error("files", "Ce fichier est vide.")
    root = tree(govuk_field(form[name]))
    error = root.find(f".//p[@id='id_{name}_error']")
    assert error.get("class") == "govuk-error-message"
    assert text_of(error) == f"Erreur : {form.errors[name][0]}"
    assert control(root).get("aria-invalid") == "true"
    assert f"id_{name}_error" in control(root).get("aria-describedby").split()
    assert "govuk-form-group--error" in root.find("div").get("class")


@pytest.mark.parametrize(("name", "kind"), [("where", "radio"), ("bins", "checkbox")])
def test_group_when_drawn_is_a_fieldset_with_a_label_for_each_option(name, kind):
    root = tree(govuk_field(Everything({"bins": ["2"], "where": "parc"})[name]))
    assert text_of(root.find(".//fieldset/legend")) == Everything()[name].label
    inputs = list(root.iter("input"))
    assert [option.get("type") for option in inputs] == [kind, kind]
    assert [option.get("id") for option in inputs] == [f"id_{name}_0", f"id_{name}_1"]
    assert [label.get("for") for label in root.iter("label")] == [f"id_{name}_0", f"id_{name}_1"]
    assert ["checked" in option.attrib for option in inputs] == [False, True]


@pytest.mark.parametrize("name", GROUPS)
def test_group_when_in_error_describes_the_fieldset(name):
    form = Everything({})
    form.is_valid()
    root = tree(govuk_field(form[name]))
    fieldset = root.find(".//fieldset")
    described = fieldset.get("aria-describedby").split()
    assert described[-1] == f"id_{name}_error"
    assert all(root.find(f".//*[@id='{one}']") is not None for one in described)
    invalid = [element for element in root.iter() if element.get("aria-invalid") == "true"]
    assert invalid
    assert fieldset.get("role") == ("radiogroup" if name == "where" else None)


def test_option_when_it_has_a_hint_is_described_by_it():
    form = Everything()
    form.fields["where"].widget.option_hints = {"parc": "Sentiers et jeux."}
    root = tree(govuk_field(form["where"], modifier="govuk-radios--inline"))
    street, park = root.iter("input")
    assert "aria-describedby" not in street.attrib
    assert text_of(root.find(f".//*[@id='{park.get('aria-describedby')}']")) == "Sentiers et jeux."
    assert root.find(".//div[@class='govuk-radios govuk-radios--inline']") is not None


def test_hint_when_there_is_one_is_announced_with_the_field():
    root = tree(govuk_field(Everything()["email"]))
    assert control(root).get("aria-describedby") == "id_email_helptext"
    assert text_of(root.find(".//*[@id='id_email_helptext']")) == "Pour vous répondre."
    root = tree(govuk_field(Everything()["email"], hint="Autre aide <b>."))
    assert text_of(root.find(".//*[@id='id_email_helptext']")) == "Autre aide <b>."


def test_label_when_the_field_is_optional_says_so_once():
    form = Everything()
    assert ">Courriel (facultatif)</label>" in govuk_field(form["email"])
    assert ">Courriel</label>" in govuk_field(form["email"], optional=False)
    assert ">Nom complet</label>" in govuk_field(form["name"])
    form.fields["email"].label = "Courriel (facultatif)"
    assert govuk_field(form["email"]).count("facultatif") == 1
    form.fields["files"].says_optional = False
    assert "facultatif" not in govuk_field(form["files"])


def test_label_when_it_is_the_only_question_is_the_heading_of_the_page():
    assert '<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l"' in govuk_field(
        Everything()["name"], heading=True, label_size="l"
    )
    assert '<h1 class="govuk-fieldset__heading">Où?</h1>' in govuk_field(Everything()["where"], heading=True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("name", {"type": "text", "autocomplete": "name", "class": "govuk-input"}),
        ("email", {"type": "email", "spellcheck": "false"}),
        ("phone", {"type": "tel", "class": "govuk-input moitie"}),
        ("day", {"type": "date", "max": "2026-12-31"}),
        ("count", {"type": "text", "inputmode": "numeric", "min": None}),
        ("facts", {"rows": "6", "maxlength": None, "class": "govuk-textarea"}),
        ("nature", {"class": "govuk-select"}),
        ("files", {"type": "file", "multiple": "", "accept": "image/*", "class": "govuk-file-upload"}),
        ("agree", {"type": "checkbox", "class": "govuk-checkboxes__input"}),
        ("step", {"type": "hidden"}),
    ],
)
def test_control_when_drawn_keeps_what_its_widget_asks_and_takes_our_classes(name, expected):
    attributes = control(tree(govuk_field(Everything()[name]))).attrib
    assert {key: attributes.get(key) for key in expected} == expected


def test_textarea_when_its_length_is_limited_says_the_limit_and_never_cuts_the_text():
    root = tree(govuk_field(Everything()["facts"]))
    assert text_of(root.find(".//*[@id='id_facts_length']")) == "Vous pouvez écrire jusqu'à 2 000 caractères."
    assert control(root).get("aria-describedby") == "id_facts_length"


@pytest.mark.parametrize("answer", [date(2026, 5, 5), "2026-05-05"])
def test_date_when_already_answered_is_kept_as_browsers_read_it(answer):
    form = Everything({"day": answer}) if isinstance(answer, str) else Everything(initial={"day": answer})
    assert control(tree(govuk_field(form["day"]))).get("value") == "2026-05-05"


def test_number_when_it_is_not_one_is_given_back_as_typed():
    form = Everything({"count": "deux ou trois"})
    assert control(tree(govuk_field(form["count"]))).get("value") == "deux ou trois"


def test_field_when_drawn_twice_leaves_the_form_as_it_was():
    form = Everything()
    assert govuk_field(form["count"]) == govuk_field(form["count"])
    assert form.fields["count"].widget.input_type == "number"


def test_field_when_texts_hold_markup_shows_them_as_text():
    form = Everything({"name": '"><script>x</script>', "where": "<b>"})
    form.fields["where"].choices = [("<b>", "<i>Rue</i>")]
    form.fields["name"].label = "<em>Nom</em>"
    html = govuk_field(form["name"]) + govuk_field(form["where"])
    assert not re.search(r"<(script|em|i|b)>", html)


# --- Error summary ------------------------------------------------------------------------------


class Contact(forms.Form):
    email = forms.EmailField(label="Courriel", error_messages={"required": "Écrivez votre courriel."})

    def clean(self):
        raise forms.ValidationError("Donnez un téléphone ou un courriel.")


def test_summary_when_fields_are_wrong_links_each_to_its_first_control():
    form = Everything({})
    html = govuk_error_summary(form)
    root = tree(html)
    targets = [link.get("href") for link in root.iter("a")]
    assert targets == [
        "#id_name",
        "#id_phone",
        "#id_day",
        "#id_count",
        "#id_facts",
        "#id_nature",
        "#id_where_0",
        "#id_bins_0",
        "#id_agree",
    ]
    page = tree("".join(govuk_field(field) for field in form))
    assert all(page.find(f".//*[@id='{target[1:]}']") is not None for target in targets)
    assert root.find("div").get("tabindex") == "-1"
    assert root.find("div/div").get("role") == "alert"
    assert text_of(root.find(".//h2")) == "Il y a un problème"


def test_summary_when_several_forms_are_wrong_lists_all_general_errors_first():
    html = govuk_error_summary(Contact({}, prefix="moi"), None, Everything({"email": "x"}), title="À corriger")
    lines = [text_of(line) for line in tree(html).iter("li")]
    assert lines[:2] == ["Donnez un téléphone ou un courriel.", "Écrivez votre courriel."]
    assert 'href="#id_moi-email"' in html
    assert 'href="#id_email"' in html
    assert "À corriger" in html


def test_summary_when_a_formset_is_wrong_lists_its_forms():
    formset = formset_factory(Contact, max_num=1, validate_max=True)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-email": "x", "form-1-email": "x"}
    )
    html = govuk_error_summary(formset)
    assert 'href="#id_form-0-email"' in html
    assert 'href="#id_form-1-email"' in html
    assert len(list(tree(html).iter("li"))) == 5


def test_summary_when_nothing_is_wrong_is_absent():
    assert govuk_error_summary(Everything(), None) == ""


def test_tags_when_used_in_a_template_are_found():
    html = Template("{% load guichet_forms %}{% govuk_error_summary form %}{% govuk_field form.name label_size='m' %}")
    drawn_html = html.render(Context({"form": Everything({})}))
    assert drawn_html.index("govuk-error-summary") < drawn_html.index("govuk-label--m")
