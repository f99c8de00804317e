"""A PDF becomes the text of its pages, a blank line between two of them."""

from threading import Lock

import pypdfium2

from unsolved.errors import Unreadable
from unsolved.sources.parsing.encoding import clean

_ONE_AT_A_TIME = Lock()  # PDFium may be called by one thread at a time, whatever the document
_WRAPPED_WORD = "\ufffe"  # what PDFium puts where a word is divided at the end of a line


def pdf_text(data: bytes, *, where: str) -> str:
    """Return the text of a PDF.

    Raises:
        Unreadable: it is damaged, locked, or holds pictures of pages only.
    """
    try:
        with _ONE_AT_A_TIME:
            text = _text(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(where, str(error)) from error
    if not text.strip():
        mend = "Run text recognition (OCR) on it, or save it as text"
        raise Unreadable(where=where, why="the PDF has no text, only pictures", mend=mend)
    return text


def _text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = []
        for number in range(len(document)):
            page = document[number]
            pages.append(page.get_textpage().get_text_range())
            page.close()
        return clean("\n\n".join(pages).replace(_WRAPPED_WORD, "-")).strip()
    finally:
        document.close()


def _unreadable(where: str, told: str) -> Unreadable:
    if "password" in told.lower():
        mend = "Save a copy without a password"
        return Unreadable(where=where, why="the PDF is locked with a password", mend=mend)
    mend = "Open it and save it again as PDF, or save it as text"
    return Unreadable(where=where, why=f"the PDF is damaged ({told})", mend=mend)
