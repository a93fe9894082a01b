"""How the policy says no: a value with its article and its reason, never an exception."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why something can't be done: the article, a reason in French, and the field it concerns if any."""

    article: str
    reason: str
    field: str = ""
