"""Small files that grow without end once opened: counted before any parser reads them, in bounded memory.

What is counted is what was unzipped, never what the file declares of itself; every part is counted, since a workbook may
name its sheets and its texts as it likes.
"""

import re
import zipfile
from collections.abc import Iterator

# Fifty thousand rows of fourteen columns, with their texts, stay under each of these.
BIGGEST_PART = 100 * 1024 * 1024
MOST_CELLS = 1_500_000
MOST_CELLS_IN_A_ROW = 16_384  # the columns of Excel
MOST_STRINGS = 600_000
# A cell of Excel holds 32,767 characters: a text of a megabyte without a tag is none that a person wrote.
LONGEST_TEXT = 1024 * 1024

_CHUNK = 1024 * 1024
# A tag may be cut by the end of a chunk: so many bytes are read again with the next.
_LONGEST_TAG = 32
_COUNTED = re.compile(rb"<(?:\w{1,8}:)?(row|c|si)(?=[\s/>])")


def is_bomb(container: zipfile.ZipFile) -> bool:
    """Say whether a part of the workbook holds more than a list of requests can; reads each part once, in chunks."""
    return any(_grows(container, part) for part in container.infolist())


def _grows(container: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    cells = in_row = strings = size = 0
    is_xml = False
    for chunk, fresh in _chunks(container, part):
        is_xml = is_xml or (size == 0 and chunk.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"))
        size += fresh
        # Between two tags, at most a text: what is longer is kept whole in memory by every parser.
        if size > BIGGEST_PART or (is_xml and fresh >= LONGEST_TEXT and b"<" not in chunk):
            return True
        for found in _COUNTED.finditer(chunk):
            if found.start() >= len(chunk) - _LONGEST_TAG:
                break  # in the tail: counted at the head of the next chunk
            in_row = 0 if found[1] == b"row" else in_row + (found[1] == b"c")
            cells, strings = cells + (found[1] == b"c"), strings + (found[1] == b"si")
        if in_row > MOST_CELLS_IN_A_ROW or cells > MOST_CELLS or strings > MOST_STRINGS:
            return True
    return False


def _chunks(container: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Give a part piece by piece, each with the tail of the one before, and how many bytes are new."""
    tail = b""
    with container.open(part) as stream:
        while fresh := stream.read(_CHUNK):
            chunk = tail + fresh
            yield chunk, len(fresh)
            tail = chunk[-_LONGEST_TAG:]
        # What is left in the tail has not been counted.
        yield tail + b" " * _LONGEST_TAG, 0
