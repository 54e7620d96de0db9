"""Does a proof prove, and nothing but what was recorded?"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from governor import actions
from governor.actions.records import ALTERED, SOUND, UNKNOWN
from governor.errors import LedgerBroken, NotFound
from governor.ledger.note import Signer, Verifier
from governor.services.audit import Proved, open_proof, prove
from governor.store.unit_of_work import Record
from tests.store.records import ENTRIES, ORIGIN, opened

TEXT = "menyetujui anggaran Rp 10 juta"


@pytest.fixture(scope="session")
def record(lived: Path) -> Iterator[Record]:
    with opened(lived) as record:
        yield record


@pytest.fixture(scope="session")
def proved(record: Record) -> Proved:
    with record.database.read() as connection:
        return prove(record.ledger, connection, "2026-001")


@pytest.fixture(scope="session")
def verifier(record: Record) -> Verifier:
    return Verifier.parse(record.ledger.vkey)


def test_proof_shows_the_entry_its_place_and_the_text(proved: Proved, verifier: Verifier) -> None:
    found = open_proof(proved.text, verifier)
    assert (found.index, found.checkpoint.size, found.checkpoint.origin) == (proved.index, ENTRIES, ORIGIN)
    assert (found.entry.type, found.entry.subject) == ("decision.recorded", "decision/2026-001")
    assert found.text == TEXT


@pytest.mark.parametrize("number", ["2026-009", "2025-001", "", "2026-%"])
def test_decision_that_was_never_taken_is_not_proved(record: Record, number: str) -> None:
    with record.database.read() as connection, pytest.raises(NotFound, match="decision-unknown"):
        prove(record.ledger, connection, number)


def test_proof_is_refused_with_another_key(proved: Proved) -> None:
    other = Signer(name=ORIGIN, private=Ed25519PrivateKey.from_private_bytes(bytes(32))).verifier
    with pytest.raises(LedgerBroken):
        open_proof(proved.text, other)


def _with(proved: Proved, **changes: object) -> str:
    """Return the proof with other things told beside it."""
    first, extra, *rest = proved.text.split("\n")
    told = json.loads(b64decode(extra.removeprefix("extra "))) | changes
    return "\n".join([first, f"extra {b64encode(json.dumps(told).encode()).decode()}", *rest])


def test_text_that_the_entry_does_not_commit_to_is_not_shown(proved: Proved, verifier: Verifier) -> None:
    for text in ("menyetujui anggaran Rp 90 juta", "", None, 7, [TEXT]):
        with pytest.raises(LedgerBroken, match="proof-text"):
            open_proof(_with(proved, text=text), verifier)


def test_entry_that_is_another_is_refused(record: Record, proved: Proved, verifier: Verifier) -> None:
    with record.database.read() as connection:
        other = record.ledger.entry(connection, proved.index - 1)
    with pytest.raises(LedgerBroken):
        open_proof(_with(proved, entry=json.loads(other.leaf())), verifier)
    for entry in (None, [], {}, "x", json.loads(other.leaf()) | {"n": 0}):
        with pytest.raises((ValueError, TypeError)):
            open_proof(_with(proved, entry=entry), verifier)


REFUSED = (LedgerBroken, ValueError, KeyError, TypeError)


def test_proof_without_any_one_of_its_lines_is_refused(proved: Proved, verifier: Verifier) -> None:
    lines = proved.text.split("\n")
    for at in range(len(lines) - 1):
        with pytest.raises(REFUSED):
            open_proof("\n".join(lines[:at] + lines[at + 1 :]), verifier)


@given(data=st.data())
def test_changed_proof_is_refused_or_shows_the_same(proved: Proved, verifier: Verifier, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(proved.text) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda character: character != proved.text[at]))
    changed = proved.text[:at] + other + proved.text[at + 1 :]
    try:
        found = open_proof(changed, verifier)
    except REFUSED:
        return
    assert found == open_proof(proved.text, verifier)


@pytest.mark.parametrize("text", ["", "\n\n", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1\nindex 0\n\nx"])
def test_file_that_is_no_proof_is_refused(verifier: Verifier, text: str) -> None:
    with pytest.raises(REFUSED):
        open_proof(text, verifier)


def test_proof_with_endless_nesting_is_refused(proved: Proved, verifier: Verifier) -> None:
    first, _, *rest = proved.text.split("\n")
    deep = b64encode(b'{"entry":' + b"[" * 200_000).decode()
    with pytest.raises(ValueError, match="nested"):
        open_proof("\n".join([first, f"extra {deep}", *rest]), verifier)


def said(path: Path, key: str | None) -> dict[str, object]:
    return dict(actions.verify(None, path, key))


def test_proof_file_is_verified_at_the_terminal(proved: Proved, verifier: Verifier, tmp_path: Path) -> None:
    path = tmp_path / "2026-001.tlog-proof"
    path.write_text(proved.text, encoding="utf-8")
    found = said(path, verifier.vkey())
    assert (found["status"], found["index"], found["size"]) == (SOUND, proved.index, ENTRIES)
    assert TEXT in str(found["lines"])
    assert said(path, None)["status"] == UNKNOWN
    assert said(path, "no key")["status"] == UNKNOWN
    assert said(tmp_path / "none", verifier.vkey())["status"] == UNKNOWN
    path.write_text(_with(proved, text="lain"), encoding="utf-8")
    assert said(path, verifier.vkey())["status"] == ALTERED
    path.write_bytes(b"\xff\xfe")
    assert said(path, verifier.vkey())["status"] == UNKNOWN
