"""What can a word mean, in the languages that we read?"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from governor.understanding.tokens import Shape, Token, tokenise
from governor.values import dataclass


class Sort(StrEnum):
    """What part a word plays when a time is said."""

    NUMBER = "number"  # int
    SCALE = "scale"  # int: hundred, ribu, juta
    TEN = "ten"  # int: puluh
    TEEN = "teen"  # int: belas
    ORDINAL = "ordinal"  # int; -1 is the last
    HALF = "half"  # setengah, half
    QUARTER = "quarter"  # seperempat, quarter
    FEW = "few"  # int: a couple, beberapa
    WEEKDAY = "weekday"  # int, Monday 0
    WEEKDAYS = "weekdays"  # int: Mondays
    TIMETABLE = "timetable"  # weekdays by their initials: MWF
    MONTH = "month"  # int
    UNIT = "unit"  # Unit
    LENGTH = "length"  # Span: sejam, fortnight
    RELATIVE = "relative"  # int: days from today
    TODAY_PART = "today-part"  # str: tonight
    PART = "part"  # str: name of a part of the day
    PARTS = "parts"  # str: mornings
    EARLY = "early"  # int: -1 early, 0 middle, 1 late
    EDGE = "edge"  # int: awal -1, pertengahan 0, akhir 1
    NEXT = "next"  # depan, next
    COMING = "coming"  # upcoming
    THIS = "this"
    LAST = "last"  # lalu, last
    AFTER_NEXT = "after-next"
    LATER = "later"  # lagi, from now, hence
    IN = "in"  # dalam, in, within
    DAY = "day"  # hari before a weekday
    DATE = "date"  # tanggal
    CLOCK = "clock"  # jam, pukul
    AT = "at"
    OCLOCK = "oclock"
    MERIDIEM = "meridiem"  # 0 or 12
    NAMED_TIME = "named-time"  # (hour, minute): noon
    PAST = "past"  # lewat
    TO_GO = "to-go"  # kurang
    UNTIL = "until"  # sampai, to
    OPEN_END = "open-end"  # sampai selesai
    BEGINS = "begins"  # dibuka, opens
    ENDS = "ends"  # ditutup, closes
    FROM = "from"  # dari, mulai
    BETWEEN = "between"
    AND = "and"
    FOR = "for"  # selama
    EVERY = "every"
    PER = "per"
    OR = "or"
    OTHER = "other"
    FREQUENCY = "frequency"  # (Unit, interval)
    TIMES = "times"  # kali
    ONCE = "once"  # sekali
    EXCEPT = "except"
    ALSO = "also"
    HOLIDAYS = "holidays"
    WORKDAYS = "workdays"
    WEEKEND = "weekend"
    PASARAN = "pasaran"  # a day of the Javanese week of five, Legi 0
    NTH_QUARTER = "nth-quarter"  # 1 to 4; 0 is a half of the year
    OF = "of"
    THE = "the"
    ON = "on"
    ARTICLE = "article"
    ABOUT = "about"  # sekitar, around
    ZONE = "zone"  # str: IANA name or offset
    ZONE_OF = "zone-of"  # waktu, before a city
    FEAST = "feast"  # str: key of a holiday
    PRAYER = "prayer"  # str
    BEFORE = "before"
    AFTER = "after"
    LATEST = "latest"  # paling lambat, no later than
    PRELUDE = "prelude"  # doors, registrasi: what comes before the meeting
    NOT = "not"  # jangan, instead of
    SOON = "soon"  # secepatnya, as soon as possible
    ALL_DAY = "all-day"  # seharian
    EVE = "eve"  # malam before a weekday
    MONEY = "money"  # str: currency
    NO_TIME = "no-time"  # words that look like a time and are none: makan siang, good morning
    NOW = "now"
    REGION = "region"  # Asia, of Asia/Makassar
    REST = "rest"  # rest of the day


class Unit(StrEnum):
    """A unit of time."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """A length as said: *count* (which may be a fraction) of a unit."""

    count: float
    unit: Unit


class Word(NamedTuple):
    """One meaning of a word: its sort, its value, and the language that it is a word of."""

    sort: Sort
    value: object
    language: str


def listed(words: str) -> frozenset[str]:
    """Return the words and phrases of a text, parted by commas."""
    return frozenset(" ".join(said.split()) for said in words.split(","))


NONE: Mapping[str, str] = {}


class Language(NamedTuple):
    """The words of one language, as data; keys of every table may be phrases.

    Time: ``words``. Telling the language: ``common``. Acts: ``whole`` messages, ``openers`` at the beginning,
    ``colons`` before a colon, ``verbs`` anywhere beside a meeting, ``questions``; ``mandates`` give or end an office;
    ``replies`` (an answer to an invitation) among ``fillers``, with ``reasons``; ``meetings`` are nouns, ``objects``
    what a change may name beside them; ``past`` words tell of what has been, ``others`` of people who are not here;
    ``events`` (phrases) name what is held without the name of a meeting, unless one of ``tells`` (not before one of
    ``announces``), or of ``strangers`` at the beginning, tells a story of it; one of ``proposals`` with a time
    proposes a meeting, one of ``wishes`` at the beginning calls none; ``stands`` part a name from its time, words that
    end in ``own`` (but ``not_own``) are somebody's. Titles: a name begins after one of ``leads`` and ends before one of
    ``enders``; ``weak`` nouns may only say that people come together. Slots: ``markers`` open one, ``places`` end the
    name of one, ``books`` ask for one, ``labels`` say what a label before a colon means, ``groups`` name people by
    office, ``loose`` words lead to others and end no title, ``spelled`` tells how short forms are written out.
    ``not_typos`` are near to a word of time.
    """

    code: str
    words: Mapping[Sort, Mapping[str, object]]
    common: frozenset[str]
    polite: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    whole: Mapping[str, str] = NONE
    openers: Mapping[str, str] = NONE
    colons: Mapping[str, str] = NONE
    verbs: Mapping[str, str] = NONE
    questions: Mapping[str, str] = NONE
    replies: Mapping[str, str] = NONE
    mandates: Mapping[str, str] = NONE
    fillers: frozenset[str] = frozenset()
    meetings: frozenset[str] = frozenset()
    past: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    enders: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    announces: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    books: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    stands: frozenset[str] = frozenset()
    own: str = ""
    not_own: frozenset[str] = frozenset()
    proposals: frozenset[str] = frozenset()
    markers: Mapping[str, str] = NONE
    groups: Mapping[str, str] = NONE
    spelled: Mapping[str, str] = NONE
    labels: Mapping[str, str] = NONE
    not_typos: frozenset[str] = frozenset()
    month_first: bool = False
    title_case: bool = False
    small_words: frozenset[str] = frozenset()


class Meanings(NamedTuple):
    """What a word can mean: each meaning, and the value of the first of each sort."""

    words: tuple[Word, ...]
    senses: Mapping[Sort, object]


NO_MEANINGS = Meanings((), {})


def _meanings(words: Iterable[Word]) -> Meanings:
    found = tuple(words)
    return Meanings(found, {word.sort: word.value for word in reversed(found)})


class Term(NamedTuple):  # as Token
    """One or more tokens that mean something together: the meanings, and the characters covered.

    ``place`` counts the tokens before it; ``number`` is what it writes in figures.
    """

    lower: str
    words: tuple[Word, ...]
    start: int
    end: int
    shape: Shape
    text: str

    senses: Mapping[Sort, object]
    place: int
    number: int | None

    def value(self, sort: Sort) -> object | None:
        """Return the value of this term as a word of *sort*, or None."""
        return self.senses.get(sort)


class Lexicon:
    """All words of the languages read, those of the *first* language preferred where two languages share a word."""

    __slots__ = ("_by_word", "_deletes", "_not_typos", "_phrases", "_repairs")

    def __init__(self, languages: Sequence[Language]) -> None:
        self._by_word: dict[str, Meanings] = {}
        self._phrases: dict[str, dict[str, list[tuple[list[str], Meanings]]]] = {}
        self._deletes: dict[str, str] | None = None
        self._repairs: dict[str, str | None] = {}
        self._not_typos = frozenset().union(*(_known(language) for language in languages))
        entries: dict[str, list[Word]] = {}
        for language in languages:
            for sort, words in language.words.items():
                for said, value in words.items():
                    entries.setdefault(said, []).append(Word(sort, value, language.code))
        for said, found in entries.items():
            meanings = _meanings(found)
            first, *rest = (said,) if said.isalpha() else (token.lower for token in tokenise(said))
            if rest:
                self._phrases.setdefault(first, {}).setdefault(rest[0], []).append((rest[1:], meanings))
            else:
                self._by_word[said] = meanings
        for seconds in self._phrases.values():
            for phrases in seconds.values():
                phrases.sort(key=lambda phrase: -len(phrase[0]))

    def terms(self, tokens: Sequence[Token], lowers: list[str]) -> list[Term]:
        """Return *tokens* grouped into terms: the longest phrase first, then single words, then words with one typo.

        *lowers* are the tokens in lower case.
        """
        found: list[Term] = []
        i, count = 0, len(tokens)
        while i < count:
            token, lower = tokens[i], lowers[i]
            length, meanings = self._phrase(lowers, i) if lower in self._phrases and i + 1 < count else (1, NO_MEANINGS)
            if length > 1 and _is_cut(lowers, i + length, meanings.senses, found):
                length, meanings = 1, NO_MEANINGS
            if not meanings.words:
                meanings = self._by_word.get(lower) or self._repaired(token, lowers[i - 1] if i else "")
            lower = lower if length == 1 else " ".join(lowers[i : i + length])
            words, senses = meanings
            number = _figures(token) if token.shape is Shape.NUMBER else None
            found.append(
                Term(lower, words, token.start, tokens[i + length - 1].end, token.shape, token.text, senses, i, number)
            )
            i += length
        return found

    def _phrase(self, lowers: list[str], i: int) -> tuple[int, Meanings]:
        for rest, meanings in self._phrases[lowers[i]].get(lowers[i + 1], ()):
            if lowers[i + 2 : i + 2 + len(rest)] == rest:
                return 2 + len(rest), meanings
        return 1, NO_MEANINGS

    def _repaired(self, token: Token, before: str) -> Meanings:
        """Return the meanings of the time word that is one letter away; not where a name or a place is likely."""
        word = token.lower
        if token.shape is not Shape.WORD or not 4 <= len(word) <= 14 or word in self._not_typos or before in NAMING:
            return NO_MEANINGS
        if word not in self._repairs:
            if len(self._repairs) >= MOST_REPAIRS:
                self._repairs.clear()
            self._repairs[word] = self._meant(word)
        meant = self._repairs[word]
        if meant is None:
            return NO_MEANINGS
        meanings = self._by_word[meant]
        named = not NAMED_SORTS.isdisjoint(meanings.senses)
        return meanings if named or token.text.islower() else NO_MEANINGS

    def _meant(self, word: str) -> str | None:
        if self._deletes is None:
            spelled = [word for word, meanings in self._by_word.items() if _is_typed_wrong(word, meanings.senses)]
            self._deletes = dict(_deletes(spelled)) | {word: word for word in spelled}
        near = map(self._deletes.get, (word, *_without_one(word)))
        return next((meant for meant in near if meant and meant[0] == word[0] and _is_near(word, meant)), None)


def _figures(token: Token) -> int | None:
    return int(token.text) if len(token.text) <= MOST_DIGITS and token.text.isascii() else None


def _is_cut(lowers: list[str], end: int, senses: Mapping[Sort, object], before: Sequence[Term]) -> bool:
    """Say whether a phrase is none here: two months | after | next Friday, ronda | malam ini, sore | hari ini."""
    if Sort.NO_TIME in senses or lowers[end - 1] == "hari":
        return lowers[end : end + 1] == ["ini"]
    return Sort.AFTER_NEXT in senses and _counts(before)


def _counts(before: Sequence[Term]) -> bool:
    """Say whether the last of *before* are a number and its unit."""
    if len(before) < 2 or Sort.UNIT not in before[-1].senses:
        return False
    counted = (Sort.NUMBER, Sort.FEW, Sort.ARTICLE)
    return before[-2].shape is Shape.NUMBER or any(sort in before[-2].senses for sort in counted)


MOST_DIGITS = 12
MOST_REPAIRS = 4096  # words whose repair is remembered
NAMED_SORTS = frozenset({Sort.WEEKDAY, Sort.MONTH, Sort.WEEKDAYS})
TYPO_SORTS = NAMED_SORTS | {
    Sort.RELATIVE, Sort.PART, Sort.TODAY_PART, Sort.NUMBER, Sort.HALF, Sort.QUARTER, Sort.EVERY, Sort.FOR, Sort.UNTIL,
    Sort.CLOCK, Sort.DATE,
    Sort.NEXT,
}  # fmt: skip
TITLES_OF_PEOPLE = frozenset({"pak", "bu", "bapak", "ibu", "mas", "mbak", "kak", "bang", "mr", "mrs", "ms", "dr"})
NAMING = TITLES_OF_PEOPLE | {"di", "ke", "dari", "in", "at"}
LONG_ENOUGH = 7  # for one letter instead of another; shorter words are too often other words


def _known(language: Language) -> frozenset[str]:
    """Return the words that are no typos of others: those that the language's own tables know."""
    tables = (
        language.openers, language.whole, language.colons, language.verbs, language.replies, language.markers,
        language.groups, language.questions,
    )  # fmt: skip
    said = {word for table in tables for phrase in table for word in phrase.split()}
    return (
        language.not_typos
        | language.common
        | language.fillers
        | language.meetings
        | language.polite
        | language.past
        | said
    )


def _is_typed_wrong(word: str, senses: Iterable[Sort]) -> bool:
    return len(word) > 4 and word.isalpha() and not TYPO_SORTS.isdisjoint(senses)


def _without_one(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(1, len(word))]


def _deletes(words: Iterable[str]) -> Iterable[tuple[str, str]]:
    for word in words:
        yield word, word
        for shorter in _without_one(word):
            yield shorter, word


def _is_near(said: str, meant: str) -> bool:
    """Say whether *said* is *meant* with one letter added, lost, changed, or two neighbours swapped."""
    if len(said) < len(meant):
        said, meant = meant, said
    i = 0
    while i < len(meant) and said[i] == meant[i]:
        i += 1
    if len(said) == len(meant):
        swapped = said[i : i + 2] == meant[i : i + 2][::-1] and said[i + 2 :] == meant[i + 2 :]
        return swapped or (len(said) >= LONG_ENOUGH and said[i + 1 :] == meant[i + 1 :])
    return len(said) == len(meant) + 1 and said[i + 1 :] == meant[i:]
