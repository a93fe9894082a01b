"""The glossary keeps up with the words of the code."""

from enum import Enum
from pathlib import Path

import pytest

from intake.policy.roles import Role
from intake.policy.vocabulary import Channel, Charge, Kind, Priority, Status, Verb

GLOSSARY = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
# Said in prose: p1 to p4, and the roles that are accounts rather than people of the policy.
ELSEWHERE = {Priority.P2, Priority.P3, Role.COMMUNICATIONS, Role.EMPLOYEE, Role.ADMINISTRATOR}


@pytest.mark.parametrize("words", [Kind, Status, Verb, Channel, Charge, Priority, Role])
def test_every_word_of_the_policy_is_in_the_glossary(words: type[Enum]):
    assert [word.value for word in words if word not in ELSEWHERE and f"`{word.value}`" not in GLOSSARY] == []
