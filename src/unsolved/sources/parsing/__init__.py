"""Files become text, with what they say about themselves."""

from unsolved.sources.parsing.encoding import clean, decode
from unsolved.sources.parsing.files import SUFFIXES, Parsed, parse

__all__ = ["SUFFIXES", "Parsed", "clean", "decode", "parse"]
