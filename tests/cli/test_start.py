import subprocess
import sys
from types import ModuleType

import click
import pytest

from unsolved import evidence, prospects, sources
from unsolved.cli.evidence import COMMANDS as ABOUT_EVIDENCE
from unsolved.cli.lazily import Lazily, Where
from unsolved.cli.main import COMMANDS

SLOW = {
    *("alembic", "docx", "fastapi", "numpy", "onnxruntime", "pydantic", "pypdfium2"),
    *("sqlalchemy", "yaml"),
}


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (where, name)
        for table in (COMMANDS, ABOUT_EVIDENCE)
        for name, where in table.items()
    ],
)  # fmt: skip
def test_the_list_of_commands_says_of_each_what_its_own_help_says(where: Where, name: str):
    group = Lazily(table={name: where})

    command = group.get_command(click.Context(group), name)

    assert command
    assert command.name == name
    assert command.get_short_help_str(1000) == where.does


@pytest.mark.parametrize("room", [evidence, prospects, sources], ids=lambda room: room.__name__)
def test_a_room_has_what_it_promises(room):
    assert not [name for name in room.__all__ if isinstance(getattr(room, name), ModuleType)]


@pytest.mark.parametrize(
    ("doing", "needs"),
    [
        ("from unsolved.cli import cli; cli(['--help'], standalone_mode=False)", set()),
        ("import unsolved.cli.evidence", {"pydantic"}),
        ("import unsolved.cli.show", {"pydantic", "sqlalchemy", "yaml"}),
        ("import unsolved.cli.bring", {"pydantic", "sqlalchemy", "yaml"}),
    ],
)
def test_a_command_loads_no_more_than_it_needs(doing: str, needs: set[str]):
    said = f"{doing}; import sys; print(); print(*sys.modules)"

    done = subprocess.run(  # what this process has loaded says nothing
        [sys.executable, "-c", said], capture_output=True, text=True, check=True
    )

    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & SLOW == needs
