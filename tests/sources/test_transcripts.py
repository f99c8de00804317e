import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from unsolved.errors import SourceRefused
from unsolved.sources.connector import Visit
from unsolved.sources.kinds import connector
from unsolved.sources.model import Draft, Kind, OrganisationDraft, Refusal
from unsolved.sources.reach import Reach
from unsolved.sources.records import Part, RecordDraft, RecordKind

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
CALL = "Ann Lee <ann@acme.com>: We tried it twice.\nBob <bob@us.com>: Why did it fail?\n"


def fetched(path: Path, **settings: str) -> list[object]:
    visit = Visit(
        name="calls", settings={"path": str(path), **settings}, now=NOW, reach=Reach()
    )
    return list(connector("transcripts", visit).fetch())


def refused(path: Path, **settings: str) -> Refusal:
    (found,) = fetched(path, **settings)
    assert isinstance(found, Refusal)
    return found


def both(path: Path, **settings: str) -> tuple[Draft, RecordDraft]:
    draft, record = fetched(path, **settings)
    assert isinstance(draft, Draft)
    assert isinstance(record, RecordDraft)
    return draft, record


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_call_is_a_document_and_an_activity(tmp_path: Path):
    write(tmp_path / "2024-03-05 discovery.txt", CALL)
    draft, record = both(tmp_path, own="us.com")

    acme = OrganisationDraft(name="acme.com", domain="acme.com")
    assert (draft.key, draft.organisation, draft.kind) == (
        "2024-03-05 discovery.txt",
        acme,
        Kind.TRANSCRIPT,
    )
    assert draft.text == "Ann Lee: We tried it twice.\n\nBob: Why did it fail?"
    assert (str(draft.published_on), draft.title) == ("2024-03-05", "2024-03-05 discovery")
    assert (record.kind, record.key, record.organisation) == (
        RecordKind.ACTIVITY,
        draft.key,
        acme,
    )
    assert record.person is not None
    assert record.person.email == "ann@acme.com"
    assert [(part, who.name, who.organisation) for part, who in record.people] == [
        (Part.SPEAKER, "Ann Lee", acme),
        (Part.SPEAKER, "Bob", None),
    ]
    assert record.facts == {
        "type": "call",
        "recorder": "text",
        "duration": None,
        "language": None,
        "speakers": ["Ann Lee", "Bob"],
        "words": 8,
        "words_by_speaker": ["Ann Lee: 4", "Bob: 4"],
    }


def test_a_recorders_call_has_its_key_its_beginning_and_its_length(tmp_path: Path):
    told = {
        "meeting": {"id": "m-1", "title": "Acme", "started_at": "2024-03-05T14:00:00+01:00"},
        "segments": [{"speaker": "Ann", "text": "We tried.", "start": 0, "end": 61.4}],
    }
    write(tmp_path / "call.json", json.dumps(told))
    draft, record = both(tmp_path, organisation="Acme Corp")

    assert (draft.key, record.key) == ("json:m-1", "json:m-1")
    assert draft.original == (tmp_path / "call.json").read_bytes()
    assert record.at is not None
    assert record.at.isoformat() == "2024-03-05T14:00:00+01:00"
    assert record.facts["duration"] == 61


def test_whom_it_was_with_is_told_by_the_file_then_the_sides_then_the_source_then_the_folder(
    tmp_path: Path,
):
    said = write(tmp_path / "Folder Inc/a.txt", f"---\norganisation: Said Inc\n---\n{CALL}")
    assert both(said, own="us.com")[0].organisation.name == "Said Inc"

    call = write(tmp_path / "Folder Inc/a.txt", CALL)
    assert (
        both(call, own="us.com", organisation="Source Inc")[0].organisation.name == "acme.com"
    )
    assert both(tmp_path, organisation="Source Inc")[0].organisation.name == "Source Inc"
    assert both(tmp_path)[0].organisation.name == "Folder Inc"


