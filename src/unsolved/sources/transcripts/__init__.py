"""Transcripts of calls, read from a file: who spoke, when, in which words.

`read` takes the bytes of a file and its name, and returns the call.
"""

from unsolved.sources.transcripts.model import Participant, Transcript, Turn
from unsolved.sources.transcripts.names import is_nobody
from unsolved.sources.transcripts.reading import SUFFIXES, read, read_all

__all__ = ["SUFFIXES", "Participant", "Transcript", "Turn", "is_nobody", "read", "read_all"]
