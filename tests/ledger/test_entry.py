import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from types import MappingProxyType

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from governor.ledger.canonical import JSON, canonical
from governor.ledger.entry import MAX_BYTES, Entry
from governor.ledger.record import EntryRow
from governor.ledger.verify import agrees

NOON = datetime(2026, 11, 24, 7, tzinfo=UTC)
ID = "0190f5f2-0000-7000-8000-000000000001"

scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
keys = st.text() | st.text("\x7fa\ue000\uffff\U00010000\U0001f600")  # by UTF-16 in another order than by code points
bodies = st.dictionaries(
    keys, st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=9)
)
subjects = st.text(
    st.characters(min_codepoint=33, max_codepoint=126, exclude_characters='"\\'), min_size=1, max_size=128
)


def make(
    id: str = ID,
    ts: datetime = NOON,
    type: str = "vote.cast",
    v: int = 1,
    subject: str = "motion/2026-00012",
    n: int = 1,
    actor: str = "p:" + "0" * 32,
    body: dict[str, JSON] | None = None,
    pii: dict[str, str] | None = None,
) -> Entry:
    """Return an entry."""
    return Entry(id=id, ts=ts, type=type, v=v, subject=subject, n=n, actor=actor, body=body or {}, pii=pii or {})


def row(entry: Entry) -> EntryRow:
    """Return the row that a database holds of *entry*, without its hash."""
    return 0, entry.id, entry.subject, entry.n, entry.leaf(), b""


def test_entry_is_written_to_the_byte() -> None:
    entry = make(body={"z": 1, "a": "é"}, pii={"actor.display_name": "hs256:" + "0" * 64}, n=4)

    assert entry.leaf().decode() == (
        '{"actor":"p:00000000000000000000000000000000","body":{"a":"é","z":1},'
        '"id":"0190f5f2-0000-7000-8000-000000000001","n":4,'
        '"pii":{"actor.display_name":"hs256:0000000000000000000000000000000000000000000000000000000000000000"},'
        '"subject":"motion/2026-00012","ts":"2026-11-24T07:00:00.000Z","type":"vote.cast","v":1}'
    )


@given(bodies, subjects, st.integers(1, 2**53 - 1))
def test_entry_is_read_as_it_was_written(body: dict[str, JSON], subject: str, n: int) -> None:
    entry = make(body=body, subject=subject, n=n, pii={"id": "hs256:" + "0" * 64})

    assert Entry.parse(entry.leaf()) == entry
    assert agrees(row(entry))


@given(bodies, subjects, st.integers(1, 2**53 - 2))
def test_columns_of_another_entry_do_not_agree(body: dict[str, JSON], subject: str, n: int) -> None:
    inner = {"id": ID, "n": n, "pii": {}, "subject": subject, "ts": "", "type": "", "v": 1}
    entry = make(body={**body, "inner": inner}, subject="motion/2", n=n + 1, id=ID[:-1] + "2")
    _, id, its_subject, its_n, leaf, _ = row(entry)

    assert agrees(row(entry))
    assert not agrees((0, ID, its_subject, its_n, leaf, b""))
    assert not agrees((0, id, its_subject, n, leaf, b""))
    assert not agrees((0, ID, its_subject, n, leaf, b""))
    if subject != "motion/2":
        assert not agrees((0, id, subject, its_n, leaf, b""))


@given(bodies)
def test_canonical_form_is_that_of_rfc_8785(body: dict[str, JSON]) -> None:
    assert canonical(MappingProxyType(body)) == rfc8785.dumps(body)
    assert json.loads(canonical(body)) == body


def test_canonical_form_sorts_keys_by_utf_16_and_escapes_little() -> None:
    # RFC 8785, section 3.2.3: the sorted example, with keys beyond the basic plane before U+FB33.
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\x80": 6, "ö": 7}

    assert canonical(value).decode() == '{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"\U0001f600":5,"\ufb33":3}'
    assert canonical('\x00\x1f"\\/\n€') == b'"\\u0000\\u001f\\"\\\\/\\n\xe2\x82\xac"'


