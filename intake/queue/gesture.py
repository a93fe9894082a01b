"""A verb as a person reads it; each room lists its own, and actions.py brings them together."""

from dataclasses import dataclass

from django.utils.functional import Promise

from intake.policy.vocabulary import Verb

from .form_parts import ActionForm


@dataclass(frozen=True)
class Gesture:
    """A verb as a person reads it: its name, its button, what follows, and whether its letter is shown first."""

    form: type[ActionForm]
    title: str | Promise
    button: str | Promise
    done: str | Promise
    follows: str | Promise = ""
    previewed: bool = False

    @property
    def verb(self) -> Verb:
        """The verb it calls."""
        return self.form.verb
