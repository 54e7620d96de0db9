"""Which language is this, and with which words is it read?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from governor.understanding.languages import languages
from governor.understanding.lexicon import Language, Lexicon
from governor.understanding.phrases import Phrases
from governor.understanding.tokens import Shape, Token

COUNTED_WORDS = 80
NOUNS = frozenset({"meeting", "meeting-the", "event"})
"""What a word that opens a sentence stands for where it names a meeting."""


class Grammar(NamedTuple):
    """The words of acts and slots of all languages, to be looked up. See ``Language`` for what each holds.

    ``nouns`` are those of the openers that name a meeting.
    """

    whole: Phrases
    openers: Phrases
    nouns: Phrases
    colons: Phrases
    verbs: Phrases
    questions: Phrases
    replies: Phrases
    mandates: Phrases
    markers: Phrases
    groups: Phrases
    fillers: frozenset[str]
    meetings: frozenset[str]
    past: frozenset[str]
    events: Phrases
    tells: frozenset[str]
    leads: frozenset[str]
    enders: frozenset[str]
    weak: frozenset[str]
    announces: frozenset[str]
    strangers: frozenset[str]
    places: frozenset[str]
    books: frozenset[str]
    wishes: frozenset[str]
    stands: frozenset[str]
    own: tuple[str, ...]
    not_own: frozenset[str]
    proposals: Phrases
    polite: frozenset[str]
    common: frozenset[str]
    loose: frozenset[str]
    others: frozenset[str]
    objects: frozenset[str]
    reasons: frozenset[str]


def _ordered(first: str) -> list[Language]:
    """Return the languages, *first* last, so that its words override those of the others."""
    return sorted(languages(), key=lambda language: language.code == first)


@lru_cache(maxsize=8)
def lexicon(first: str) -> Lexicon:
    """Return the words of time of all languages, those of the language *first* preferred where two share a word."""
    return Lexicon(_ordered(first)[::-1])


def _table(languages: Sequence[Language], of: Callable[[Language], Mapping[str, str]]) -> Phrases:
    merged: dict[str, str] = {}
    for language in languages:
        merged.update(of(language))
    return Phrases(merged)


def _words(languages: Sequence[Language], of: Callable[[Language], frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(of(language) for language in languages))


@lru_cache(maxsize=8)
def grammar(first: str) -> Grammar:
    """Return the words of acts and slots of all languages, those of the language *first* preferred."""
    languages = _ordered(first)
    table, words = partial(_table, languages), partial(_words, languages)
    return Grammar(
        whole=table(lambda language: language.whole),
        openers=table(lambda language: language.openers),
        nouns=table(lambda language: {said: kind for said, kind in language.openers.items() if kind in NOUNS}),
        colons=table(lambda language: language.colons),
        verbs=table(lambda language: language.verbs),
        questions=table(lambda language: language.questions),
        replies=table(lambda language: language.replies),
        mandates=table(lambda language: language.mandates),
        markers=table(lambda language: language.markers),
        groups=table(lambda language: language.groups),
        fillers=words(lambda language: language.fillers),
        meetings=words(lambda language: language.meetings),
        past=words(lambda language: language.past),
        events=table(lambda language: dict.fromkeys(language.events, "event")),
        tells=words(lambda language: language.tells),
        leads=words(lambda language: language.leads),
        enders=words(lambda language: language.enders),
        weak=words(lambda language: language.weak),
        announces=words(lambda language: language.announces),
        strangers=words(lambda language: language.strangers),
        places=words(lambda language: language.places),
        books=words(lambda language: language.books),
        wishes=words(lambda language: language.wishes),
        stands=words(lambda language: language.stands),
        own=tuple(language.own for language in languages if language.own),
        not_own=words(lambda language: language.not_own),
        proposals=table(lambda language: dict.fromkeys(language.proposals, "propose")),
        polite=words(lambda language: language.polite),
        common=words(lambda language: language.common),
        loose=words(lambda language: language.loose),
        others=words(lambda language: language.others),
        objects=words(lambda language: language.objects),
        reasons=words(lambda language: language.reasons),
    )


@lru_cache(maxsize=1)
def labels() -> Mapping[str, str]:
    """Return what labels before a colon say, in all languages."""
    return {label: said for language in languages() for label, said in language.labels.items()}


@lru_cache(maxsize=1)
def _vocabularies() -> Sequence[tuple[str, frozenset[str], frozenset[str]]]:
    """Return the code of each language, the words that tell it, and those of them that tell it best."""
    return [(language.code, _vocabulary(language), language.common) for language in languages()]


def _vocabulary(language: Language) -> frozenset[str]:
    """Return the words that tell the *language*."""
    tables: tuple[Iterable[str], ...] = (
        *language.words.values(),
        language.openers,
        language.replies,
        language.markers,
        language.whole,
    )
    said = (word for table in tables for phrase in table for word in phrase.split())
    return language.common | frozenset(word for word in said if len(word) > 2)


def detect(tokens: Iterable[Token], fallback: str) -> str:
    """Return the code of the language most of whose own words are among *tokens*; *fallback* when none leads."""
    said = [token.lower for token in tokens if token.shape is Shape.WORD]
    words = frozenset(said[:COUNTED_WORDS])  # a word said twice tells no more
    scores = {code: len(words & known) + len(words & common) for code, known, common in _vocabularies()}
    best = max(scores.values())
    leading = [code for code, score in scores.items() if score == best]
    return fallback if fallback in leading else leading[0]


def language_of(code: str) -> Language:
    """Return the language *code*, or the first one when it is none that we read."""
    return next((language for language in languages() if language.code == code), languages()[0])
