"""Reading drawn markup as a tree, for the tests of fields and components."""

import re
from xml.etree import ElementTree

VOID = ("input", "br", "hr", "img", "meta", "link")
BARE = r"\s(checked|required|multiple|selected|disabled|autofocus|formnovalidate|open)(?=[\s/>])"


def tree(html: str) -> ElementTree.Element:
    """The HTML as a tree; it must be well nested."""
    for tag in VOID:
        html = re.sub(rf"<({tag}\b[^>]*?)\s*/?>", r"<\1/>", html)
    html = re.sub(BARE, r' \1=""', html)
    return ElementTree.fromstring(f"<root>{html}</root>")


def text_of(element: ElementTree.Element) -> str:
    """All the words in it, on one line."""
    return " ".join("".join(element.itertext()).split())
