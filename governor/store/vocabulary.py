"""What does a stored row say in the ledger's own words? Pseudonyms for members, digests for texts.

A member's pseudonyms can be made only with their key. Where a key is gone, nobody can tell any more whose a pseudonym
was: then it is asked whether the pseudonym belongs to somebody whose key is here, and whether the row stays with one
and the same stranger. An erased person so looks different from an altered row, as far as that can be known. Whether a
key was destroyed on purpose or lost, no row can tell.
"""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hmac import compare_digest

from sqlalchemy import Table

from governor.errors import LedgerBroken, NotFound
from governor.ledger import seal
from governor.store.keys import KeyStore
from governor.store.row_changes import Value


class Vocabulary:
    """Translates rows; each key is read once. *roll* holds everybody whom the table of members names.

    Raises:
        Unavailable: a key cannot be read.
        LedgerBroken: a key is damaged (``key-malformed``).
    """

    def __init__(self, keys: KeyStore, roll: Collection[object]) -> None:
        self._roll = roll
        self._known = dict(_known(keys))
        self._strangers: dict[tuple[str, str], str] = {}
        self._is_known = cache(self._made_here)

    def shown(self, table: Table, row: Mapping[str, object]) -> dict[str, Value]:
        """Return *row* with pseudonyms and digests in the place of members and texts."""
        subject = subject_of(table, row)
        return {
            column.name: self._value(column.info.get("form"), row[column.name], subject) for column in table.columns
        }

    def _value(self, form: str | None, value: object, subject: str) -> Value:
        if not isinstance(value, str):
            return value if isinstance(value, int) or value is None else repr(value)
        match form:
            case "text":
                return seal.digest(value) if unicodedata.is_normalized("NFC", value) else f"?{value!r}"
            case "member":
                key = self._known.get(value)
                return f"?{value}" if key is None else seal.pseudonym(key, subject)
            case _:
                return value

    def is_erased(self, subject: str, pseudonym: Value, person: object) -> bool:
        """Return whether *person*, as a row names them, may be who *pseudonym* was before their key was gone.

        Nobody whose key is here made it; the person is on the roll; and within *subject* the two only go together.
        """
        if person in self._known or person not in self._roll or not self.is_anonymous(subject, pseudonym):
            return False
        one, other = (subject, str(pseudonym)), (subject, str(person))
        return self._strangers.setdefault(one, other[1]) == other[1] and (
            self._strangers.setdefault(other, one[1]) == one[1]
        )

    def is_anonymous(self, subject: str, pseudonym: Value) -> bool:
        """Return whether *pseudonym* is one that nobody made whose key is here."""
        return isinstance(pseudonym, str) and not self._is_known(subject, pseudonym)

    def _made_here(self, subject: str, pseudonym: str) -> bool:
        return any(seal.pseudonym(key, subject) == pseudonym for key in self._known.values())

    def opens(self, person: object, named: tuple[str, str], ciphertext: object, commitment: str) -> bool:
        """Return whether the value sealed for the entry and field *named* is the one that *commitment* commits to."""
        key = self._known.get(str(person))
        if key is None or not isinstance(ciphertext, bytes):
            return False
        entry_id, name = named
        try:
            value = seal.unseal(key, entry_id, ciphertext).decode()
        except (LedgerBroken, ValueError):
            return False
        return compare_digest(seal.commit(key, entry_id, name, value), commitment)


def subject_of(table: Table, row: Mapping[str, object]) -> str:
    """Return which subject of the ledger *row* of *table* belongs to."""
    return str(table.info["subject"]).format(**row)


def _known(keys: KeyStore) -> Iterator[tuple[str, bytes]]:
    for person in keys.persons():
        with suppress(NotFound):  # destroyed meanwhile
            yield person, keys.get(person)
