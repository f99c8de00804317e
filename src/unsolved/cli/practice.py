"""The command that lets a seller practise a call: ``practice``."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from unsolved import sources
from unsolved.cli.practice_words import (
    call_facts,
    card,
    persona_facts,
    print_json,
    show_debrief,
    show_history,
    show_list,
    talk_facts,
)
from unsolved.cli.workbench import Workbench, out, told
from unsolved.conversations import practice as room
from unsolved.conversations.acts import reader
from unsolved.conversations.practice import Persona, Talk, queries, service
from unsolved.conversations.practice.heard import persona_from_transcript
from unsolved.conversations.practice.phrasing import SENT, LanguageModelPhraser
from unsolved.conversations.practice.progress import progress
from unsolved.db import transaction
from unsolved.errors import NotFound, Unreadable
from unsolved.sources.transcripts import SUFFIXES, read

HELP = "/hint what to do next · /end and look back · /repeat the same call · /help"
MOST_LINES = 1_000
SEEDS = 100_000
LARGEST = 50_000_000  # bytes of a transcript
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

Say = Callable[[str], None]


@click.command()
@click.argument("whom", metavar="[PERSONA|ORGANISATION]", required=False)
@click.option("--list", "listed", is_flag=True, help="Show the buyers that ship with us.")
@click.option("--history", "past", is_flag=True, help="Show the calls so far, and progress.")
@click.option("--seller", default="you", show_default=True, help="Who practises.")
@click.option("--seed", type=click.IntRange(0, service.MOST_SEED), help="Which call it is.")
@click.option("--problem", "problem_id", metavar="ID", help="With an organisation: on what.")
@click.option(
    "--buyer", default="", metavar="NAME", help="With a transcript: who the buyer is."
)
@click.option("--script", type=_FILE, help="Say the lines of a file instead of typing.")
@click.option("--llm", "asks_model", is_flag=True, help="Let the language model word answers.")
@click.option("--yes", is_flag=True, help="Agree beforehand to asking the language model.")
@click.option("--json", "as_json", is_flag=True, help="Print the talk and the debrief as JSON.")
@click.pass_context
def practice(  # noqa: PLR0913 (an option each)
    context: click.Context,
    whom: str | None,
    *,
    listed: bool,
    past: bool,
    seller: str,
    seed: int | None,
    problem_id: str | None,
    buyer: str,
    script: Path | None,
    asks_model: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Hold a discovery call with a simulated buyer, and look back on it.

    PERSONA is a buyer of --list, a persona file (.yaml) or the transcript of a call that was
    held; ORGANISATION is one we have read about: its buyer tells only what is quoted of it.
    With the same --seed and the same lines a call goes the same way. Where no one types, lines
    are read from the standard input.
    """
    bench: Workbench = context.obj
    if past:
        named = seller if _is_given(context, "seller") else None
        _show_past(bench, named, as_json=as_json)
        return
    if listed or whom is None:
        found = room.shipped()
        if as_json:
            print_json([persona_facts(one) for one in found])
        else:
            show_list(found)
        return
    persona = _persona(bench, whom, problem_id, buyer)
    phraser = _phraser(bench, yes=yes) if asks_model else None
    chosen = int(bench.now.timestamp()) % SEEDS if seed is None else seed
    call = _Call(bench, phraser, silent=as_json)
    call.begin(persona, chosen, seller)
    lines = _script(script) if script else _typed(call)
    call.hold(lines)
    if as_json:
        print_json(talk_facts(call.talk, seller, call.run_id))
    else:
        show_debrief(call.talk, chosen, whom)


