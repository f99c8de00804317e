"""Writes docs/drafts.md from the rules: `python scripts/drafts_page.py`."""

from pathlib import Path

from unsolved.conversations.drafts.catalogue import page

if __name__ == "__main__":
    path = Path(__file__).parents[1] / "docs" / "drafts.md"
    path.write_text(page(), "utf-8")
    print(f"{path.name} written")
