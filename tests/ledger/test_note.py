import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from governor.errors import LedgerBroken
from governor.ledger.note import Checkpoint, Note, Signer, Verifier, decode, encode, read_checkpoint

# The example of Go's golang.org/x/mod/sumdb/note, whose format signed-note describes.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETER_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_NOTE = (
    PETER_TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ORIGIN = "governor.example.org/log/2026"
SIGNER = Signer(name=ORIGIN, private=Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = Signer(name="witness.example.net", private=Ed25519PrivateKey.from_private_bytes(bytes(32)))
CHECKPOINT = Checkpoint(origin=ORIGIN, size=20852163, root=bytes(range(32)))


def make_signer(secret: str) -> Signer:
    """Return the signer of a secret key as Go writes it."""
    _, _, name, _, seed = secret.split("+", 4)
    return Signer(name=name, private=Ed25519PrivateKey.from_private_bytes(decode(seed)[1:]))


def test_note_of_go_is_verified_and_signed_alike() -> None:
    assert Note.parse(PETER_NOTE).verify([Verifier.parse(PETER)])[0].name == "PeterNeumann"
    assert make_signer(PETER_KEY).verifier.vkey() == PETER
    assert make_signer(PETER_KEY).sign(PETER_TEXT) == PETER_NOTE


def test_checkpoint_is_written_to_the_byte() -> None:
    note = SIGNER.sign(CHECKPOINT.text())

    assert note.startswith(f"{ORIGIN}\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n— {ORIGIN} ")
    assert note.endswith("=\n")
    assert read_checkpoint(note, SIGNER.verifier) == CHECKPOINT


def test_note_signed_by_several_is_verified_by_each() -> None:
    note = SIGNER.sign(CHECKPOINT.text()) + OTHER.sign(CHECKPOINT.text()).rpartition("\n\n")[2]
    parsed = Note.parse(note + note.rpartition("\n\n")[2])

    assert parsed.verify([SIGNER.verifier]) == (SIGNER.verifier,)
    assert parsed.verify([OTHER.verifier]) == (OTHER.verifier,)
    assert parsed.verify([OTHER.verifier, SIGNER.verifier]) == (SIGNER.verifier, OTHER.verifier)
    assert read_checkpoint(note, SIGNER.verifier) == CHECKPOINT


def test_note_may_hold_empty_lines_in_its_text() -> None:
    note = SIGNER.sign("one\n\ntwo\n")

    assert Note.parse(note).text == "one\n\ntwo\n"


def test_note_is_refused_unless_a_known_key_signed() -> None:
    with pytest.raises(LedgerBroken, match="note-unsigned"):
        Note.parse(SIGNER.sign("text\n")).verify([OTHER.verifier])


def test_checkpoint_of_another_log_is_refused() -> None:
    with pytest.raises(LedgerBroken, match="checkpoint-origin"):
        read_checkpoint(OTHER.sign(CHECKPOINT.text()), OTHER.verifier)


def test_every_changed_bit_of_a_checkpoint_is_refused() -> None:
    data = SIGNER.sign(CHECKPOINT.text()).encode()

    for at in range(len(data)):
        for bit in range(8):
            mutant = data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]
            with pytest.raises((LedgerBroken, ValueError)):
                read_checkpoint(mutant.decode(), SIGNER.verifier)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\nsignature\n",
        "text\n\n- name AAAAAAA=\n",
        "text\n\n— name AAAAAA==\n",  # no more than a key id
        "text\n\n— name AAAAAAA\n",
        "text\n\n— name AAAAAAB=\n",  # bits beyond the data
        "text\n\n— na+me AAAAAAA=\n",
        "text\n\n— na me AAAAAAA=\n",
        "text\n\n— name AAAAAAA=",
        "text\n\n— name AAAAAAA=\r\n",
        "te\txt\n\n— name AAAAAAA=\n",
        "text\n\n" + "— name AAAAAAA=\n" * 101,
        "x" * 1_000_000 + "\n\n— name AAAAAAA=\n",
    ],
)
def test_malformed_note_is_refused(note: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Note.parse(note)


def test_note_of_sixteen_signatures_and_more_is_read() -> None:
    assert len(Note.parse("text\n\n" + "— name AAAAAAA=\n" * 100).signatures) == 100


@pytest.mark.parametrize("text", ["no newline", "a\ttab\n", "\x00\n"])
def test_text_that_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="newline"):
        SIGNER.sign(text)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+00000000",
        PETER.replace("c74f20a3", "c74f20a4"),
        PETER.replace("c74f20a3", "C74F20A3"),
        PETER.replace("ARpc", "AhpC"),
        PETER.replace("PeterNeumann", "Peter Neumann"),
        PETER.replace("PeterNeumann", "Peter\x01Neumann"),
        f"name+00000000+{encode(bytes([1]))}",
    ],
)
def test_malformed_verifier_key_is_refused(vkey: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Verifier.parse(vkey)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        f"origin\n01\n{encode(bytes(32))}\n",
        f"origin\n-1\n{encode(bytes(32))}\n",
        f"origin\n1\n{encode(bytes(31))}\n",
        f"origin\n1\n{encode(bytes(32))}",
        f"\n1\n{encode(bytes(32))}\n",
        f"origin\n1\n{encode(bytes(32))}\n\nextension\n",
    ],
)
def test_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Checkpoint.parse(text)


def test_extension_lines_of_other_logs_are_read() -> None:
    text = f"origin\n0\n{encode(bytes(32))}\nextension\n"

    assert Checkpoint.parse(text).extensions == ("extension",)
    assert Checkpoint.parse(text).text() == text


def test_signer_does_not_show_its_key() -> None:
    assert "private" not in repr(SIGNER)
