"""What a room offers and loads only when it is first asked for (PEP 562).

A room's ``__init__`` still imports every name where a type checker and the arrows look; at run
time, what needs the database or the models waits, since no command needs all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module


def later(room: str, table: Mapping[str, Sequence[str]]) -> Callable[[str], object]:
    """Return a ``__getattr__`` that takes names from the modules of ``room`` they stand in."""
    home = {name: module for module, names in table.items() for name in names}

    def get(name: str) -> object:
        if name not in home:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{home[name]}"), name)

    return get
