"""A command to add each kind of source, made from what the kind must be told."""

from collections.abc import Mapping
from pathlib import Path

import click

from unsolved import sources
from unsolved.cli.source_words import MINUTES, schedule
from unsolved.cli.workbench import Workbench, out, told
from unsolved.db import transaction
from unsolved.errors import Invalid
from unsolved.sources.kinds import KINDS, SourceKind, checked, refuse_unusable


class Every(click.ParamType[int]):
    """How often, as 15m, 6h, 2d or never; 0 stands for never."""

    name = "interval"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return minutes."""
        text = str(value).strip().casefold()
        if text == "never":
            return 0
        if text[:-1].isdecimal() and text[-1:] in MINUTES and int(text[:-1]):
            return int(text[:-1]) * MINUTES[text[-1]]
        return self.fail(f"{value!r} is no interval; write 15m, 6h, 2d or never", param, ctx)


class Adding(click.Group):
    """A command for each kind of source, made from what the kind must be told."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's name)
        """Return the kinds."""
        return list(KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command that adds a source of that kind."""
        return _adding(KINDS[cmd_name]) if cmd_name in KINDS else None


def _adding(kind: SourceKind) -> click.Command:
    first, *others = sorted(kind.settings, key=lambda setting: not setting.required)
    has_address = first.required and not first.secret
    parameters: list[click.Parameter] = []
    if has_address:
        parameters.append(click.Argument([first.name]))
    for setting in others if has_address else kind.settings:
        hidden = setting.secret
        does = setting.does[0].upper() + setting.does[1:] + "."
        if hidden:
            does += " Asked for, or taken from the environment; not to be typed here."
        parameters.append(
            click.Option(
                [f"--{setting.name.replace('_', '-')}", setting.name],
                help=does,
                required=setting.required and not hidden,
                envvar=f"UNSOLVED_{kind.name}_{setting.name}".upper().replace("-", "_"),
                prompt=f"{kind.name} {setting.name}" if hidden and setting.required else False,
                hide_input=hidden,
            )
        )
    parameters += [
        click.Option(["--name", "called"], help="What to call it; its address unless said."),
        click.Option(["--every"], type=Every(), help="How often: 15m, 6h, 2d or never."),
    ]

    @click.pass_obj
    def adding(
        bench: Workbench, /, called: str | None, every: int | None, **typed: str | None
    ) -> None:
        given = {name: text for name, text in typed.items() if text}
        name = called or given.get(first.name if has_address else "address") or kind.name
        _remember(bench, name, kind, given, every)

    return click.Command(kind.name, callback=adding, params=parameters, help=kind.does)


def _remember(
    bench: Workbench,
    name: str,
    kind: SourceKind,
    given: Mapping[str, str],
    every: int | None,
) -> None:
    settings, secrets = checked(kind.name, given)
    if "path" in settings and not Path(settings["path"]).exists():
        raise Invalid(path=settings["path"], why="there is no such file or folder")
    for place in ("path", "address", "companies"):  # what is a file here is so from anywhere
        if place in settings and Path(settings[place]).exists():
            settings[place] = Path(settings[place]).resolve().as_posix()
    refuse_unusable(kind.name, settings, secrets, bench.now)
    if secrets and (made := bench.make_key()):
        told.print(f"made {made}: without this key the secrets cannot be read; keep it safe")
    secret = bench.means.vault.close(secrets)
    often = kind.every if every is None else every or None
    with transaction(bench.sessions) as tx:
        sources.remember(tx, name, kind.name, settings, secret=secret, every=often)
    out.print(f"{name} is a source now, {schedule(often)}; next: unsolved sync {name!r}")
