from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governor.errors import LedgerBroken
from governor.ledger import tree
from governor.ledger.tree import EMPTY, TILE, Frontier, Node, Tiles, leaf_hash
from tests.ledger import reference

# The leaves and roots of the Certificate Transparency reference implementation (RFC 6962 test vectors).
VECTORS = [bytes.fromhex(each) for each in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

SIZES = [0, 1, 2, 3, 5, 8, 255, 256, 257, 300, 511, 512, 513, 700]
LEAVES = [b"leaf %d" % number for number in range(700)]
sizes = st.integers(0, len(LEAVES))


def make_tiles(count: int) -> Tiles:
    """Return tiles in memory of the first *count* leaves."""
    hashes = [leaf_hash(leaf) for leaf in LEAVES[:count]]
    _, nodes = Frontier().extend(hashes)
    level_1 = [node.hash for node in nodes if node.level == 1]
    return lambda level, index: (level_1 if level else hashes)[index * TILE : (index + 1) * TILE]


TILES = make_tiles(len(LEAVES))


def flips(data: bytes) -> list[bytes]:
    """Return *data* with each bit of its first and last byte flipped in turn."""
    return [
        data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :] for at in (0, len(data) - 1) for bit in range(8)
    ]


@pytest.mark.parametrize("size", range(9))
def test_root_is_that_of_the_known_vectors(size: int) -> None:
    frontier, _ = Frontier().extend(map(leaf_hash, VECTORS[:size]))

    assert frontier.root().hex() == ROOTS[size]
    assert reference.mth(VECTORS[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("place", "path"), PATHS.items())
def test_inclusion_proof_is_that_of_the_known_vectors(place: tuple[int, int], path: list[str]) -> None:
    hashes = [leaf_hash(leaf) for leaf in VECTORS]

    assert [each.hex() for each in tree.inclusion_proof(*place, lambda _level, _index: hashes)] == path


@pytest.mark.parametrize(("pair", "path"), CONSISTENCY.items())
def test_consistency_proof_is_that_of_the_known_vectors(pair: tuple[int, int], path: list[str]) -> None:
    hashes = [leaf_hash(leaf) for leaf in VECTORS]

    assert [each.hex() for each in tree.consistency_proof(*pair, lambda _level, _index: hashes)] == path


@pytest.mark.parametrize("size", SIZES)
def test_frontier_of_stored_tiles_is_that_of_appending(size: int) -> None:
    appended, _ = Frontier().extend(map(leaf_hash, LEAVES[:size]))

    assert tree.frontier(size, TILES) == appended
    assert appended.root() == reference.mth(LEAVES[:size])


@given(st.lists(st.integers(1, 300), max_size=6))
def test_any_batching_leads_to_the_same_frontier_and_nodes(batches: list[int]) -> None:
    frontier, nodes, at = Frontier(), list[Node](), 0
    hashes = [leaf_hash(leaf) for leaf in LEAVES]
    for batch in batches:
        frontier, full = frontier.extend(hashes[at : at + batch])
        nodes, at = nodes + full, min(at + batch, len(hashes))

    assert (frontier, nodes) == Frontier().extend(hashes[:at])
    assert Frontier.parse(frontier.size, bytes(frontier)) == frontier


def test_frontier_grows_by_a_leaf_or_a_subtree() -> None:
    hashes = [leaf_hash(leaf) for leaf in LEAVES]
    one_by_one = Frontier()
    for hash in hashes[:300]:
        one_by_one = one_by_one.append(hash)

    assert one_by_one == Frontier().append(tree.perfect_root(hashes[:256]), 8).extend(hashes[256:300])[0]
    with pytest.raises(ValueError, match="multiple"):
        one_by_one.append(hashes[0], 8)


@pytest.mark.parametrize(("size", "data"), [(0, b"x"), (1, b""), (3, bytes(32)), (-1, b""), (4, bytes(33))])
def test_frontier_of_the_wrong_length_is_refused(size: int, data: bytes) -> None:
    with pytest.raises(ValueError, match="peaks"):
        Frontier.parse(size, data)


@pytest.mark.parametrize("levels", [1, 2])
def test_nodes_are_noted_when_their_subtree_is_full(levels: int) -> None:
    hashes = [leaf_hash(b"")] * TILE**levels
    _, nodes = Frontier().extend(hashes)

    assert [(node.level, node.index) for node in nodes if node.level == levels] == [(levels, 0)]
    assert len(nodes) == sum(TILE ** (levels - level) for level in range(1, levels + 1))


@given(st.data())
def test_inclusion_proof_is_that_of_the_definition_and_verifies(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(LEAVES)))
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(index, size, TILES)
    root = tree.frontier(size, TILES).root()

    assert list(proof) == reference.path(index, LEAVES[:size])
    tree.verify_inclusion(leaf_hash(LEAVES[index]), (index, size), proof, root)


