"""Keeps passwords and tokens so that the database alone does not give them away.

They are encrypted with Fernet (AES-128-CBC and HMAC-SHA256, https://github.com/fernet/spec)
under a key that lies outside of the database.
"""

import json
from collections.abc import Mapping

from unsolved.errors import Conflict, Invalid

MEND = "give the key they were kept with (UNSOLVED_KEY, or the key file), or set them anew"


class Vault:
    """Closes and opens secrets; never prints them."""

    def __init__(self, key: str | None) -> None:
        """Take a key as `new_key` makes it; without one, nothing can be kept secret.

        Raises:
            Invalid: it is no such key.
        """
        from cryptography.fernet import Fernet  # noqa: PLC0415 - OpenSSL, for few commands

        try:
            self._fernet = Fernet(key.encode()) if key else None
        except ValueError as error:
            raise Invalid(setting="UNSOLVED_KEY", mend="make one: unsolved init") from error

    def close(self, secrets: Mapping[str, str]) -> bytes | None:
        """Return secrets as they may be stored; None when there are none.

        Raises:
            Conflict: there is no key.
        """
        if not secrets:
            return None
        if self._fernet is None:
            raise Conflict(secrets="cannot be kept without a key", mend="unsolved init")
        return self._fernet.encrypt(json.dumps(dict(secrets)).encode())

    def open(self, kept: bytes | None) -> dict[str, str]:
        """Return what was kept.

        Raises:
            Conflict: it was kept with another key, or damaged.
        """
        from cryptography.fernet import InvalidToken  # noqa: PLC0415

        if kept is None:
            return {}
        if self._fernet is None:
            raise Conflict(secrets="cannot be opened without their key", mend=MEND)
        try:
            opened = json.loads(self._fernet.decrypt(kept))
        except InvalidToken as error:
            raise Conflict(secrets="cannot be opened", mend=MEND) from error
        return {str(name): str(text) for name, text in opened.items()}


def new_key() -> str:
    """Return a new key, 32 random bytes in base64."""
    from cryptography.fernet import Fernet  # noqa: PLC0415

    return Fernet.generate_key().decode()
