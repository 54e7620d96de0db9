from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from governor.ledger import tree
from governor.ledger.head import Head
from governor.ledger.note import Signer
from governor.ledger.record import Finding, Record
from governor.ledger.tree import TILE, Frontier, leaf_hash
from governor.ledger.verify import verify
from tests.entries import make_entries

SIGNER = Signer(name="governor.example.org/log/2026", private=Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
THIEF = Signer(name="governor.example.org/log/2026", private=Ed25519PrivateKey.from_private_bytes(bytes(32)))
PLACE = "log_checkpoint"
ENTRIES = list(make_entries(0, 1100))
HASHES = [leaf_hash(entry.leaf()) for entry in ENTRIES]


@dataclass
class Log:
    """What a database holds of the first *size* entries, to be altered."""

    size: int
    published: Sequence[int] = (1, 5, 256, 300, 512)
    entries: list[Any] = field(init=False)
    nodes: list[Any] = field(init=False)
    checkpoints: list[Any] = field(init=False)
    head: Any = field(init=False)

    def __post_init__(self) -> None:
        frontier, nodes = Frontier().extend(HASHES[: self.size])
        self.entries = [
            (at, entry.id, entry.subject, entry.n, entry.leaf(), HASHES[at])
            for at, entry in enumerate(ENTRIES[: self.size])
        ]
        self.nodes = sorted((node.level, node.index, node.hash) for node in nodes)
        self.checkpoints = [
            (size, Head.sign(Frontier().extend(HASHES[:size])[0], SIGNER).note, PLACE)
            for size in self.published
            if size <= self.size
        ]
        self.head = Head.sign(frontier, SIGNER)

    def verify(self, start: Frontier | None = None) -> list[Finding]:
        """Return what the verifier finds."""
        return verify(
            Record(
                entries=iter(self.entries),
                nodes=iter(
                    sorted(self.nodes, key=lambda row: [at if isinstance(at, int) else 2**63 for at in row[:2]])
                ),
                checkpoints=iter(sorted(self.checkpoints, key=lambda row: row[0])),
                head=self.head,
                size=self.head.size if self.head else len(self.entries),
                verifier=SIGNER.verifier,
                start=start or Frontier(),
            )
        )

    def found(self) -> list[tuple[str, int | None]]:
        """Return what the verifier finds, and where."""
        return [(each.what, each.index) for each in self.verify()]


def alter(row: Sequence[Any], at: int, value: object) -> tuple[Any, ...]:
    """Return *row* with another value at *at*."""
    return (*row[:at], value, *row[at + 1 :])


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 300, 511, 512, 513, 1100])
def test_log_as_it_was_written_is_sound(size: int) -> None:
    assert Log(size).verify() == []


def test_log_of_two_levels_is_sound_and_its_upper_node_is_compared() -> None:
    entry = ENTRIES[0]
    row = (entry.id, entry.subject, entry.n, entry.leaf(), HASHES[0])
    frontier, nodes = Frontier().extend([HASHES[0]] * (TILE * TILE + 1))
    log = Log(0)
    log.entries = [(at, *row) for at in range(TILE * TILE + 1)]
    log.nodes = [(node.level, node.index, node.hash) for node in nodes]
    log.head = Head.sign(frontier, SIGNER)
    stored = sorted(log.nodes)

    assert log.verify() == []
    log.nodes = stored[:-1]
    assert log.found() == [("subtree-missing", 0)]
    log.nodes = [*stored[:-1], (2, 0, bytes(32))]
    assert log.found() == [("subtree-altered", 0)]
    log.nodes = [*stored, (2, 1, bytes(32))]
    assert log.found() == [("subtree-unexpected", 65536)]
    start = tree.Frontier().extend([HASHES[0]] * (TILE * TILE))[0]
    log.entries, log.nodes = log.entries[-1:], []
    assert log.verify(start) == []
    log.entries = log.entries[:-1]
    assert [each.what for each in log.verify(start)] == ["entry-missing"]


@pytest.mark.parametrize("size", [300, 512])
@pytest.mark.parametrize("index", [0, 1, 254, 255, 256, 257, 298, 299])
def test_every_altered_column_of_an_entry_is_found_at_its_index(size: int, index: int) -> None:
    for at, value, part in [
        (1, "0190f5f2-0000-7000-8000-000000000001", "columns"),
        (2, "motion/2026-99999", "columns"),
        (3, 99, "columns"),
        (4, ENTRIES[index].leaf().replace(b"yes", b"yeS"), "leaf"),
        (5, bytes(32), "hash"),
    ]:
        for other in (value, None, 1.5, "text", b"bytes"):
            log = Log(size)
            log.entries[index] = alter(log.entries[index], at, other)

            assert log.found() == [("entry-altered", index)]
            assert log.verify()[0].values == {"part": part}


