"""Who is one, who may be, and who is not, with the reasons in words."""

import random
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from unsolved.sources.linkage import (
    Judged,
    OrganisationFacts,
    PersonFacts,
    alike_organisations,
    alike_people,
)

SURE, DOUBTFUL, NOTHING = "sure", "doubtful", "nothing"


def organisation(name: str, site: str = "", **but: object) -> OrganisationFacts:
    names = tuple(name.split("; "))
    facts = {"id": 0, "names": names, "domains": (site,) if site else (), **but}
    return OrganisationFacts(**facts)  # type: ignore[arg-type]


def judged(one: OrganisationFacts, other: OrganisationFacts) -> list[Judged]:
    return alike_organisations([replace(one, id=1), replace(other, id=2)])


def verdict(found: list[Judged]) -> str:
    if not found:
        return NOTHING
    return SURE if found[0].is_sure else DOUBTFUL


# Read the list down: it is the specification.
PAIRS = [
    ("BROWN FORMAN CORP CLASS A", "Brown-Forman", SURE),
    ("HENRY JACK & ASSOC INC", "Jack Henry & Associates", SURE),
    ("Intl Flavors & Fragrances Inc /NY/", "International Flavors and Fragrances", SURE),
    ("WORLD ACCEP CORPORATION", "World Acceptance Corp", SURE),
    ("Møller Mfg", "MOLLER MANUFACTURING", SURE),
    ("Müller Maschinen GmbH", "Mueller Maschinen", SURE),
    ("Газпром", "Gazprom", SURE),
    ("St. Jude Medical, Inc.", "SAINT JUDE MED INC", SURE),
    ("Dewey Bros", "Dewey Brothers Inc", SURE),
    ("HealthCare Partners of Maine", "Health Care Partners of Maine", SURE),
    ("International Business Machines", "IBM", DOUBTFUL),
    ("Kestrel Tools", "Kestrel Tools Worldwide", DOUBTFUL),
    ("Identivox Inc", "Idenitvox Inc", DOUBTFUL),
    ("First Financial Corp", "First Finl Corporation", DOUBTFUL),
    ("Delta Air Lines", "Delta Faucet", NOTHING),
    ("Harbor Freight Tools", "Harbor Capital Advisors", NOTHING),
    ("Northfield Foods Plant 1", "Northfield Foods Plant 2", NOTHING),
    ("Northfield Foods", "Northfield Foods Plant 2", NOTHING),
    ("Vodafone UK", "Vodafone Germany", NOTHING),
    ("General Motors", "General Mills", NOTHING),
]


@pytest.mark.parametrize(("one", "other", "wanted"), PAIRS, ids=str)
def test_names_alone(one: str, other: str, wanted: str):
    assert verdict(judged(organisation(one), organisation(other))) == wanted


def test_a_subsidiary_of_a_like_name_is_never_merged():
    for name in ("Acme Bank", "Acme Insurance", "Acme Holdings Germany"):
        found = judged(organisation("Acme", "acme.example"), organisation(name))
        assert verdict(found) != SURE


def test_a_parent_and_its_child_are_not_even_proposed():
    known = [
        OrganisationFacts(id=1, names=("Acme Manufacturing",)),
        OrganisationFacts(id=2, names=("Acme Mfg",), parent=1),
    ]
    assert alike_organisations(known) == []


def test_two_numbers_in_one_register_are_two_organisations():
    one = organisation("Acme Mfg", "acme.example", identifiers=("cik:1",))
    other = organisation("Acme Manufacturing", "acme.example", identifiers=("cik:2",))
    assert judged(one, other) == []


def test_one_number_makes_one_of_two_names():
    one = organisation("Worthington Industries", identifiers=("cik:108516",))
    other = organisation("Sandpiper Enterprises", identifiers=("cik:108516", "ticker:WOR"))

    [found] = judged(one, other)

    assert found.is_sure
    assert "the same number cik:108516" in found.pair.reasons


def test_a_shared_domain_is_a_reason_and_other_sites_speak_against():
    [same] = judged(
        organisation("Kestrel Tools", "kestrel.example"),
        organisation("Kestrel", "kestrel.example"),
    )
    [other] = judged(
        organisation("Kestrel Mfg", "kestrel.example"),
        organisation("Kestrel Manufacturing", "falcon.example"),
    )

    assert same.is_sure
    assert same.pair.reasons[0] == "the same domain kestrel.example"
    assert not other.is_sure
    assert "but: at other sites: kestrel.example, falcon.example" in other.pair.reasons


@pytest.mark.parametrize(
    "site", ["linkedin.com", "facebook.com", "uk.linkedin.com", "wixsite.com", "gmail.com"]
)
def test_the_site_of_a_platform_tells_nothing(site: str):
    assert (
        judged(organisation("Harrow Joinery", site), organisation("Osney Cycles", site)) == []
    )


