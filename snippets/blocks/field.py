"""The one StreamField of the project."""

from typing import Any

from wagtail.fields import StreamField

from . import BodyBlock


class BodyField(StreamField):
    """A page's body: always a `BodyBlock`, and never spelled out in a migration.

    Why: Wagtail writes the whole tree of blocks into every migration that touches a StreamField, and asks for a new
    one whenever a help text changes; a site's migrations grow to megabytes and its first `migrate` to minutes, for a
    column that stays plain JSON. Here a migration says only that the column is a `BodyField`. In a migration the field
    therefore reads and writes with today's blocks: a data migration that renames or removes a block must run
    `wagtail.blocks.migrations` (it works on the raw JSON) in the release *before* the old block leaves `BodyBlock`.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(BodyBlock, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Say what a migration needs: the class and Django's own options, no block."""
        # Not StreamField's own: it would instantiate and describe every block first.
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [], kwargs