def test_altered_leaf_and_hash_of_another_type_in_one_chunk_are_both_found() -> None:
    log = Log(600)
    log.entries[3] = alter(log.entries[3], 4, b"{}")
    log.entries[4] = alter(log.entries[4], 5, None)

    assert log.found() == [("entry-altered", 3), ("entry-altered", 4)]


def test_several_altered_entries_are_all_found_the_earliest_first() -> None:
    log = Log(600)
    for index in (599, 300, 301, 7):
        log.entries[index] = alter(log.entries[index], 4, b"{}")

    assert log.found() == [("entry-altered", index) for index in (7, 300, 301, 599)]


def test_altered_leaf_with_its_hash_made_to_match_is_found_by_its_subtree_and_the_head() -> None:
    log = Log(600)
    leaf = ENTRIES[300].leaf().replace(b"yes", b"yeS")
    log.entries[300] = alter(alter(log.entries[300], 4, leaf), 5, leaf_hash(leaf))

    assert log.found() == [("subtree-altered", 256), ("checkpoint-root", 300), ("head-root", 300)]


def test_history_rewritten_with_the_stolen_key_is_found_by_an_older_checkpoint() -> None:
    log = Log(300, published=())
    forged = HASHES[:7] + HASHES[8:301]
    log.head = Head.sign(Frontier().extend(forged)[0], SIGNER)
    log.entries = [
        (at, entry.id, entry.subject, entry.n, entry.leaf(), leaf_hash(entry.leaf()))
        for at, entry in enumerate(ENTRIES[:7] + ENTRIES[8:301])
    ]
    log.nodes = [(1, 0, tree.perfect_root(forged[:256]))]
    assert log.verify() == []

    log.checkpoints = Log(300).checkpoints
    assert log.found() == [("checkpoint-root", 5), ("checkpoint-root", 5)]


@pytest.mark.parametrize(
    ("size", "missing", "expected"),
    [
        (5, range(5), [("entry-missing", 0)]),
        (5, [4], [("entry-missing", 4)]),
        (600, [0], [("entry-missing", 0)]),
        (600, [300], [("entry-missing", 300)]),
        (600, range(250, 520), [("entry-missing", 250)]),
        (600, range(256, 512), [("entry-missing", 256)]),
        (600, range(256), [("entry-missing", 0)]),
        (600, [3, 5, 6, 400, 599], [("entry-missing", at) for at in (3, 5, 400, 599)]),
        (600, range(512, 600), [("entry-missing", 512)]),
        (1100, range(1100), [("entry-missing", 0)]),
    ],
)
def test_missing_entries_are_found_and_the_rest_is_carried_by_the_nodes(
    size: int, missing: Sequence[int], expected: list[tuple[str, int | None]]
) -> None:
    log = Log(size)
    log.entries = [row for row in log.entries if row[0] not in missing]

    assert log.found() == expected


def test_missing_entries_without_their_node_leave_the_rest_to_be_checked_by_itself() -> None:
    log = Log(1100)
    log.entries = [row for row in log.entries if not 256 <= row[0] < 512]
    log.nodes = [row for row in log.nodes if row[1] != 1]
    log.entries[300] = alter(log.entries[300], 4, b"{}")

    assert log.found() == [("entry-missing", 256), ("entry-altered", 556)]


def test_entries_that_no_log_of_this_size_has_are_found() -> None:
    log = Log(300)
    log.entries = [
        alter(log.entries[0], 0, -7),
        *log.entries,
        alter(log.entries[0], 0, 300),
        alter(log.entries[1], 0, 2**62),
    ]

    assert log.found() == [("entry-unexpected", -7), ("entry-unexpected", 300), ("entry-unexpected", 2**62)]


@pytest.mark.parametrize("size", [256, 512])
def test_entries_after_a_full_chunk_that_no_log_of_this_size_has_are_found(size: int) -> None:
    log = Log(size)
    log.entries.append(alter(log.entries[0], 0, size))

    assert log.found() == [("entry-unexpected", size)]


def test_leaf_of_another_type_with_the_hash_of_nothing_is_found() -> None:
    log = Log(600)
    log.entries[300] = alter(alter(log.entries[300], 4, ""), 5, leaf_hash(b""))

    assert ("entry-altered", 300) in log.found()


def test_only_strays_in_the_place_of_all_entries_are_found() -> None:
    log = Log(2)
    log.entries = [alter(log.entries[0], 0, -7)]

    assert log.found() == [("entry-unexpected", -7), ("entry-missing", 0)]