def test_pages_on_one_host_have_each_their_own_site():
    one = organisation("Harrow Joinery", "harrow.github.io")
    other = organisation("Osney Cycles", "osney.github.io")
    assert judged(one, other) == []


def test_tickers_speak():
    one = organisation("AAP", identifiers=("ticker:AAP",))
    other = organisation("Advance Auto Parts", identifiers=("ticker:AAP",))
    [found] = judged(one, other)
    assert "tickers AAP and AAP" in found.pair.reasons or any(
        "ticker" in reason for reason in found.pair.reasons
    )


def test_other_countries_are_a_doubt():
    [found] = judged(
        organisation("Alder Mfg", country="Norway"),
        organisation("Alder Manufacturing", country="Chile"),
    )
    assert not found.is_sure
    assert "but: in other countries: Norway, Chile" in found.pair.reasons


def test_a_pair_is_found_by_any_of_its_names():
    [found] = judged(
        organisation("Meta Platforms; Facebook"), organisation("FACEBOOK INC; Thefacebook")
    )
    assert found.is_sure


def person(name: str, email: str = "", **but: object) -> PersonFacts:
    facts = {
        "id": 0,
        "name": name,
        "emails": (email,) if email else (),
        "organisation": 7,
        **but,
    }
    return PersonFacts(**facts)  # type: ignore[arg-type]


def met(*known: PersonFacts) -> list[Judged]:
    numbered = [replace(one, id=number) for number, one in enumerate(known, 1)]
    return alike_people(numbered, {7: "Acme"})


PEOPLE = [
    (person("Ann Lee"), person("Lee, Ann", "ann.lee@acme.example"), SURE),
    (person("Dr. Helen Park"), person("Helen Park, MD"), SURE),
    (person("Bob Smith"), person("Robert Smith", "robert.smith@acme.example"), SURE),
    (person("Jürgen Müller"), person("Juergen Mueller", "j.mueller@acme.example"), SURE),
    (person("Ann Lee"), person("A. Lee", "alee@acme.example"), DOUBTFUL),
    (person("Micheal Johnson"), person("Michael Johnson"), DOUBTFUL),
    (person("Ann Lee", title="CFO"), person("Ann Lee", title="Welder"), DOUBTFUL),
    (person("John A. Miller"), person("John B. Miller"), NOTHING),
    (person("Thomas Berg Sr."), person("Thomas Berg Jr."), NOTHING),
    (person("Ann Lee"), person("Andrew Lee"), NOTHING),
    (person("Ann Lee"), person("Ann Lee", organisation=8), NOTHING),
    (person("Info", "info@acme.example"), person("Info", "info@bolt.example"), NOTHING),
]


@pytest.mark.parametrize(("one", "other", "wanted"), PEOPLE, ids=str)
def test_people(one: PersonFacts, other: PersonFacts, wanted: str):
    assert verdict(met(one, other)) == wanted


def test_the_reasons_of_people_name_the_place():
    [found] = met(person("Ann Lee"), person("Ann Lee", "ann.lee@acme.example"))
    assert "both called Ann Lee at Acme" in found.pair.reasons


def test_a_name_that_two_bear_at_one_place_is_not_given_to_either():
    found = met(
        person("Sanjay Patel", "sanjay.patel@acme.example"),
        person("Sanjay Patel", "sanjay.patel2@acme.example"),
        person("Sanjay Patel"),
    )
    assert not any(one.is_sure for one in found)


def test_a_telephone_follows_somebody_to_another_place():
    [found] = met(
        person("Daniel Kim", "dan@acme.example", phone="+1 415 555 0199"),
        person("Dan Kim", "dkim@bolt.example", organisation=8, phone="(415) 555-0199"),
    )
    assert any("telephone" in reason for reason in found.pair.reasons)


def test_the_same_is_found_whatever_the_order():
    known = [
        OrganisationFacts(id=number, names=(name,))
        for number, name in enumerate([one for pair in PAIRS for one in pair[:2]], 1)
    ]
    mixed = list(known)
    random.Random(3).shuffle(mixed)

    assert told(alike_organisations(known)) == told(alike_organisations(mixed))


def told(found: list[Judged]) -> list[tuple[object, ...]]:
    return [(one.pair.first_id, one.pair.second_id, one.pair.probability) for one in found]


@pytest.mark.parametrize("names", [(), ("",), ("!!!", "???"), ("株式会社",), ("x" * 5000, "y")])
def test_odd_names_are_borne(names: tuple[str, ...]):
    known = [
        OrganisationFacts(id=number, names=(name,)) for number, name in enumerate(names, 1)
    ]
    people = [PersonFacts(id=number, name=name) for number, name in enumerate(names, 1)]

    assert alike_organisations(known) == []
    assert alike_people(people) == []


def test_nothing_is_fetched_and_nothing_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("linking needs no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    judged(organisation("Acme Mfg"), organisation("Acme Manufacturing"))

    assert list(tmp_path.iterdir()) == []
