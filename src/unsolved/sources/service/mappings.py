"""Remembering what the columns of a table mean."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from unsolved.sources.tables import MappingRow


def remember_mapping(
    tx: Session, signature: str, mapping: dict[str, Any], now: datetime
) -> None:
    """Remember what the columns of tables with such a head mean, from now on."""
    row = tx.get(MappingRow, signature)
    if row is None:
        row = MappingRow(signature=signature)
        tx.add(row)
    row.mapping, row.said_at = mapping, now
