"""What the tables of a CRM mean: the fields of each object, layouts, guesses and a preview."""

from unsolved.sources.crm.fields import FIELDS, Field, Object, Sort
from unsolved.sources.crm.layouts import LAYOUTS
from unsolved.sources.crm.mapping import Mapping, Told
from unsolved.sources.crm.preview import ColumnPreview, Preview, preview, previews

__all__ = [
    "FIELDS",
    "LAYOUTS",
    "ColumnPreview",
    "Field",
    "Mapping",
    "Object",
    "Preview",
    "Sort",
    "Told",
    "preview",
    "previews",
]
