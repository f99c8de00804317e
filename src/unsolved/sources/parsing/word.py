"""A Word document becomes its paragraphs and tables, in the order they stand in it."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table

from unsolved.errors import Unreadable
from unsolved.sources.parsing.encoding import clean

UNPACKED = 200_000_000  # bytes; more than any written document, less than a bomb


def word_text(data: bytes, *, where: str) -> str:
    """Return the text of a .docx file, cells of a table separated by tabs.

    Raises:
        Unreadable: it is no Word document, or damaged.
    """
    mend = "Open it in Word and save it again as .docx, or save it as text"
    try:
        with ZipFile(BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > UNPACKED:
            why = f"it unpacks to {unpacked:,} bytes"
            raise Unreadable(
                where=where, why=why, mend="Remove its pictures, or save it as text"
            )
        document = docx.Document(BytesIO(data))
        return clean("\n\n".join(_passages(document.iter_inner_content()))).strip()
    except (BadZipFile, OpcError, SyntaxError, KeyError, ValueError, AttributeError) as error:
        why = "it is not a Word document, or damaged"
        raise Unreadable(where=where, why=why, mend=mend) from error


def _passages(contents: Iterator[object]) -> Iterator[str]:
    for content in contents:
        text = _table(content) if isinstance(content, Table) else getattr(content, "text", "")
        if text.strip():
            yield text.strip("\n")


def _table(table: Table) -> str:
    """Return a row a line; a cell that spans several columns is told once."""
    lines = []
    for row in table.rows:
        cells = dict.fromkeys(row.cells)
        lines.append(
            "\t".join(" ".join(cell.text.split()) for cell in cells if cell.text.strip())
        )
    return "\n".join(line for line in lines if line)
