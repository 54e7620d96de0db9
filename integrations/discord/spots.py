"""In which messages does each card stand? Whatever is noted is appended to a file, one for each server.

A file for each card took as long to make as the sentence to understand that the card answers. A server may be heard by
another process after this one, so each looks whether another wrote before it believes what it remembers.
"""

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from governor.ports import Card
from governor.values import dataclass
from integrations.discord.tokens import digest_of

MOST_SPOTS = 50
"""In how many messages of a server one card is kept up to date, the newest; and in as many to people alone."""

MOST_CARDS = 1_000
"""Of how many cards of a server it is kept where they stand: of those that were noted last."""

_REMEMBERED = 40_000
"""Of how many cards it is remembered what the files say, half a KiB each: of the servers that were asked for last."""

_SPARE = 500
"""How many lines that are over a file may have, beside as many as count; then it is written anew."""

log = logging.getLogger(__name__)

_KEPT = ("channel", "message", "language", "is_direct")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A message in which a card stands, in a ``language``; what it ``shows``, where that is known.

    One that ``is_direct`` stands where a person is alone with the bot.
    """

    channel: int
    message: int
    language: str
    is_direct: bool = False
    shows: Card | None = None


class _Read:
    """What one file says, as far as it was read: ``cards`` has by its name where each stands, by message.

    ``last`` is the line that ends there; behind it the file may be ``is_torn``, by a line that is not whole.
    """

    def __init__(self) -> None:
        self.inode = self.size = self.changed = self.lines = 0
        self.last = b""
        self.is_torn = False
        self.cards: dict[str, dict[int, Spot]] = {}

    def put(self, card: str, spot: Spot) -> None:
        """Have *card* stand in *spot* too; the oldest of too many are forgotten."""
        spots = self.cards[card] = self.cards.pop(card, {})
        spots[spot.message] = spot
        alike = [one.message for one in spots.values() if one.is_direct is spot.is_direct]
        for message in alike[:-MOST_SPOTS]:
            del spots[message]
        while len(self.cards) > MOST_CARDS:
            del self.cards[next(iter(self.cards))]

    def doubt(self, card: str) -> None:
        """Know no longer what *card* shows anywhere."""
        spots = self.cards.get(card, {})
        spots.update({message: replace(spot, shows=None) for message, spot in spots.items()})

    def take(self, line: bytes) -> None:
        """Take a *line* that another process wrote: what the card shows now it knows alone. Others are no lines."""
        self.lines += 1
        with suppress(ValueError, TypeError, KeyError):
            told = dict(json.loads(line))
            card = str(told.pop("card"))
            self.doubt(card)
            if told.keys() == {"message"}:
                self.cards.get(card, {}).pop(told["message"], None)
            else:
                self.put(card, Spot(**told))

    def is_as_it_was(self, found: os.stat_result) -> bool:
        """Return whether the file *found* is the one that was read, and nobody has written since."""
        return (found.st_ino, found.st_size, found.st_mtime_ns) == (self.inode, self.size, self.changed)

    def note_end(self, found: os.stat_result, size: int, last: bytes) -> None:
        """Note that the file *found* was read, or written, up to *size*, where its *last* line ends."""
        self.inode, self.changed = found.st_ino, found.st_mtime_ns
        self.size, self.last, self.is_torn = size, last, found.st_size > size

    def told(self) -> Iterator[bytes]:
        """Yield the lines that say all of it."""
        yield from (_line(card, spot) for card, spots in self.cards.items() for spot in spots.values())


class Spots:
    """The messages in which cards stand, kept in *folder*."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, _Read] = {}
        self._count = 0  # of the cards that it has, or more

    def of(self, place: str, card: str) -> list[Spot]:
        """Return where the *card* of that id stands in the server *place*, the newest last."""
        return [*self._looked_up(place).cards.get(digest_of(card), {}).values()]

    def keep(self, place: str, card: str, spot: Spot) -> None:
        """Keep that the *card* of that id stands in *spot*, in the server *place*."""
        name, known = digest_of(card), self._read.get(place)
        spots = {} if known is None else known.cards.get(name, {})
        was = spots.get(spot.message)
        if was is not None and was.shows is not None and was.language == spot.language:
            # What is shown is no matter of the file; whoever looks for the spots next sees whether another wrote.
            spots[spot.message] = spot
            return
        read = self._looked_up(place)
        read.put(name, spot)
        self._make_room(1)
        self._append(place, read, _line(name, spot))

    def doubt(self, place: str, card: str) -> None:
        """Know no longer what the *card* of that id shows anywhere in the server *place*."""
        read = self._read.get(place)
        if read is not None:
            read.doubt(digest_of(card))

    def forget(self, place: str, card: str, spot: Spot) -> None:
        """Forget that the *card* of that id stood in *spot*."""
        name, read = digest_of(card), self._looked_up(place)
        if read.cards.get(name, {}).pop(spot.message, None) is not None:
            self._append(place, read, _written({"card": name, "message": spot.message}))

    def _looked_up(self, place: str) -> _Read:
        """Return what the file of the server *place* says now; where it cannot be read, what it said."""
        read, file = self._read.pop(place, None), self._file(place)
        known = 0 if read is None else len(read.cards)
        try:
            found = os.stat(file)
            if read is None or not read.is_as_it_was(found):
                read = _caught_up(read or _Read(), file)
        except FileNotFoundError:
            read = self._taken_over(place)
        except OSError as error:
            log.warning("where cards stand could not be read", extra={"place": place, "reason": str(error)})
            read = read or _Read()
        self._read[place] = read
        self._make_room(len(read.cards) - known)
        return read

    def _make_room(self, more: int) -> None:
        """Have *more* cards; of too many, those of the servers that were asked for longest ago are forgotten."""
        self._count += more
        if self._count > _REMEMBERED:
            self._count = sum(len(read.cards) for read in self._read.values())
            for place in [*self._read][:-1]:
                if self._count > _REMEMBERED:
                    self._count -= len(self._read.pop(place).cards)

    def _append(self, place: str, read: _Read, line: bytes) -> None:
        """Append *line*, and write the file anew where it is long; where that cannot be, who asked is answered yet."""
        try:
            descriptor = self._opened(place)
            try:
                os.write(descriptor, b"\n" + line if read.is_torn else line)
                found = os.fstat(descriptor)
            finally:
                os.close(descriptor)
            if found.st_size != read.size + len(line):
                return  # another wrote in between, or no more fits: all of it is read again
            read.note_end(found, found.st_size, line)
            read.lines += 1
            if read.lines > _SPARE and read.lines > _SPARE + 2 * sum(map(len, read.cards.values())):
                self._rewrite(place, read)
        except OSError as error:
            log.warning("where a card stands could not be kept", extra={"place": place, "reason": str(error)})

    def _opened(self, place: str) -> int:
        flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY
        try:
            return os.open(self._file(place), flags, 0o600)
        except FileNotFoundError:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.open(self._file(place), flags, 0o600)

    def _rewrite(self, place: str, read: _Read) -> None:
        """Have the file of the server *place* say what is *read* and no more; it is whole at any time."""
        lines = [*read.told()]
        fresh = f"{self._file(place)}.new"
        with open(fresh, "wb") as out:
            out.writelines(lines)
            out.flush()
            found = os.fstat(out.fileno())
        os.replace(fresh, self._file(place))
        read.note_end(found, found.st_size, b"".join(lines[-1:]))
        read.lines = len(lines)

    def _taken_over(self, place: str) -> _Read:
        """Return what the files of the single cards say, which there were before; they are done away with."""
        read, folder = _Read(), self._folder / place
        if not folder.is_dir():
            return read
        for file in sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime_ns):
            with suppress(OSError, ValueError, TypeError):
                for one in json.loads(file.read_text(encoding="utf-8")):
                    read.put(file.stem, Spot(**{name: one[name] for name in _KEPT if name in one}))
        try:
            self._rewrite(place, read)
            for file in folder.iterdir():
                file.unlink()
            folder.rmdir()
        except OSError as error:
            log.warning("where cards stand could not be taken over", extra={"place": place, "reason": str(error)})
        return read

    def _file(self, place: str) -> str:
        return f"{self._folder}/{place}.jsonl"


def _caught_up(read: _Read, file: str) -> _Read:
    """Return what *file* says, of which *read* is known, where it is the same yet; a line half written is none yet.

    One that was written anew twice may have the number of the first again: then what was read last is not there.
    """
    with open(file, "rb") as source:
        found = os.fstat(source.fileno())
        source.seek(max(0, read.size - len(read.last)))
        if found.st_ino != read.inode or found.st_size < read.size or source.read(len(read.last)) != read.last:
            read = _Read()
            source.seek(0)
        whole = source.read().rpartition(b"\n")[0]
    for line in whole.splitlines():
        read.take(line)
    size = read.size + (len(whole) + 1 if whole else 0)
    read.note_end(found, size, whole.rpartition(b"\n")[2] + b"\n" if whole else read.last)
    return read


def _line(card: str, spot: Spot) -> bytes:
    return _written({"card": card, **{name: getattr(spot, name) for name in _KEPT}})


def _written(told: Mapping[str, object]) -> bytes:
    return json.dumps(told).encode() + b"\n"
