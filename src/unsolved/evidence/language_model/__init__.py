"""Asks a language model about the facets that the local reader is unsure of.

Off unless settings name an endpoint and a person agrees. Whatever comes back can only become
one of our own words for a sentence that was asked about.
"""

from unsolved.evidence.language_model.ahead import Ahead, ahead
from unsolved.evidence.language_model.asking import Asking
from unsolved.evidence.language_model.kept import Kept
from unsolved.evidence.language_model.ledger import Estimate, Ledger, estimate
from unsolved.evidence.language_model.reader import LanguageModelReader
from unsolved.evidence.language_model.terms import Terms

__all__ = [
    "Ahead",
    "Asking",
    "Estimate",
    "Kept",
    "LanguageModelReader",
    "Ledger",
    "Terms",
    "ahead",
    "estimate",
]
