"""Can it be proved? Verification of the whole record, and proofs of single acts."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from governor.domain.permissions import Permission
from governor.errors import LedgerBroken, NotFound
from governor.ledger.canonical import canonical
from governor.ledger.entry import Entry
from governor.ledger.note import Checkpoint, Verifier
from governor.ledger.proof import Proof
from governor.ledger.seal import digest
from governor.ledger.verify import Finding
from governor.ports import File, Reply
from governor.services.commands import Caller, Command
from governor.store import decisions
from governor.store.database import Connection
from governor.store.folding import compare, folded, missing_checkpoints
from governor.store.ledger import Ledger
from governor.store.published import sizes as published_sizes
from governor.store.recounting import recounted
from governor.store.unit_of_work import Record, UnitOfWork
from governor.understanding.reading import Act
from governor.values import dataclass
from governor.wording.phrase import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class ProveDecision:
    """Prove the decision of that ``number``."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """The proof of one decision: the ``index`` of its entry, the checkpoint's ``size``, the proof file's ``text``."""

    index: int
    size: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found in ``size`` entries: everything that is not as it was written, the earliest entry first.

    ``erased`` are the numbers of the members whose keys are not here, erased or lost: their names and answers prove
    nothing any more, and are no alteration.
    """

    size: int
    findings: tuple[Finding, ...]
    erased: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a proof file shows once it is verified: the entry, where it stands, and the decision's text if it has it."""

    entry: Entry
    index: int
    checkpoint: Checkpoint
    text: str | None


def verify(record: Record, published: Path) -> Verdict:
    """Return what in the record is not as it was written.

    The ledger itself (gaps, leaves, tree, head, checkpoints), the tables folded again from the entries, and the ballots
    counted again. After a finding this record accepts no more acts, until a person has looked and started again.

    Raises:
        Unavailable: the database or a key cannot be read.
        LedgerBroken: a person's key is damaged (``key-malformed``): what it would prove cannot be told.
    """
    sizes = published_sizes(published)  # before the rows are read: what was published then has a row by now
    with record.database.examine() as connection:
        findings = record.ledger.verify(connection, published)
        fold = folded(connection, frozenset(finding.index for finding in findings if _is_unreadable(finding)))
        compared = compare(connection, fold, record.keys)
        gone = [*missing_checkpoints(connection, sizes)]
    miscounted = recounted(fold)
    found = sorted(
        (*findings, *compared.findings, *gone, *miscounted), key=lambda one: (one.index is None, one.index or 0)
    )
    record.ledger.refuse(found)
    return Verdict(size=fold.entries, findings=tuple(found), erased=compared.erased)


def _is_unreadable(finding: Finding) -> bool:
    """Return whether *finding* says that the very leaf of an entry is not what was recorded."""
    return finding.what == "entry-unexpected" or (
        finding.what == "entry-altered" and finding.values.get("part") == "leaf"
    )


def prove(ledger: Ledger, connection: Connection, number: str) -> Proved:
    """Return the proof of the decision *number*, under the present checkpoint.

    The file carries the entry and the decision's text beside the proof, so that one file is all that is needed.

    Raises:
        NotFound: there is no such decision.
    """
    decision = decisions.find(connection, number)
    found = list(ledger.by_subject(connection, f"decision/{number}"))
    if decision is None or not found:
        raise NotFound("decision-unknown", number=number)
    index, entry = found[0].index, found[0].entry
    proof = Proof.parse(ledger.prove(connection, index))
    shown = {"entry": json.loads(entry.leaf()), "text": decision.text}
    text = replace(proof, extra=json.dumps(shown, ensure_ascii=False).encode()).text()
    return Proved(index=index, size=ledger.head(connection).size, text=text)


def open_proof(text: str, verifier: Verifier) -> Opened:
    """Return what the proof file *text* shows, offline: every claim in it checked against the log's key.

    Raises:
        LedgerBroken: the signature, the path or the decision's text is not what the entry commits to.
        ValueError: it is not a proof file of ours.
    """
    proof = Proof.parse(text)
    shown = _told(proof.extra or b"null")
    if shown.keys() != {"entry", "text"}:
        raise ValueError("a proof file carries an entry and its text")
    leaf = canonical(shown["entry"])
    entry = Entry.parse(leaf)
    checkpoint = proof.verify(leaf, [verifier])
    told = shown["text"]
    if not (isinstance(told, str) and digest(told) == entry.body.get("text")):
        raise LedgerBroken("proof-text")
    return Opened(entry=entry, index=proof.index, checkpoint=checkpoint, text=told)


def _told(extra: bytes) -> Mapping[str, Any]:
    try:
        shown = json.loads(extra)
    except RecursionError as fault:
        raise ValueError("nested too deeply") from fault
    if not isinstance(shown, dict) or "entry" not in shown:
        raise ValueError("no entry beside the proof")
    return shown


def prove_decision(request: ProveDecision, caller: Caller, work: UnitOfWork) -> Reply:
    """Write the proof of a decision under a published checkpoint, and say how to verify it.

    It is handed to who asks where the chat hands out files, by its name there; else they are told where it lies.
    """
    with work.publishing() as connection:
        proved, head = prove(work.ledger, connection, request.number), work.ledger.head(connection)
    file = File(name=f"{request.number}.tlog-proof", text=proved.text)
    path = str(work.shelf.put("proofs", file.name, file.text.encode()))
    is_handed = caller.premises.has_files
    told = phrase("proof-attached", name=file.name) if is_handed else phrase("proof-file", path=path)
    lines = (
        phrase("proof-of", number=request.number, index=proved.index, size=proved.size),
        told,
        phrase("proof-check-there" if is_handed else "proof-check"),
    )
    given = shlex.quote(file.name if is_handed else path)
    command = f".venv/bin/governor verify {given} --key {shlex.quote(work.ledger.vkey)}"
    document = f"{head.note}\n{command}\n"
    return Reply(language=caller.language, lines=lines, document=document, file=file if is_handed else None)


COMMANDS = (
    Command(
        name="decision prove",
        request=ProveDecision,
        permission=Permission.RECORD_PROVE,
        handle=prove_decision,
        act=Act.PROVE,
        writes=False,
    ),
)
