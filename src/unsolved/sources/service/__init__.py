"""What changes documents, records, sources and who is who."""

from unsolved.sources.service.adding import add
from unsolved.sources.service.holding import hold, hold_organisation
from unsolved.sources.service.mappings import remember_mapping
from unsolved.sources.service.merging import decide, merge, split, undo_merge
from unsolved.sources.service.outbox import (
    drop_planned,
    note_sending,
    note_sent,
    note_unsent,
    plan_outgoing,
)
from unsolved.sources.service.resolving import resolve
from unsolved.sources.service.sourcing import (
    claim,
    failed,
    make_due,
    pause,
    read_again,
    redo,
    remember,
    remove,
    restore,
    succeeded,
    undo,
)

__all__ = [
    "add",
    "claim",
    "decide",
    "drop_planned",
    "failed",
    "hold",
    "hold_organisation",
    "make_due",
    "merge",
    "note_sending",
    "note_sent",
    "note_unsent",
    "pause",
    "plan_outgoing",
    "read_again",
    "redo",
    "remember",
    "remember_mapping",
    "remove",
    "resolve",
    "restore",
    "split",
    "succeeded",
    "undo",
    "undo_merge",
]