class _Call:
    """A call that goes on: what is said in it is kept as it is said."""

    def __init__(
        self, bench: Workbench, phraser: LanguageModelPhraser | None, *, silent: bool
    ) -> None:
        self._bench, self._phraser, self._silent = bench, phraser, silent
        self.talk: Talk
        self.run_id = 0

    def begin(self, persona: Persona, seed: int, seller: str) -> None:
        """Begin, and show who is on the line."""
        with transaction(self._bench.sessions) as tx:
            self.run_id = service.begin(
                tx,
                persona,
                seed,
                seller,
                now=self._bench.now,
                reader=reader(),
                worded_by=self._phraser.name if self._phraser else None,
            )
        self._tell("\n".join(card(persona)))
        self._tell(f"\n{HELP}\n")
        self._look()

    def hold(self, lines: Iterator[str]) -> None:
        """Say one line after the other, up to the end of the talk."""
        for line in lines:
            if line.startswith("/"):
                self._command(line.strip().lower())
            else:
                self.talk = service.say(
                    self._bench.sessions,
                    self.run_id,
                    line,
                    now=self._bench.now,
                    reader=reader(),
                    phraser=self._phraser,
                )
                self._answer(self.talk.heard)
            if self.talk.is_over:
                break
        if not self.talk.is_over:
            self._end()

    def _command(self, word: str) -> None:
        if word == "/end":
            self._end()
        elif word == "/hint":
            self._tell(f"  hint: {room.hint(self.talk)}")
        elif word == "/repeat":
            with transaction(self._bench.sessions) as tx:
                service.end(tx, self.run_id, now=self._bench.now)
                self.run_id = service.again(tx, self.run_id, now=self._bench.now)
            self._tell("\n  the same call again\n")
            self._look()
        else:
            self._tell(f"  {HELP}")

    def _end(self) -> None:
        with transaction(self._bench.sessions) as tx:
            self.talk = service.end(tx, self.run_id, now=self._bench.now).talk

    def _look(self) -> None:
        with transaction(self._bench.sessions) as tx:
            run = queries.run(tx, self.run_id)
        assert run is not None, "it was begun a moment ago"
        self.talk = run.talk
        self._answer(self.talk.heard)

    def _answer(self, text: str) -> None:
        name = self.talk.persona.name.partition(" ")[0] or self.talk.persona.name
        self._tell(f"{name}: {text}")

    def _tell(self, text: str) -> None:
        if not self._silent:
            out.print(text)


def _is_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT


def _show_past(bench: Workbench, seller: str | None, *, as_json: bool) -> None:
    with transaction(bench.sessions) as tx:
        calls = queries.history(tx, seller)
    if as_json:
        print_json([call_facts(one) for one in calls])
    else:
        show_history(calls, progress(calls))


def _persona(bench: Workbench, whom: str, problem_id: str | None, buyer: str) -> Persona:
    """Return the buyer that is meant: of a file, one that ships, or of an organisation."""
    path = Path(whom)
    suffix = path.suffix.lower()
    if suffix in {".yaml", ".yml"}:
        return room.load(path)
    if suffix in SUFFIXES and (path.is_file() or len(path.parts) > 1):
        return _of_call(path, buyer)
    ids = [one.id for one in room.shipped()]
    if whom in ids:
        return room.called(whom)
    with transaction(bench.sessions) as tx:
        known = sources.called(tx, whom)
        if known is not None:
            return queries.prospect_buyer(tx, bench.library, known.id, problem_id)
        near = sources.names_like(tx, whom)
    more = {"did_you_mean": near} if near else {"there_are": ids}
    raise NotFound(persona_or_organisation=whom, **more)


def _of_call(path: Path, buyer: str) -> Persona:
    data = path.read_bytes()[: LARGEST + 1]
    if len(data) > LARGEST:
        why, mend = "it is larger than 50 MB", "Export the text of one call."
        raise Unreadable(where=str(path), why=why, mend=mend)
    call = read(data, where=str(path))
    return persona_from_transcript(call, buyer=buyer, where=str(path), reader=reader())


def _script(path: Path) -> Iterator[str]:
    """Yield the lines of a file, but for empty ones and notes."""
    text = path.read_bytes()[:LARGEST].decode("utf-8-sig", errors="replace")
    lines = (line.strip() for line in text.splitlines())
    yield from [line for line in lines if line and not line.startswith("#")][:MOST_LINES]


def _typed(call: _Call) -> Iterator[str]:
    """Yield what is typed, or what comes from where nobody types."""
    if sys.stdin.isatty():
        while not call.talk.is_over:
            try:
                yield input("You: ")
            except (EOFError, KeyboardInterrupt):
                out.print()
                return
        return
    for _ in range(MOST_LINES):
        line = sys.stdin.buffer.readline(LARGEST)
        if not line:
            return
        yield line.decode("utf-8", errors="replace").strip()


def _phraser(bench: Workbench, *, yes: bool) -> LanguageModelPhraser:
    from unsolved.cli.llm import terms  # noqa: PLC0415 - an HTTP client

    found = LanguageModelPhraser(terms(bench.settings))
    told.print(f"asked is: {found.name}\nsent is, with each line: {SENT}")
    if not yes:
        click.confirm("Ask it?", abort=True, err=True)
    return found
