from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from unsolved.cli import cli

Run = Callable[..., Result]

LETTERS = {
    "acme/2025.md": """\
---
organisation: Acme Foods
industry: Food
title: A letter to shareholders
kind: filing
published: 2025-03-01
---

Our new ERP system went live in January. After go-live we could not ship orders and invoicing
was late. The ERP implementation has failed and we have stopped the project.
""",
    "bolt/2025.md": """\
---
organisation: Bolt
title: A quiet year
kind: news
published: 2025-03-01
---

The weather was good all year and the canteen was painted green.
""",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder with the quick reader set, and no other settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "PROBLEMS", "HOST", "PORT", "LARGEST_DOCUMENT_MB"):
        monkeypatch.delenv(f"UNSOLVED_{name}", raising=False)
    monkeypatch.setenv("UNSOLVED_READER", "cues")
    return tmp_path


@pytest.fixture
def run(here: Path) -> Run:
    """Type a command in that folder."""

    def typed(*words: str | Path) -> Result:
        result = CliRunner().invoke(cli, [str(word) for word in words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    assert here.is_dir()
    return typed


@pytest.fixture
def letters(here: Path) -> Path:
    """A folder of two documents about two organisations."""
    folder = here / "letters"
    for name, text in LETTERS.items():
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def filled(run: Run, letters: Path) -> Run:
    """Type a command where the letters have been added and read."""
    assert run("add", letters).exit_code == 0
    assert run("read").exit_code == 0
    return run