def test_a_call_with_nobody_in_particular_is_refused_with_what_to_do(tmp_path: Path):
    write(tmp_path / "2024/a.txt", "Ann: We tried.\nBob <bob@gmail.com>: Why?")
    told = refused(tmp_path, own="us.com")

    assert told.place == "2024/a.txt"
    assert "with whom" in told.why
    assert "`own`" in told.mend


def test_free_mail_and_subdomains_of_our_own_are_no_other_side(tmp_path: Path):
    people = "Participants: Al <al@gmail.com>, Cy <cy@mail.acme.co.uk>, Di <di@eu.us.com>\n"
    path = write(tmp_path / "a.txt", f"{people}\nAl: We tried.\nDi: Why?")
    draft, record = both(path, own="us.com")

    assert draft.organisation.domain == "acme.co.uk"
    assert record.person is not None
    assert record.person.name == "Al"


def test_speakers_without_a_name_are_no_people(tmp_path: Path):
    _, record = both(write(tmp_path / "a.txt", "[S0] Hi.\n[S1] Hi."), organisation="Acme")

    assert record.people == ()
    assert record.facts["speakers"] == ["S0", "S1"]


def test_the_good_is_kept_beside_what_cannot_be_read(tmp_path: Path):
    write(tmp_path / "a.json", '{"a": 1}')
    write(tmp_path / "b.docx", "x")
    write(tmp_path / "c.mp4", "x")
    write(tmp_path / "d.vtt", "")
    write(tmp_path / "e.txt", CALL)
    write(tmp_path / "f.TXT", CALL)
    found = fetched(tmp_path, organisation="Acme")

    assert [one.place for one in found if isinstance(one, Refusal)] == [
        "a.json",
        "b.docx",
        "d.vtt",
    ]
    assert [one.key for one in found if isinstance(one, Draft)] == ["e.txt", "f.TXT"]


def test_the_same_call_in_two_files_is_told_and_not_swapped_for_ever(tmp_path: Path):
    told = {"id": "1", "segments": [{"speaker": "Ann", "text": "We tried."}]}
    write(tmp_path / "a.json", json.dumps(told))
    write(tmp_path / "b.json", json.dumps(told))
    found = fetched(tmp_path, organisation="Acme")

    assert len(found) == 3
    assert isinstance(found[2], Refusal)
    assert "read from a.json already" in found[2].why


def test_nothing_hidden_and_nothing_outside_is_read(tmp_path: Path):
    outside = write(tmp_path / "outside/secret.txt", CALL)
    home = tmp_path / "home"
    write(home / ".hidden.txt", CALL)
    write(home / ".git/a.txt", CALL)
    (home / "link.txt").symlink_to(outside)
    (home / "folder").symlink_to(outside.parent, target_is_directory=True)
    (home / "gone.txt").symlink_to(home / "nothing.txt")
    (home / "self").symlink_to(home, target_is_directory=True)

    assert fetched(home, organisation="Acme") == []


def test_what_is_too_large_is_not_opened(tmp_path: Path):
    with (tmp_path / "a.vtt").open("wb") as file:
        file.truncate(60_000_000)

    assert "too large (60.0 MB)" in refused(tmp_path).why


def test_a_call_in_the_future_is_kept_without_a_date(tmp_path: Path):
    write(tmp_path / "a.txt", f"Date: 2031-01-01T10:00:00Z\n{CALL}")
    told, draft, record = fetched(tmp_path, own="us.com")

    assert isinstance(told, Refusal)
    assert isinstance(draft, Draft)
    assert isinstance(record, RecordDraft)
    assert "in the future" in told.why
    assert (draft.published_on, record.at) == (None, None)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(SourceRefused):
        fetched(tmp_path / "nowhere")


def test_reading_twice_tells_the_same(tmp_path: Path):
    for name in ("b.txt", "a.txt", "c/d.txt"):
        write(tmp_path / name, CALL)

    assert fetched(tmp_path, own="us.com") == fetched(tmp_path, own="us.com")
