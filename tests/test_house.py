"""The house rules that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "unsolved"
MODULES = sorted(path.relative_to(SRC) for path in SRC.rglob("*.py"))
SERVICES = [module for module in MODULES if "service" in module.with_suffix("").parts]
DOORS = {"api", "web", "cli", "jobs"}
CLOCKS = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "datetime.today"}
ROOMS = {"problems", "sources", "evidence", "prospects", "conversations", "deals"}
# A letter in brackets keeps this file from breaking its own rule.
FORBIDDEN = {
    "the host of a package registry": re.compile(
        r"p[y]pi\.org|p[y]thonhosted|n[p]mjs|crates\.i[o]|ghcr\.i[o]"
    ),
    "an absolute path of one machine": re.compile(
        r"(?<![\w.:/~-])/(?:w[o]rk|r[o]ot|h[o]me)/\w"
    ),
}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def nodes(module: Path, kind: type[ast.AST]) -> list[ast.AST]:
    tree = ast.parse((SRC / module).read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, kind)]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_can_be_read_in_one_sitting(module: Path):
    if "migrations" in module.parts:  # Alembic writes them
        return
    assert len((SRC / module).read_text("utf-8").splitlines()) <= 300, (
        "split it along its nouns"
    )


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_says_what_it_is_about(module: Path):
    if "migrations" in module.parts:
        return
    told = ast.get_docstring(ast.parse((SRC / module).read_text("utf-8")))
    assert told, "open it with one sentence that could stand in a book"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_doors_read_the_clock(module: Path):
    called = {ast.unparse(call.func) for call in nodes(module, ast.Call)}  # type: ignore[attr-defined]
    assert module.parts[0] in DOORS or not called & CLOCKS, "take `now` as an argument"


@pytest.mark.parametrize("module", SERVICES, ids=str)
def test_a_room_writes_only_its_own_tables(module: Path):
    imported = {
        alias.asname or alias.name
        for node in nodes(module, ast.ImportFrom)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").endswith(".tables")
        and not str(node.module).startswith(f"unsolved.{module.parts[0]}.")
        for alias in node.names
    }
    assert not imported, f"{sorted(imported)}: ask its room's queries, or call its service"


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_says_in_a_few_lines_what_it_is_for(room: str):
    told = ast.get_docstring(ast.parse((SRC / room / "__init__.py").read_text("utf-8")))
    assert told
    assert len(told.splitlines()) <= 5


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_in_the_repository_names(what: str):
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}"
            for number, line in enumerate(text.splitlines(), 1)
            if FORBIDDEN[what].search(line)
        ]
    assert not found, f"{what} stands in {', '.join(found[:10])}"