def test_values_of_enumerations_and_tuples_are_recorded_plainly() -> None:
    class Answer(StrEnum):
        YES = "yes"

    class Number(IntEnum):
        ONE = 1

    assert canonical({"a": (Answer.YES, Number.ONE), "b": [None, True]}) == b'{"a":["yes",1],"b":[null,true]}'


def deep(levels: int) -> JSON:
    """Return lists in lists."""
    value: JSON = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        1.0,
        float("nan"),
        2**53,
        -(2**53),
        "\ud800",
        {"\ud800": 1},
        {1: 2},
        b"bytes",
        bytearray(),
        {1},
        deep(10_000),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_canonical_form_is_refused(value: JSON) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical([value])


@pytest.mark.parametrize(
    "change",
    [
        lambda: make(id=ID.upper().replace("0190F5F2", "0190F5FA")),
        lambda: make(id="1"),
        lambda: make(ts=datetime(2026, 11, 24)),  # noqa: DTZ001 - the refusal is tested
        lambda: make(type="Vote cast"),
        lambda: make(type=""),
        lambda: make(subject=""),
        lambda: make(subject='a"b'),
        lambda: make(subject="a b"),
        lambda: make(subject="a\\b"),
        lambda: make(subject="é"),
        lambda: make(subject="a" * 129),
        lambda: make(n=0),
        lambda: make(v=0),
        lambda: make(n=True),
        lambda: make(n=2**53),
        lambda: make(actor="Budi"),
        lambda: make(actor="p:" + "0" * 31),
        lambda: make(body={"share": 0.5}),
        lambda: make(pii={"name": "Budi"}),
        lambda: make(pii={"na me": "hs256:" + "0" * 64}),
        lambda: make(body={"text": "x" * MAX_BYTES}),
    ],
)
def test_what_cannot_be_recorded_cannot_be_made(change: Callable[[], Entry]) -> None:
    with pytest.raises(ValueError, match=r"."):
        change()


def test_entry_may_have_exactly_the_most_bytes() -> None:
    room = MAX_BYTES - len(make(body={"text": ""}).leaf())

    assert len(make(body={"text": "x" * room}).leaf()) == MAX_BYTES
    with pytest.raises(ValueError, match="at most"):
        make(body={"text": "x" * (room + 1)})


def test_instant_is_kept_in_utc_and_cut_to_milliseconds() -> None:
    jakarta = timezone(timedelta(hours=7))
    entry = make(ts=datetime(2026, 11, 24, 14, 0, 0, 123_999, jakarta))

    assert entry.ts == NOON + timedelta(milliseconds=123)
    assert b'"ts":"2026-11-24T07:00:00.123Z"' in entry.leaf()


LEAF = make(body={"choice": "yes"}).leaf()


@pytest.mark.parametrize(
    "leaf",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        LEAF + b" ",
        LEAF.replace(b'"v":1', b'"v":1.0'),
        LEAF.replace(b'"v":1', b'"v":NaN'),
        LEAF.replace(b'"v":1', b'"v":true'),
        LEAF.replace(b'"v":1', b'"v":"1"'),
        LEAF.replace(b'"v":1', b'"v":1,"w":1'),
        LEAF.replace(b'"v":1', b'"v":1,"v":1'),
        LEAF.replace(b'"n":1,', b""),
        LEAF.replace(b"yes", b"y\\u0065s"),
        LEAF.replace(b".000Z", b"Z"),
        LEAF.replace(b".000Z", b".000z"),
        LEAF.replace(b"11-24", b"02-30"),
        LEAF.replace(b'"pii":{}', b'"pii":{"name":1}'),
        LEAF.replace(b'{"choice":"yes"}', b"[" * 10_000),
        LEAF.replace(b'{"choice":"yes"}', b'{"choice":' + b"[" * 900 + b"]" * 900 + b"}"),
    ],
    ids=lambda leaf: str(len(leaf)),
)
def test_bytes_that_are_no_canonical_entry_are_refused(leaf: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Entry.parse(leaf)
