"""The reader that asks a language model, as settings describe it."""

import click

from unsolved import evidence
from unsolved.evidence.language_model import Kept, LanguageModelReader, Terms
from unsolved.settings import Settings


def silent(settings: Settings) -> LanguageModelReader:
    """Return the reader; it asks nobody until somebody has agreed to it."""
    return LanguageModelReader(
        evidence.reader("model"), terms(settings), Kept(settings.llm_answers)
    )


def terms(settings: Settings) -> Terms:
    """Return where a language model is asked, and how far we go with it."""
    if not settings.llm_url or not settings.llm_model:
        raise click.UsageError(
            "a language model needs an endpoint and a model: set UNSOLVED_LLM_URL "
            "(http://localhost:11434/v1, say) and UNSOLVED_LLM_MODEL"
        )
    return Terms(
        url=settings.llm_url,
        model=settings.llm_model,
        key=settings.llm_key.get_secret_value(),
        budget=settings.llm_budget,
        price_in=settings.llm_price_in,
        price_out=settings.llm_price_out,
        seconds=settings.llm_seconds,
        band=settings.llm_band,
    )
