import pytest

from governor.errors import LedgerBroken
from governor.ledger import tree
from governor.ledger.note import Verifier, encode
from governor.ledger.proof import Proof
from tests.ledger.test_note import OTHER, PETER
from tests.ledger.test_peers import SIGNER, make_note
from tests.ledger.test_tree import LEAVES, TILES


def make_proof(index: int, size: int, extra: bytes | None = None) -> Proof:
    """Return the proof of a leaf under the first *size*."""
    hashes = tree.inclusion_proof(index, size, TILES)
    return Proof(index=index, hashes=hashes, checkpoint=make_note(size), extra=extra)


def test_proof_is_written_to_the_byte() -> None:
    proof = make_proof(1, 3, extra=b"\x00\xff")
    sibling, other = map(encode, tree.inclusion_proof(1, 3, TILES))

    assert proof.text() == (f"c2sp.org/tlog-proof@v1\nextra AP8=\nindex 1\n{sibling}\n{other}\n\n{make_note(3)}")


@pytest.mark.parametrize("extra", [None, b"", b"extra"])
@pytest.mark.parametrize(("index", "size"), [(0, 1), (1, 2), (299, 700)])
def test_proof_is_read_as_it_was_written_and_verifies(index: int, size: int, extra: bytes | None) -> None:
    proof = Proof.parse(make_proof(index, size, extra).text())

    assert proof == make_proof(index, size, extra)
    assert proof.verify(LEAVES[index], [SIGNER.verifier]).size == size


def test_every_changed_bit_of_a_proof_is_refused() -> None:
    data = make_proof(4, 7).text().encode()

    for at in range(len(data)):
        for bit in range(8):
            mutant = data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]
            with pytest.raises((LedgerBroken, ValueError)):
                Proof.parse(mutant.decode()).verify(LEAVES[4], [SIGNER.verifier])


def test_proof_of_another_leaf_is_refused() -> None:
    with pytest.raises(LedgerBroken, match="proof-inclusion"):
        make_proof(4, 7).verify(LEAVES[3], [SIGNER.verifier])


def test_proof_is_refused_when_only_a_witness_signed() -> None:
    proof = make_proof(4, 7)
    text = proof.checkpoint.partition("\n\n")[0] + "\n"
    witnessed = Proof(index=4, hashes=proof.hashes, checkpoint=OTHER.sign(text))

    with pytest.raises(LedgerBroken, match="checkpoint-origin"):
        witnessed.verify(LEAVES[4], [SIGNER.verifier, OTHER.verifier])
    with pytest.raises(LedgerBroken, match="note-unsigned"):
        witnessed.verify(LEAVES[4], [Verifier.parse(PETER)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1\n\ncheckpoint",
        "c2sp.org/tlog-proof@v2\nindex 0\n\ncheckpoint",
        "c2sp.org/tlog-proof@v1\nindex 0\n",
        "c2sp.org/tlog-proof@v1\nindex 00\n\ncheckpoint",
        "c2sp.org/tlog-proof@v1\nindex -1\n\ncheckpoint",
        "c2sp.org/tlog-proof@v1\nextra AA==\n\ncheckpoint",
        "c2sp.org/tlog-proof@v1\nextra AA\nindex 0\n\ncheckpoint",
        "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\ncheckpoint",
        "c2sp.org/tlog-proof@v1\nindex 0\n" + f"{encode(bytes(32))}\n" * 64 + "\ncheckpoint",
    ],
)
def test_malformed_proof_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Proof.parse(text)