@given(st.data())
def test_consistency_proof_is_that_of_the_definition_and_verifies(data: st.DataObject) -> None:
    new = data.draw(sizes)
    old = data.draw(st.integers(0, new))
    proof = tree.consistency_proof(old, new, TILES)
    roots = [(size, tree.frontier(size, TILES).root()) for size in (old, new)]

    assert list(proof) == (reference.proof(old, LEAVES[:new]) if old else [])
    tree.verify_consistency(roots[0], roots[1], proof)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 300])
def test_mutated_inclusion_proof_is_refused(size: int) -> None:
    for index in {0, 1, size // 2, size - 1} - {size}:
        leaf, root = leaf_hash(LEAVES[index]), tree.frontier(size, TILES).root()
        proof = list(tree.inclusion_proof(index, size, TILES))
        mutants = [(each, index, size, proof, root) for each in flips(leaf)]
        mutants += [(leaf, index, size, proof, each) for each in flips(root)]
        mutants += [(leaf, other, size, proof, root) for other in (index + 1, index - 1, size, -1)]
        mutants += [(leaf, index, size, [*proof, leaf], root), (leaf, index, size, [leaf, *proof], root)]
        for at in range(len(proof)):
            mutants += [(leaf, index, size, [*proof[:at], each, *proof[at + 1 :]], root) for each in flips(proof[at])]
            mutants.append((leaf, index, size, proof[:at] + proof[at + 1 :], root))
        for leaf_, index_, size_, proof_, root_ in mutants:
            with pytest.raises(LedgerBroken, match="proof-inclusion"):
                tree.verify_inclusion(leaf_, (index_, size_), proof_, root_)


@pytest.mark.parametrize(("old", "new"), [(1, 2), (3, 7), (4, 8), (6, 8), (255, 256), (256, 700), (300, 513)])
def test_mutated_consistency_proof_is_refused(old: int, new: int) -> None:
    first, second = ((size, tree.frontier(size, TILES).root()) for size in (old, new))
    proof = list(tree.consistency_proof(old, new, TILES))
    mutants = [((old, each), second, proof) for each in flips(first[1])]
    mutants += [(first, (new, each), proof) for each in flips(second[1])]
    mutants += [((old - 1, first[1]), second, proof), ((-1, first[1]), second, proof), (second, first, proof)]
    mutants += [(first, second, [*proof, first[1]]), (first, second, []), (first, (old, second[1]), proof)]
    for at in range(len(proof)):
        mutants += [(first, second, [*proof[:at], each, *proof[at + 1 :]]) for each in flips(proof[at])]
        mutants.append((first, second, proof[:at] + proof[at + 1 :]))
    for mutant in mutants:
        with pytest.raises(LedgerBroken, match="proof-consistency"):
            tree.verify_consistency(*mutant)


def test_empty_tree_and_the_tree_itself_need_no_consistency_proof() -> None:
    root = tree.frontier(5, TILES).root()

    tree.verify_consistency((0, EMPTY), (5, root), [])
    tree.verify_consistency((0, EMPTY), (0, EMPTY), [])
    tree.verify_consistency((5, root), (5, root), [])
    for old, new, proof in [((0, root), (5, root), []), ((5, EMPTY), (5, root), []), ((5, root), (5, root), [root])]:
        with pytest.raises(LedgerBroken):
            tree.verify_consistency(old, new, proof)


@pytest.mark.parametrize(
    "call",
    [
        lambda: tree.inclusion_proof(5, 5, TILES),
        lambda: tree.inclusion_proof(-1, 5, TILES),
        lambda: tree.consistency_proof(6, 5, TILES),
        lambda: tree.consistency_proof(-1, 5, TILES),
    ],
)
def test_proof_of_what_is_not_there_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"no such leaf|does not shrink"):
        call()


def test_proof_from_tiles_that_lack_hashes_is_refused() -> None:
    with pytest.raises(LedgerBroken, match="tile-short"):
        tree.inclusion_proof(0, 300, make_tiles(299))