def test_entry_moved_to_another_index_is_found_where_it_was() -> None:
    log = Log(300)
    log.entries = sorted(alter(row, 0, 5000) if row[0] == 3 else row for row in log.entries)

    assert log.found() == [("entry-missing", 3), ("entry-unexpected", 5000)]


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        (lambda nodes: nodes[:1], [("subtree-missing", 256)]),
        (lambda nodes: nodes[1:], [("subtree-missing", 0)]),
        (lambda nodes: [alter(nodes[0], 2, bytes(32)), nodes[1]], [("subtree-altered", 0)]),
        (lambda nodes: [nodes[0], alter(nodes[1], 2, "text")], [("subtree-altered", 256)]),
        (lambda nodes: [*nodes, (1, 2, bytes(32))], [("subtree-unexpected", 512)]),
        (lambda nodes: [*nodes, (3, 0, bytes(32))], [("subtree-unexpected", 0)]),
        (lambda nodes: [*nodes, (0, 0, bytes(32))], [("subtree-unexpected", None)]),
        (lambda nodes: [*nodes, (99, 0, bytes(32))], [("subtree-unexpected", None)]),
        (lambda nodes: [*nodes, ("one", 0, bytes(32))], [("subtree-unexpected", None)]),
        (lambda nodes: [*nodes, (1, None, bytes(32))], [("subtree-unexpected", None)]),
        (lambda nodes: [nodes[0], alter(nodes[1], 0, 2)], [("subtree-missing", 256), ("subtree-unexpected", 65536)]),
    ],
)
def test_every_altered_node_is_found(
    nodes: Callable[[list[Any]], list[Any]], expected: list[tuple[str, int | None]]
) -> None:
    log = Log(600)
    log.nodes = nodes(log.nodes)

    assert log.found() == expected


def test_nodes_are_not_called_unexpected_where_missing_entries_made_the_tree_unknown() -> None:
    log = Log(600)
    log.entries = log.entries[:-1]
    log.nodes.append((2, 0, bytes(32)))

    assert log.found() == [("subtree-unexpected", 0), ("entry-missing", 599)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"size": 299}, ["checkpoint-beyond", "entry-unexpected", "head-malformed"]),
        ({"size": 301}, ["entry-missing", "head-malformed"]),
        ({"size": 2**62}, ["entry-missing", "head-malformed"]),
        ({"root": bytes(32)}, ["head-frontier", "head-root"]),
        ({"root": None}, ["head-frontier", "head-root"]),
        ({"frontier": bytes(32 * 4)}, ["head-frontier"]),
        ({"frontier": b""}, ["head-malformed"]),
        ({"frontier": None}, ["head-malformed"]),
        ({"note": ""}, ["head-malformed"]),
        ({"note": None}, ["head-malformed"]),
        ({"note": b"bytes"}, ["head-malformed"]),
        ({"note": Log(299).head.note}, ["head-note"]),
        ({"note": THIEF.sign("text\n")}, ["note-unsigned"]),
        ({"note": Log(300).head.note.replace("\n300\n", "\n301\n")}, ["note-forged"]),
    ],
)
def test_every_altered_column_of_the_head_is_found(change: dict[str, object], expected: list[str]) -> None:
    log = Log(300)
    log.head = replace(log.head, **change)

    assert sorted({each.what for each in log.verify()} - {"head-root"} | {*expected} & {"head-root"}) == expected


def test_missing_head_is_found_unless_nothing_was_recorded() -> None:
    log = Log(300)
    log.head = None
    log.entries[200] = alter(log.entries[200], 4, b"{}")
    empty = Log(0)
    empty.head = None

    assert log.found() == [("entry-altered", 200), ("head-missing", None)]
    log.entries[299] = alter(log.entries[299], 4, None)
    assert log.found() == [("entry-altered", 200), ("entry-altered", 299), ("head-missing", None)]
    assert empty.verify() == []


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ((300, "", PLACE), "checkpoint-altered"),
        ((300, None, PLACE), "checkpoint-altered"),
        ((300, b"bytes", PLACE), "checkpoint-altered"),
        ((300, Log(299).head.note, PLACE), "checkpoint-altered"),
        ((300, THIEF.sign("text\n"), PLACE), "checkpoint-altered"),
        ((300, Log(300).head.note.replace("\n300\n", "\n301\n"), PLACE), "checkpoint-altered"),
        ((299, Log(300).head.note, PLACE), "checkpoint-altered"),
    ],
)
def test_every_altered_checkpoint_is_found(row: tuple[int, str, str], what: str) -> None:
    log = Log(300, published=(256,))
    log.checkpoints.append(row)

    assert [(each.what, each.values["size"]) for each in log.verify()] == [(what, row[0])]


def test_checkpoint_beyond_the_log_is_found() -> None:
    log = Log(300)
    log.checkpoints.append((301, Log(301).head.note, "elsewhere"))

    assert log.verify() == [Finding(what="checkpoint-beyond", index=300, values={"size": 301, "place": "elsewhere"})]


def test_checkpoints_in_missing_entries_are_only_read() -> None:
    log = Log(600, published=(300, 400, 512, 600))
    log.entries = [row for row in log.entries if row[0] != 350 and row[0] < 550]

    assert log.found() == [("entry-missing", 350), ("entry-missing", 550)]
