"""What checkpoints are encrypted with: AES in EAX mode, as LangGraph's own encrypted serializer does it.

`MANGA_CHECKPOINT_KEY` holds 32 bytes as base64 or hexadecimal, or several such keys separated by commas: the first
encrypts, all are tried to read. What was stored without a key stays readable with one. Channels that hold a bare string
or number stay in the clear, as do ids; no text of a person stands in those (`graph.state`).
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from langgraph.checkpoint.serde.base import CipherProtocol, SerializerProtocol
from langgraph.checkpoint.serde.encrypted import EncryptedSerializer
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from manga.errors import SetupIncomplete
from storage.settings import StorageSettings

KEY_BYTES: Final = 32
SETTING: Final = "MANGA_CHECKPOINT_KEY"


def keys_of(settings: StorageSettings) -> tuple[bytes, ...]:
    """The keys that the settings name, the one that encrypts first. Raises `SetupIncomplete` for what is no key."""
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
class KeyRing(CipherProtocol):
    """Encrypts by the first of its ciphers, decrypts by whichever can. Not empty."""

    ciphers: tuple[CipherProtocol, ...] = field(repr=False)

    def encrypt(self, plaintext: bytes) -> tuple[str, bytes]:
        return self.ciphers[0].encrypt(plaintext)

    def decrypt(self, ciphername: str, ciphertext: bytes) -> bytes:
        """Raises `SetupIncomplete` when none of the keys fits."""
        for cipher in self.ciphers:
            try:
                return cipher.decrypt(ciphername, ciphertext)
            except ValueError:  # its check of authenticity fails: another key, or bytes that somebody changed
                continue
        raise SetupIncomplete(
            "Checkpoints in the database were encrypted by another key.",
            remedy=f"Set {SETTING} to the key that they were encrypted with; after a change write the new key before "
            "the old one, with a comma between. Nothing was overwritten.",
        )


class OpenSerializer(JsonPlusSerializer):
    """Encrypts nothing, and tells what is missing where something is encrypted."""

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        if "+" in data[0]:
            raise SetupIncomplete(
                "Checkpoints in the database are encrypted.",
                remedy=f"Set {SETTING} to the key that they were encrypted with. Nothing was overwritten.",
            )
        return super().loads_typed(data)


def serializer_of(keys: Sequence[bytes]) -> SerializerProtocol:
    """Reads plain JSON alone (strict msgpack), with or without keys."""
    if not keys:
        return OpenSerializer(allowed_msgpack_modules=None)
    ciphers = tuple(EncryptedSerializer.from_pycryptodome_aes(key=key).cipher for key in keys)
    return EncryptedSerializer(KeyRing(ciphers), JsonPlusSerializer(allowed_msgpack_modules=None))
