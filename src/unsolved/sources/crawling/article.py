"""The main text of a page, without what stands around it on every page of the site."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from unsolved.sources.parsing import clean
from unsolved.sources.parsing.html import html_text, html_title

LARGEST, MOST_TAGS = 3_000_000, 20_000
"""Characters, and tags; what has more is a table or a trap, and is taken whole."""

_BLANK = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says, what it is called, and when it was published."""

    text: str
    title: str
    published_on: date | None


def article(markup: str, url: str, today: date) -> Article:
    """Return the main text of a page; its whole text when nothing stands out.

    Nothing is fetched: what is not in ``markup`` is not known.
    """
    is_usual = 0 < len(markup) <= LARGEST and markup.count("<") <= MOST_TAGS
    found = _main(markup, url, today) if is_usual else None
    text, title, on = found or ("", "", None)
    return Article(
        text or html_text(markup),
        title or html_title(markup) or "",
        on if on is None or on <= today else None,
    )


def _main(markup: str, url: str, today: date) -> tuple[str, str, date | None] | None:
    from trafilatura import bare_extraction  # noqa: PLC0415 - most of a second

    # Whatever a hostile page does to the libraries below, its plain text can still be read.
    with suppress(Exception):
        found = bare_extraction(
            markup,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params={
                "extensive_search": False,
                "original_date": True,
                "max_date": today.isoformat(),
            },
        )
        if found is None or isinstance(found, dict):
            return None
        text = _BLANK.sub("\n\n", clean(found.text or "")).strip()
        return text, clean(found.title or "").strip(), _day(found.date)
    return None


def _day(told: str | None) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(told) if told else None
    return None
