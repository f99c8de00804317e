"""The way of reading that ships with the package."""

from unsolved.evidence.embedding import embedding
from unsolved.evidence.match import Matcher, Weights
from unsolved.evidence.readers import reader
from unsolved.evidence.reading import Method
from unsolved.problems import Library


def method(reader_name: str, library: Library) -> Method:
    """Return how documents are read: by the reader of that name, against a library.

    Raises:
        NotFound: there is no such reader.
    """
    return Method(reader(reader_name), Matcher(library, embedding(), Weights.read()))
