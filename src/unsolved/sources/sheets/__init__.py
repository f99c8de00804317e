"""Tables in files: CSV in whatever encoding and delimiter, and the sheets of a workbook."""

from unsolved.sources.sheets.files import Known, Opened, open_sheets
from unsolved.sources.sheets.model import Row, Sheet

__all__ = ["Known", "Opened", "Row", "Sheet", "open_sheets"]
