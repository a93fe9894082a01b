"""From the blocks of a fixture, `{"steps": [...]}`, to the raw value of a page's body."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from snippets.models import Department

from .rich_text import PageIds, line, rich_text, typeset


@dataclass(frozen=True)
class Writer:
    """What a body may refer to: the pages by address, the services by code, and the words in braces of the town."""

    pages: PageIds
    departments: dict[str, int]
    words: dict[str, str]

    def plain(self, text: str) -> str:
        """Fill the words of the town and hold together what must not be broken."""
        for name, value in self.words.items():
            text = text.replace(f"{{{name}}}", value)
        return typeset(text.strip())

    def rich(self, text: str) -> str:
        """The same, as paragraphs and lists."""
        return rich_text(self.plain(text), self.pages)

    def line(self, text: str) -> str:
        """The same, as one line of rich text."""
        return line(self.plain(text), self.pages)

    def body(self, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the raw blocks of a body; a button to a page that does not exist is left out."""
        raw = []
        for block in blocks:
            [(name, value)] = block.items()
            written = _WRITERS[name](self, value)
            if written is not None:
                raw.append({"type": name, "value": written, "id": str(uuid4())})
        return raw


def department_ids() -> dict[str, int]:
    """The services by code."""
    return dict(Department.objects.values_list("code", "pk"))


def _items(values: list[Any]) -> list[dict[str, Any]]:
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def _framed(writer: Writer, value: dict[str, str]) -> dict[str, str]:
    return {"title": writer.plain(value["title"]), "text": writer.rich(value["text"])}


def _steps(writer: Writer, value: list[dict[str, str]]) -> list[dict[str, Any]]:
    return _items([_framed(writer, step) for step in value])


def _checklist(writer: Writer, value: list[str]) -> list[dict[str, Any]]:
    return _items([writer.plain(item) for item in value])


def _key_facts(writer: Writer, value: list[dict[str, str]]) -> list[dict[str, Any]]:
    return _items([{"label": writer.plain(f["label"]), "value": writer.line(f["value"])} for f in value])


def _table(writer: Writer, value: dict[str, Any]) -> dict[str, Any]:
    return {
        "caption": writer.plain(value["caption"]),
        "columns": [{"type": "text", "heading": writer.plain(heading)} for heading in value["headers"]],
        "rows": [{"values": [writer.plain(cell) for cell in row]} for row in value["rows"]],
    }


def _button(writer: Writer, value: dict[str, str]) -> dict[str, Any] | None:
    page = writer.pages.get(value["page"])
    return {"label": value["label"], "page": page, "url": ""} if page else None


def _contact(writer: Writer, code: str) -> dict[str, int] | None:
    return {"department": writer.departments[code]} if code in writer.departments else None


_WRITERS: dict[str, Callable[[Writer, Any], Any]] = {
    "heading": Writer.plain,
    "text": Writer.rich,
    "steps": _steps,
    "checklist": _checklist,
    "key_facts": _key_facts,
    "callout": _framed,
    "warning": _framed,
    "details": _framed,
    "table": _table,
    "button": _button,
    "contact": _contact,
}
