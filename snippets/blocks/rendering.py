"""Bodies and rich texts of one page, shown with as few SQL queries as one of them.

Wagtail looks up the links of each rich text apart, and the pages, services and images of each body apart: a guide with
ten links asks twenty queries. Here the templates of the blocks write rich text as it is stored, and its links are
looked up once, when everything is written.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

# A character that Wagtail's editors can't send and HTML never holds.
BETWEEN = "\x1e"


def expanded(texts: Sequence[str]) -> list[SafeString]:
    """Return stored HTML as citizens read it, links looked up together.

    Safe for the same reason as Wagtail's own rich text: its editor lets only known tags and attributes in, and the
    templates of the blocks escape everything else.
    """
    joined = BETWEEN.join(text.replace(BETWEEN, "") for text in texts)
    return [mark_safe(html) for html in expand_db_html(joined).split(BETWEEN)]  # noqa: S308 - said above


def stored(bodies: Sequence[StreamValue], context: dict[str, Any] | None = None) -> list[str]:
    """Return the HTML of bodies, links not yet looked up; pages, services and images are fetched once for all."""
    rows = [row for body in bodies for row in body.raw_data]
    if not rows:
        return [""] * len(bodies)
    block = bodies[0].stream_block
    children = iter(list(StreamValue(block, rows, is_lazy=True)))
    parts = [StreamValue(block, list(islice(children, len(body)))) for body in bodies]
    return [block.render_stored(part, context) for part in parts]


def rendered(bodies: Sequence[StreamValue], context: dict[str, Any] | None = None) -> list[SafeString]:
    """Return the HTML of several bodies of one page."""
    return expanded(stored(bodies, context))
