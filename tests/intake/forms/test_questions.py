"""The six types of question, whoever wrote them, and what is kept of their answers."""

import pytest

from intake.forms.models import FormQuestion
from intake.forms.questions import answer_to, field_for
from snippets.models import Question, QuestionType

ONE, SEVERAL = QuestionType.ONE_CHOICE, QuestionType.SEVERAL_CHOICES


def a_question(question_type, **more):
    return Question(pk=7, label="Combien?", question_type=question_type, choices="Un\nDeux\n Deux \n\nTrois", **more)


@pytest.mark.parametrize(
    ("question_type", "typed", "value", "display"),
    [
        (QuestionType.SHORT_TEXT, "  deux \t fois ", "deux fois", "deux fois"),
        (QuestionType.LONG_TEXT, "un\r\ndeux ", "un\ndeux", "un\ndeux"),
        (QuestionType.NUMBER, "1 200,50", 1200.5, "1\xa0200,50"),
        (QuestionType.NUMBER, "0", 0, "0"),
        (QuestionType.DATE, "2026-09-01", "2026-09-01", "1er septembre 2026"),
        (ONE, "Deux", "Deux", "Deux"),
        (SEVERAL, ["Un", "Trois"], ["Un", "Trois"], "Un, Trois"),
    ],
)
def test_an_answer_keeps_its_value_and_how_it_reads(question_type, typed, value, display):
    question = a_question(question_type)
    answer = answer_to(question, field_for(question).clean(typed))
    assert (answer.key, answer.label, answer.question_type) == ("q7", "Combien?", question_type)
    assert (answer.value, answer.display, answer.question_id) == (value, display, 7)
    assert type(answer.value) is type(value)


@pytest.mark.parametrize("question_type", list(QuestionType))
def test_what_is_left_empty_is_no_answer(question_type):
    question = a_question(question_type)
    assert answer_to(question, field_for(question).clean([] if question_type is SEVERAL else "")) is None


@pytest.mark.parametrize("question_type", list(QuestionType))
def test_a_required_question_left_empty_is_named(question_type):
    field = field_for(a_question(question_type, is_required=True))
    with pytest.raises(Exception, match="Répondez à la question « Combien\\? »"):
        field.clean([] if question_type is SEVERAL else "")


@pytest.mark.parametrize(
    ("question_type", "typed"),
    [(QuestionType.NUMBER, "douze"), (QuestionType.DATE, "demain"), (ONE, "Quatre"), (SEVERAL, ["Un", "Quatre"])],
)
def test_an_answer_of_another_type_is_refused(question_type, typed):
    with pytest.raises(Exception, match=r"nombre|date|offert"):
        field_for(a_question(question_type)).clean(typed)


def test_a_question_of_a_page_keeps_its_key_whatever_its_row_becomes():
    first = FormQuestion(pk=1, label="Combien de voisins?")
    republished = FormQuestion(pk=99, label=" Combien  de voisins? ")
    assert first.key == republished.key
    assert first.key != FormQuestion(label="Autre chose?").key
    assert answer_to(first, "3").question_id is None
