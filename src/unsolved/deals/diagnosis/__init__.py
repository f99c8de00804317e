"""Why a buyer who was warm turns a cold shoulder, and what would tell."""

from unsolved.deals.diagnosis.advice import Advice, advise
from unsolved.deals.diagnosis.catalogue import Entry, entries
from unsolved.deals.diagnosis.diagnosing import diagnose, is_cold, signs_of, weighed
from unsolved.deals.diagnosis.model import (
    Answer,
    Cold,
    Diagnosis,
    Doubt,
    Likely,
    Question,
    Sign,
)

__all__ = [
    "Advice",
    "Answer",
    "Cold",
    "Diagnosis",
    "Doubt",
    "Entry",
    "Likely",
    "Question",
    "Sign",
    "advise",
    "diagnose",
    "entries",
    "is_cold",
    "signs_of",
    "weighed",
]
