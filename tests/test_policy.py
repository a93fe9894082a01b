"""Every article that asks something of software has its place and its tests, and docs/policy.md says so truly."""

from pathlib import Path

import pytest

from cms.policy_map import DRAWN, ROOT, drawn, missing_tests, policy_lines

# Typed from the policy: an article that leaves docs/policy.toml is missed here.
ARTICLES = (
    *("1", "2.3", "3", "4", "4.1", "4.2", "4.2.1", "4.3", "4.4", "4.4.1", "4.5", "4.6"),
    *("Annexe A, 1 et 2", "Annexe A, 3 et 4", "Annexe A, 5", "Annexe A, 6", "Annexe B", "Annexe C"),
)


@pytest.mark.parametrize("article", ARTICLES)
def test_every_article_has_a_line(article):
    assert any(article == line.ref or article in line.ref.split(", ") for line in policy_lines())


def test_no_article_loses_its_test():
    assert missing_tests() == []
    assert all(line.tests for line in policy_lines())


def test_every_place_that_is_named_exists():
    places = {place for line in policy_lines() for place in line.where}
    assert [place for place in sorted(places) if not (Path(ROOT) / place).exists()] == []


def test_the_document_is_what_the_list_draws():
    assert DRAWN.read_text(encoding="utf-8") == drawn()
