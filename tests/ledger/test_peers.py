"""Verifiers of other authors accept what we write, and refuse every mutant of it.

The consistency proofs of pymerkle go down to single leaves where RFC 9162 stops at perfect subtrees: its verifier
cannot read the form of the RFC, so that consistency has one peer.
"""

import pytest
import tlog_scales.signing
import tlog_scales.tlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pymerkle import InmemoryTree, InvalidProof

from governor.ledger import tree
from governor.ledger.note import Checkpoint, Signer
from governor.ledger.proof import Proof
from governor.ledger.tree import leaf_hash
from tests.ledger.test_tree import LEAVES, TILES, flips

SIGNER = Signer(name="governor.example.org/log/2026", private=Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
VKEY = tlog_scales.signing.Vkey.from_string(SIGNER.verifier.vkey())
PLACES = [(0, 1), (0, 2), (1, 3), (6, 7), (5, 8), (255, 256), (256, 257), (300, 700), (699, 700)]
PAIRS = [(1, 2), (3, 7), (4, 8), (6, 8), (255, 256), (256, 700), (300, 513), (512, 700)]


def make_note(size: int) -> str:
    """Return the signed checkpoint of the first *size* leaves."""
    return SIGNER.sign(Checkpoint(origin=SIGNER.name, size=size, root=tree.frontier(size, TILES).root()).text())


def mutants(hashes: list[bytes]) -> list[list[bytes]]:
    """Return *hashes* with bits flipped, one missing, and one too many."""
    found = [[*hashes[:at], each, *hashes[at + 1 :]] for at in range(len(hashes)) for each in flips(hashes[at])]
    return [*found, *(hashes[:at] + hashes[at + 1 :] for at in range(len(hashes))), [*hashes, bytes(32)]]


@pytest.fixture(scope="module")
def pymerkle_tree() -> InmemoryTree:
    peer = InmemoryTree(algorithm="sha256")
    peer.append_entries(LEAVES)
    return peer


@pytest.mark.parametrize(("index", "size"), PLACES)
def test_pymerkle_accepts_our_inclusion_proof_and_refuses_mutants(
    pymerkle_tree: InmemoryTree, index: int, size: int
) -> None:
    root = tree.frontier(size, TILES).root()
    path = [leaf_hash(LEAVES[index]), *tree.inclusion_proof(index, size, TILES)]
    peer = pymerkle_tree.prove_inclusion(index + 1, size)  # its indexes begin at 1, its paths with the leaf

    peer.path = path
    peer.verify(path[0], root, index=index + 1, size=size)
    for mutant in mutants(path):
        peer.path = mutant
        with pytest.raises(InvalidProof):
            peer.verify(path[0], root, index=index + 1, size=size)


@pytest.mark.parametrize(("index", "size"), PLACES)
def test_tlog_scales_accepts_our_proof_and_note_and_refuses_mutants(index: int, size: int) -> None:
    proof = Proof.parse(
        Proof(index=index, hashes=tree.inclusion_proof(index, size, TILES), checkpoint=make_note(size)).text()
    )
    checkpoint = tlog_scales.tlog.Checkpoint.from_text(proof.checkpoint)
    leaf = leaf_hash(LEAVES[index])

    assert checkpoint.serialize() == proof.checkpoint
    checkpoint.verify(VKEY)
    tlog_scales.tlog.InclusionProof(index, size, list(proof.hashes)).check(leaf, checkpoint.root_hash)
    for mutant in mutants(list(proof.hashes)):
        with pytest.raises(tlog_scales.tlog.InclusionProofInvalid):
            tlog_scales.tlog.InclusionProof(index, size, mutant).check(leaf, checkpoint.root_hash)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_tlog_scales_accepts_our_consistency_proof_and_refuses_mutants(old: int, new: int) -> None:
    roots = [tree.frontier(size, TILES).root() for size in (old, new)]
    proof = list(tree.consistency_proof(old, new, TILES))

    tlog_scales.tlog.ConsistencyProof(old, new, proof).check(*roots)
    for mutant in mutants(proof):
        with pytest.raises(tlog_scales.tlog.ConsistencyProofInvalid):
            tlog_scales.tlog.ConsistencyProof(old, new, mutant).check(*roots)


def test_tlog_scales_refuses_our_note_with_any_bit_of_its_signature_flipped() -> None:
    text, _, line = make_note(5).rpartition("\n\n")
    _, name, signature = line[:-1].split(" ")
    data = tlog_scales.utils.b64dec(signature)

    for at in range(4, len(data)):
        for bit in range(8):
            mutant = tlog_scales.utils.b64enc(data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :])
            with pytest.raises(InvalidSignature):
                tlog_scales.tlog.Checkpoint.from_text(f"{text}\n\n— {name} {mutant}\n").verify(VKEY)


def test_tlog_scales_spells_our_key_as_we_do() -> None:
    assert VKEY.serialize() == SIGNER.verifier.vkey()
