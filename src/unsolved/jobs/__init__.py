"""The stages of the flow, in order: read what has come in, then assess whom it is about."""

from unsolved.jobs.flow import Assessing, Reading, catch_up

__all__ = ["Assessing", "Reading", "catch_up"]
