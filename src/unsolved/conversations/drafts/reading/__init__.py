"""Drafts from wherever they are written: text, mails, pages, sequences, whole folders."""

from unsolved.conversations.drafts.reading.files import SUFFIXES, kind_of, parse, read
from unsolved.conversations.drafts.reading.folders import Batch, batches

__all__ = ["SUFFIXES", "Batch", "batches", "kind_of", "parse", "read"]
