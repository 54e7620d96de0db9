"""How is personal data kept so that it can be proved, and erased? One 32-byte key per person, outside the database.

What an entry holds of a person is a pseudonym and commitments; the values lie beside the log, encrypted. When the key
is destroyed, the values cannot be read, the commitments cannot be opened, and the log still verifies.
"""

import hmac
import unicodedata
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from governor.errors import LedgerBroken
from governor.ledger.canonical import JSON, canonical

KEY_BYTES = 32
NONCE_BYTES = 12


def pseudonym(key: bytes, subject: str) -> str:
    """Return the person's name in the entries of *subject*: ``p:`` and 32 hex digits; different for each subject."""
    return "p:" + _mac(_checked(key), b"pseud\0" + subject.encode())[:16].hex()


def commit(key: bytes, id: str, field: str, value: JSON) -> str:
    """Return the commitment to *value* as the *field* of the entry *id*: ``hs256:`` and 64 hex digits.

    Raises:
        ValueError: *value* has no canonical form (RFC 8785), or the key another length.
    """
    salt = _derive(key, f"governor/pii-salt/v1\0{id}\0{field}")
    return "hs256:" + _mac(salt, b"governor/commit/v1\0" + canonical([id, field, value])).hex()


def seal(key: bytes, id: str, plaintext: bytes, nonce: bytes) -> bytes:
    """Return *nonce* and the AES-256-GCM ciphertext of *plaintext* for the entry *id*, 28 bytes longer than it.

    A nonce (12 random bytes) must not be used twice for an entry.

    Raises:
        ValueError: the key or the nonce has another length.
    """
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes")
    return nonce + AESGCM(_derive(key, f"governor/pii-enc/v1\0{id}")).encrypt(nonce, plaintext, None)


def unseal(key: bytes, id: str, sealed: bytes) -> bytes:
    """Return the plaintext that ``seal`` was given.

    Raises:
        LedgerBroken: *sealed* was altered, or is of another person or entry.
    """
    cipher = AESGCM(_derive(key, f"governor/pii-enc/v1\0{id}"))
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as fault:
        raise LedgerBroken("value-altered", id=id) from fault


def digest(text: str) -> str:
    """Return how a long text enters the record: ``sha256:`` and the hex SHA-256 of its UTF-8 bytes in NFC."""
    return "sha256:" + sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def _checked(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a person's key has {KEY_BYTES} bytes")
    return key


def _derive(key: bytes, info: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info.encode()).derive(_checked(key))


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
