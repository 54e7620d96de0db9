"""Who signed the tree, and at what size? C2SP signed-note and tlog-checkpoint, with Ed25519."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import field
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from governor.errors import LedgerBroken
from governor.values import dataclass

MAX_CHARACTERS = 1_000_000
MAX_SIGNATURES = 100
"""Bounds of a note that is read; signed-note asks for at least 16 signatures."""

_ED25519 = b"\x01"
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_VKEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")
_SIGNATURE = re.compile(r"— (\S+) ([A-Za-z0-9+/=]+)")


def decode(text: str) -> bytes:
    """Return the bytes of strict base64 (RFC 4648, section 4): no bytes have a second spelling.

    Raises:
        ValueError: *text* is not exactly what encoding its bytes gives.
    """
    data = b64decode(text, validate=True)
    if b64encode(data).decode() != text:
        raise ValueError("not canonical base64")
    return data


def encode(data: bytes) -> str:
    """Return *data* in base64 (RFC 4648, section 4)."""
    return b64encode(data).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """The public half of a signing key: its name and the 32 bytes of Ed25519.

    Raises:
        ValueError: the name is empty or has a space or a plus; the key has another length.
    """

    name: str
    public: bytes
    key_id: bytes = field(init=False)

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or self.name.split() != [self.name] or _CONTROL.search(self.name):
            raise ValueError("a key name has no space, no plus and no control character")
        if len(self.public) != 32:
            raise ValueError("an Ed25519 key has 32 bytes")
        digest = sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()
        object.__setattr__(self, "key_id", digest[:4])

    @classmethod
    def parse(cls, vkey: str) -> Self:
        """Return the verifier that ``name+<8 hex>+<base64>`` spells.

        Raises:
            ValueError: it has another form or algorithm, or the digits are not those of this key.
        """
        found = _VKEY.fullmatch(vkey)
        if found is None:
            raise ValueError("not a verifier key")
        data = decode(found[3])
        if data[:1] != _ED25519:
            raise ValueError("not an Ed25519 key")
        verifier = cls(name=found[1], public=data[1:])
        if verifier.key_id.hex() != found[2]:
            raise ValueError("the key id is not that of the key")
        return verifier

    def vkey(self) -> str:
        """Return the verifier key, ``name+<8 hex>+<base64>``."""
        return f"{self.name}+{self.key_id.hex()}+{encode(_ED25519 + self.public)}"

    def accepts(self, text: str, signature: bytes) -> bool:
        """Return whether *signature* (64 bytes) was made over *text* with this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A signing key under its name."""

    name: str
    private: Ed25519PrivateKey = field(repr=False, compare=False)
    verifier: Verifier = field(init=False)

    def __post_init__(self) -> None:
        public = self.private.public_key().public_bytes_raw()
        object.__setattr__(self, "verifier", Verifier(name=self.name, public=public))

    def sign(self, text: str) -> str:
        """Return the note of *text* with this signature.

        Raises:
            ValueError: *text* does not end in a newline, or has another control character.
        """
        if not text.endswith("\n") or _CONTROL.search(text):
            raise ValueError("the text of a note ends in a newline and has no other control character")
        signature = self.private.sign(text.encode())
        return f"{text}\n— {self.name} {encode(self.verifier.key_id + signature)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature line of a note, not yet verified."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text and its signature lines, not yet verified."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, note: str) -> Self:
        """Return the parts of *note*.

        Raises:
            ValueError: *note* is not a signed note, or beyond the bounds of this module.
        """
        text, blank, lines = note.rpartition("\n\n")
        if not blank or not lines.endswith("\n") or len(note) > MAX_CHARACTERS or _CONTROL.search(note):
            raise ValueError("not a signed note")
        found = [_SIGNATURE.fullmatch(line) for line in lines[:-1].split("\n")]
        if len(found) > MAX_SIGNATURES:
            raise ValueError("too many signatures")
        signatures = []
        for line in found:
            if line is None or "+" in line[1] or len(data := decode(line[2])) < 5:
                raise ValueError("not a signature line")
            signatures.append(Signature(name=line[1], key_id=data[:4], signature=data[4:]))
        return cls(text=text + "\n", signatures=tuple(signatures))

    def verify(self, verifiers: Iterable[Verifier]) -> tuple[Verifier, ...]:
        """Return those of *verifiers* that signed this note; signatures of other keys are ignored.

        Raises:
            LedgerBroken: a signature that names one of *verifiers* fails (``note-forged``), or none names one
                (``note-unsigned``).
        """
        known = {(each.name, each.key_id): each for each in verifiers}
        signed = list[Verifier]()
        for line in self.signatures:
            verifier = known.get((line.name, line.key_id))
            if verifier is None:
                continue
            if not verifier.accepts(self.text, line.signature):
                raise LedgerBroken("note-forged", name=line.name)
            if verifier not in signed:
                signed.append(verifier)
        if not signed:
            raise LedgerBroken("note-unsigned", names=sorted({each.name for each in known.values()}))
        return tuple(signed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A tree head: the log, its number of leaves, its root. ``extensions`` are read, and never written by us."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the text to be signed."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, encode(self.root), *self.extensions))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the checkpoint that *text* (of a note) spells.

        Raises:
            ValueError: it spells none.
        """
        lines = text.split("\n")
        if len(lines) < 4 or not all(lines[:-1]) or lines[-1] or not _SIZE.fullmatch(lines[1]):
            raise ValueError("not a checkpoint")
        root = decode(lines[2])
        if len(root) != 32:
            raise ValueError("a root has 32 bytes")
        return cls(origin=lines[0], size=int(lines[1]), root=root, extensions=tuple(lines[3:-1]))


def read_checkpoint(note: str, verifier: Verifier) -> Checkpoint:
    """Return the checkpoint of the log *verifier* names, signed by it and perhaps by others.

    Raises:
        ValueError: *note* is no checkpoint.
        LedgerBroken: it is not signed by *verifier*, or is that of another log.
    """
    parsed = Note.parse(note)
    parsed.verify([verifier])
    checkpoint = Checkpoint.parse(parsed.text)
    if checkpoint.origin != verifier.name:
        raise LedgerBroken("checkpoint-origin", origin=checkpoint.origin, expected=verifier.name)
    return checkpoint
