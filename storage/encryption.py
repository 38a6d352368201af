"""Encrypts with keys that the settings name: AES in EAX mode.

`MANGA_CHECKPOINT_KEY` holds 32 bytes as base64 or hexadecimal, or several such keys separated by commas: the first
seals, all are tried to open. To change a key, set `old,new` everywhere, then `new,old`, then `new` alone.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Final

from manga.errors import SetupIncomplete
from storage.settings import StorageSettings

KEY_BYTES: Final = 32
SETTING: Final = "MANGA_CHECKPOINT_KEY"
_NONCE_BYTES: Final = 16
_TAG_BYTES: Final = 16


def keys_of(settings: StorageSettings) -> tuple[bytes, ...]:
    """The keys that the settings name, the one that seals first. Raises `SetupIncomplete` for what is no key."""
    text = settings.checkpoint_key.get_secret_value() if settings.checkpoint_key else ""
    return tuple(_key(part.strip()) for part in text.split(",") if part.strip())


def _key(text: str) -> bytes:
    key = bytes.fromhex(text) if re.fullmatch(r"[0-9A-Fa-f]{64}", text) else _from_base64(text)
    if len(key) != KEY_BYTES:
        raise SetupIncomplete(
            f"{SETTING} is no key of {KEY_BYTES} bytes.",
            remedy="`openssl rand -base64 32` makes one; several are separated by commas, the newest first.",
        )
    return key


def _from_base64(text: str) -> bytes:
    padded = text + "=" * (-len(text) % 4)
    try:
        return base64.b64decode(padded.encode(), altchars=b"-_" if "-" in text or "_" in text else None, validate=True)
    except (binascii.Error, ValueError):
        return b""


@dataclass(frozen=True, slots=True)
class Seals:
    """Short secrets of a row, each bound to whose it is: a sealed one that is put into another row opens nothing."""

    keys: tuple[bytes, ...] = field(default=(), repr=False)

    def seal(self, secret: str, whose: bytes) -> bytes | None:
        """None without a key: then it stays as it is."""
        if not self.keys:
            return None
        from Crypto.Cipher import AES

        cipher = AES.new(self.keys[0], AES.MODE_EAX, mac_len=_TAG_BYTES)
        cipher.update(whose)
        text, tag = cipher.encrypt_and_digest(secret.encode())
        return bytes(cipher.nonce + tag + text)

    def open(self, sealed: bytes, whose: bytes) -> str:
        """Raises `SetupIncomplete` when none of the keys fits."""
        found = self._by(self.keys, sealed, whose)
        if found is None:
            raise SetupIncomplete(
                "Secrets of webhooks in the database were sealed by another key.",
                remedy=f"Set {SETTING} to the key that they were sealed with; after a change write the new key before "
                "the old one, with a comma between. Nothing was overwritten.",
            )
        return found

    def is_newest(self, sealed: bytes, whose: bytes) -> bool:
        """Was it sealed by the key that seals now?"""
        return self._by(self.keys[:1], sealed, whose) is not None

    def _by(self, keys: tuple[bytes, ...], sealed: bytes, whose: bytes) -> str | None:
        from Crypto.Cipher import AES

        nonce, tag = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES : _NONCE_BYTES + _TAG_BYTES]
        for key in keys:
            try:
                cipher = AES.new(key, AES.MODE_EAX, nonce=nonce, mac_len=_TAG_BYTES)
                cipher.update(whose)
                return cipher.decrypt_and_verify(sealed[_NONCE_BYTES + _TAG_BYTES :], tag).decode()
            except ValueError:  # its check of authenticity fails: another key, another row, or changed bytes
                continue
        return None


OPEN: Final = Seals()
"""Without a key."""
