"""What a user may touch is written down."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from unsolved import errors
from unsolved.cli import cli
from unsolved.settings import Settings

REFERENCE = Path(__file__).parents[1] / "docs" / "reference.md"


def within(group: click.Group) -> dict[str, click.Command]:
    """Return the commands of a group by name, those loaded on demand too."""
    context = click.Context(group)
    names = group.list_commands(context)
    found = {name: group.get_command(context, name) for name in names}
    return {name: command for name, command in found.items() if command}


def commands(group: click.Group, above: str = "") -> Iterator[str]:
    """Yield the name of every command as it is typed, those of groups included."""
    for name, command in within(group).items():
        yield f"{above}{name}"
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")


def options(group: click.Group) -> Iterator[str]:
    """Yield every option of every command, with its command before it."""
    for command in within(group).values():
        if isinstance(command, click.Group):
            yield from options(command)
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield max(parameter.opts, key=len)


ERRORS = [
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.Error)
]
NAMES = [*commands(cli), *sorted(set(options(cli))), *Settings.model_fields, *ERRORS]


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_names_it(name: str):
    assert REFERENCE.is_file(), "write docs/reference.md"
    code = re.findall(r"`[^`\n]+`", REFERENCE.read_text("utf-8"))
    whole = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    assert any(whole.search(words) for words in code), f"name `{name}` in docs/reference.md"
