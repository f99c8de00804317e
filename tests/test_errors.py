import pickle

import pytest

from unsolved import errors
from unsolved.errors import Error, Unreadable

KINDS = [
    kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Error)
]
UNREADABLE = Unreadable(where="a.csv", line=3, why="no name", mend="Give one.")


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k is not Unreadable], ids=lambda k: k.__name__
)
def test_an_error_reaches_another_process_with_its_facts(kind: type[Error]):
    error = kind(document=7)

    arrived = pickle.loads(pickle.dumps(error))

    assert type(arrived) is kind
    assert arrived.facts == {"document": 7}
    assert str(arrived) == str(error)


def test_an_unreadable_file_reaches_another_process_with_its_line_and_mend():
    arrived = pickle.loads(pickle.dumps(UNREADABLE))

    assert (arrived.where, arrived.line) == ("a.csv", 3)
    assert str(arrived) == "a.csv, line 3: no name. Give one."


@pytest.mark.parametrize("kind", [k for k in KINDS if k is not Error], ids=lambda k: k.__name__)
def test_the_first_line_of_its_docstring_is_what_a_person_reads(kind: type[Error]):
    assert kind.message.endswith(".")
    assert kind.message == (kind.__doc__ or "").splitlines()[0]


def test_an_error_without_a_line_names_its_place_alone():
    told = str(Unreadable(where="a.pdf", why="it is encrypted", mend="Save it without."))

    assert told == "a.pdf: it is encrypted. Save it without."
