"""What do the commands of the terminal find in the record? Verification, proofs, deliveries."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from governor.bootstrap import House, look, open_existing, read_clock
from governor.errors import GovernorError, LedgerBroken, NotFound, NotUnderstood
from governor.ledger.note import Verifier
from governor.ledger.proof import Proof
from governor.ledger.verify import Finding
from governor.services import audit
from governor.services.health import health_of
from governor.settings import Settings, load
from governor.store.database import Connection
from governor.store.outbox import State, Tracked
from governor.store.published import sizes
from governor.wording.catalogue import say
from governor.wording.phrase import Phrase, phrase

SOUND, ALTERED, UNKNOWN = 0, 1, 2
"""The exit statuses of ``governor verify``."""


def verify(data: Path | None, proof: Path | None, key: str | None) -> Mapping[str, object]:
    """Return what verification found, with its ``status`` and the ``lines`` that say so.

    With a *key* and no *proof*, the record itself must be the one that the key signs.
    """
    return _verify_record(data, key) if proof is None else _verify_proof(proof, key)


def _verify_record(data: Path | None, key: str | None) -> Mapping[str, object]:
    settings = load(data)
    try:
        verifier = None if key is None else _verifier(key)
        with look(settings) as house:
            language, vkey = house.as_founded().language, house.record.ledger.vkey
            verdict = audit.verify(house.record, house.published)
    except GovernorError as error:  # LedgerBroken: of a key, without which nothing is told
        return _told(UNKNOWN, [phrase(error.key, **error.values)], settings.language, findings=[])
    findings = [*map(_plain, verdict.findings)]
    lines = [*map(_line, verdict.findings)]
    if lines:
        lines = [phrase("verify-altered", count=len(lines)), *lines]
    if verifier is not None and verifier.vkey() != vkey:
        # Whoever rewrites the record and signs it anew has a record that is sound by itself.
        lines = [phrase("verify-other-key", vkey=vkey), *lines]
        findings = [{"what": "key-other", "index": None, "vkey": vkey}, *findings]
    if not findings:
        lines = [phrase("verify-sound", size=verdict.size)]
    if verdict.erased:
        lines.append(phrase("verify-erased", numbers=", ".join(f"#{number:04d}" for number in verdict.erased)))
    status = ALTERED if findings else SOUND
    return _told(status, lines, language, size=verdict.size, erased=[*verdict.erased], findings=findings)


def _verifier(key: str) -> Verifier:
    try:
        return Verifier.parse(key)
    except ValueError as error:
        raise NotUnderstood("verify-not-a-key", given=key) from error


def _verify_proof(path: Path, key: str | None) -> Mapping[str, object]:
    language = load().language
    if key is None:
        return _told(UNKNOWN, [phrase("verify-no-key")], language, findings=[])
    try:
        text = path.read_text(encoding="utf-8")
        Proof.parse(text)
        opened = audit.open_proof(text, _verifier(key))
    except OSError as error:
        told = phrase("file-unreadable", path=str(path), reason=error.strerror)
        return _told(UNKNOWN, [told], language, findings=[])
    except (ValueError, KeyError, TypeError):
        return _told(UNKNOWN, [phrase("verify-not-a-proof", path=str(path))], language, findings=[])
    except NotUnderstood as error:
        return _told(UNKNOWN, [phrase(error.key, **error.values)], language, findings=[])
    except LedgerBroken as error:
        return _told(ALTERED, [phrase(error.key, **error.values)], language, findings=[{"what": error.key}])
    entry = opened.entry
    lines = [
        phrase("verify-proof-sound", index=opened.index, size=opened.checkpoint.size, origin=opened.checkpoint.origin),
        phrase("verify-proof-entry", type=entry.type, subject=entry.subject, at=entry.ts),
    ]
    if opened.text is not None:
        lines.append(phrase("verify-proof-text", text=opened.text))
    found = {"index": opened.index, "size": opened.checkpoint.size, "entry": json.loads(entry.leaf())}
    return _told(SOUND, lines, language, **found, findings=[])


def _line(finding: Finding) -> Phrase:
    where = phrase("verify-whole") if finding.index is None else phrase("verify-entry", index=finding.index)
    return phrase("verify-finding", where=where, what=phrase(f"finding-{finding.what}", **finding.values))


def _plain(finding: Finding) -> Mapping[str, object]:
    values = {
        name: value if isinstance(value, str | int | None) else str(value) for name, value in finding.values.items()
    }
    return {"what": finding.what, "index": finding.index, **values}


def _told(status: int, lines: Sequence[Phrase], language: str, **more: object) -> Mapping[str, object]:
    return {"status": status, "sound": status == SOUND, "lines": [say(line, language) for line in lines], **more}


def export(data: Path | None, proof: str | None) -> str:
    """Return the present checkpoint, or the proof of the decision *proof*.

    What is given away is published first, unless it is already: so it can never be disowned.

    Raises:
        NotFound: there is no such decision, or no record.
    """
    settings = load(data)
    with look(settings) as house, house.record.database.read() as connection:
        if house.record.ledger.head(connection).size in sizes(house.published):
            return _exported(house, connection, proof)
    with open_existing(settings) as house, house.record.publishing() as connection:
        return _exported(house, connection, proof)


def _exported(house: House, connection: Connection, proof: str | None) -> str:
    ledger = house.record.ledger
    return ledger.head(connection).note if proof is None else audit.prove(ledger, connection, proof).text


def effects(data: Path | None, retry: str | None) -> Mapping[str, object]:
    """Return the ``effects`` that are queued or dead, after having had *retry* tried again; ``lines`` say so.

    Raises:
        NotFound: there is no dead effect of that id.
    """
    settings = load(data)
    if retry is not None:
        _revive(settings, retry)
    with look(settings) as house, house.record.database.read() as connection:
        settings, outbox = house.as_founded(), house.record.outbox
        rows = (*outbox.in_state(connection, State.QUEUED), *outbox.in_state(connection, State.DEAD))
    told = [_waiting(row, settings.zone) for row in rows] or [phrase("effects-none")]
    return {"effects": [*map(_row, rows)], "lines": [say(line, settings.language) for line in told]}


def status(data: Path | None) -> Mapping[str, object]:
    """Return how Governor fares (``health``) and the ``lines`` that say so.

    Raises:
        NotFound: there is no record.
    """
    settings = load(data)
    with look(settings) as house:
        settings, found = house.as_founded(), health_of(house.record)
    lines = [phrase("status-deliveries", queued=found.queued, failing=found.failing, dead=found.dead)]
    lines += [phrase("status-set-aside", reason=reason, count=count) for reason, count in found.set_aside.items()]
    if found.checked is None:
        lines.append(phrase("status-unchecked"))
    else:
        at = found.checked.at.astimezone(ZoneInfo(settings.zone))
        lines.append(phrase("status-checked", at=at, size=found.checked.size, findings=found.checked.findings))
    return {"health": found.plain(), "lines": [say(line, settings.language) for line in lines]}


def _revive(settings: Settings, effect: str) -> None:
    with open_existing(settings) as house, house.record.database.write() as connection:
        outbox = house.record.outbox
        found = outbox.find(connection, effect)
        if found is None or found.state is not State.DEAD:
            raise NotFound("effect-not-dead", effect=effect)
        outbox.revive(connection, found, at=read_clock())


def _waiting(row: Tracked, zone: str) -> Phrase:
    due = row.due_at.astimezone(ZoneInfo(zone))
    return phrase(f"effect-{row.state.value}", id=row.id, tries=row.tries, due=due, reason=row.error or "-")


def _row(row: Tracked) -> Mapping[str, object]:
    return {
        "id": row.id,
        "state": row.state.value,
        "tries": row.tries,
        "due_at": row.due_at.isoformat(),
        "error": row.error,
    }
