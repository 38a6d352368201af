"""What checkpoints are encrypted with: AES in EAX mode, as LangGraph's own encrypted serializer does it.

The keys are those of `storage.encryption`: the first encrypts, all are tried to read. What was stored without a key
stays readable with one. Channels that hold a bare string or number stay in the clear, as do ids; no text of a person
stands in those (`graph.state`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from langgraph.checkpoint.serde.base import CipherProtocol, SerializerProtocol
from langgraph.checkpoint.serde.encrypted import EncryptedSerializer
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from manga.errors import SetupIncomplete
from storage.encryption import KEY_BYTES as KEY_BYTES  # noqa: PLC0414  its users find both here
from storage.encryption import SETTING
from storage.encryption import keys_of as keys_of  # noqa: PLC0414


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
