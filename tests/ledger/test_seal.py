import hmac
import json
import unicodedata
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from governor.errors import LedgerBroken
from governor.ledger import seal

KEY = bytes(range(32))
NONCE = bytes(range(12))
ID = "0190f5f2-0000-7000-8000-000000000001"
FIELD = "actor.display_name"


def hkdf(key: bytes, info: bytes) -> bytes:
    """Return 32 bytes of HKDF-SHA256 without salt (RFC 5869, 2.2 and 2.3: one block)."""
    pseudorandom = hmac.new(bytes(32), key, "sha256").digest()
    return hmac.new(pseudorandom, info + b"\x01", "sha256").digest()


def test_hkdf_of_this_test_is_that_of_rfc_5869() -> None:
    # Appendix A.3: no salt, no info; the first 32 of 42 bytes.
    assert hkdf(b"\x0b" * 22, b"").hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


@given(st.text())
def test_commitment_is_that_of_the_specification(value: str) -> None:
    salt = hkdf(KEY, f"governor/pii-salt/v1\0{ID}\0{FIELD}".encode())
    text = json.dumps([ID, FIELD, value], ensure_ascii=False, separators=(",", ":"))
    expected = hmac.new(salt, b"governor/commit/v1\0" + text.encode(), "sha256").hexdigest()

    assert seal.commit(KEY, ID, FIELD, value) == f"hs256:{expected}"


def test_commitment_is_that_of_the_fixed_vector() -> None:
    assert (
        seal.commit(KEY, ID, FIELD, "Sari") == "hs256:615c292cf2be2bcbe39f66f272bc64b71f7a98dc819e3c6bb68f9eb15ffacd07"
    )


def test_commitments_differ_by_person_entry_field_and_value() -> None:
    others = [
        seal.commit(KEY, ID, FIELD, "Sari"),
        seal.commit(bytes(32), ID, FIELD, "Sari"),
        seal.commit(KEY, ID[:-1] + "2", FIELD, "Sari"),
        seal.commit(KEY, ID, "actor.email", "Sari"),
        seal.commit(KEY, ID, FIELD, "Budi"),
    ]

    assert len(set(others)) == 5


def test_pseudonym_is_that_of_the_specification_and_unlike_for_another_subject() -> None:
    expected = hmac.new(KEY, b"pseud\0motion/2026-00012", "sha256").hexdigest()[:32]

    assert seal.pseudonym(KEY, "motion/2026-00012") == f"p:{expected}"
    assert seal.pseudonym(KEY, "motion/2026-00013") != f"p:{expected}"


@given(st.binary())
def test_sealed_value_is_that_of_the_specification_and_is_unsealed(plaintext: bytes) -> None:
    sealed = seal.seal(KEY, ID, plaintext, NONCE)
    cipher = AESGCM(hkdf(KEY, f"governor/pii-enc/v1\0{ID}".encode()))

    assert sealed == NONCE + cipher.encrypt(NONCE, plaintext, None)
    assert seal.unseal(KEY, ID, sealed) == plaintext


def test_altered_sealed_value_is_refused() -> None:
    sealed = seal.seal(KEY, ID, b"Sari", NONCE)
    mutants = [
        sealed[:at] + bytes([sealed[at] ^ (1 << bit)]) + sealed[at + 1 :] for at in range(32) for bit in range(8)
    ]

    for mutant in [*mutants, b"", sealed[:20], sealed[:-1], sealed + b"\0"]:
        with pytest.raises(LedgerBroken, match="value-altered"):
            seal.unseal(KEY, ID, mutant)
    with pytest.raises(LedgerBroken, match="value-altered"):
        seal.unseal(bytes(32), ID, sealed)
    with pytest.raises(LedgerBroken, match="value-altered"):
        seal.unseal(KEY, ID[:-1] + "2", sealed)


def test_keys_and_nonces_of_other_lengths_are_refused() -> None:
    for call in (
        lambda: seal.pseudonym(KEY[:-1], "motion/2026-00012"),
        lambda: seal.commit(KEY[:-1], ID, FIELD, "Sari"),
        lambda: seal.seal(KEY[:-1], ID, b"", NONCE),
        lambda: seal.seal(KEY, ID, b"", NONCE[:-1]),
        lambda: seal.unseal(KEY[:-1], ID, bytes(28)),
    ):
        with pytest.raises(ValueError, match="bytes"):
            call()


def test_digest_is_that_of_the_normal_form_in_utf_8() -> None:
    composed = unicodedata.normalize("NFC", "Café")

    assert seal.digest(unicodedata.normalize("NFD", composed)) == f"sha256:{sha256(composed.encode()).hexdigest()}"
