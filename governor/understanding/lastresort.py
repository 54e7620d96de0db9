"""Which date is written here in an order or a language that no reader of ours knows?"""

from datetime import datetime, timedelta

from governor.understanding.findings import Day, Finding, How, Line
from governor.understanding.tokens import Shape

LANGUAGES = ("nl", "de", "fr", "es", "pt", "it")
MONTH_BEGINNINGS = frozenset({
    "jan", "ene", "gen", "feb", "fev", "fév", "mar", "mär", "maa", "mrt", "abr", "avr", "apr", "mai", "may", "mag",
    "mei", "jui", "jun", "giu", "lug", "jul", "aug", "ago", "aoû", "aou", "set", "sep", "okt", "oct", "out", "ott",
    "nov", "dic", "dez", "déc", "dec",
})  # fmt: skip
LONGEST = 60  # words: what is longer is a letter, not a request


def read_foreign(line: Line, text: str) -> list[Finding]:
    """Return the first date that dateparser finds in *text*, whose terms *line* holds; nothing where no figure stands.

    It is asked only when no reader of ours has found a day, and only about texts with a figure and beside it a word
    that begins like a month, because it is slow and takes words like *on* and *a* for days.
    """
    if line.count > LONGEST or not _may_hold_a_date(line):
        return []
    from dateparser.search import search_dates  # type: ignore[import-not-found,import-untyped,unused-ignore]

    base = line.at.replace(tzinfo=None)
    found = search_dates(
        text, settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future", "REQUIRE_PARTS": ["day", "month"]}
    )
    for said, moment in found or ():
        finding = _finding(line, text, said, moment)
        if finding is not None:
            return [finding]
    return []


def _may_hold_a_date(line: Line) -> bool:
    """Say whether a day in figures stands beside a word that we do not know and that begins like a month."""
    for i, term in enumerate(line.terms):
        if term.shape is Shape.NUMBER and len(term.text) <= 2:
            beside = (line.terms[k] for k in (i - 1, i + 1, i + 2) if 0 <= k < line.count)
            if any(not other.words and other.lower[:3] in MONTH_BEGINNINGS for other in beside):
                return True
    return False


def _finding(line: Line, text: str, said: str, moment: datetime) -> Finding | None:
    at = text.find(said)
    places = [i for i, term in enumerate(line.terms) if at <= term.start and term.end <= at + len(said)]
    if at < 0 or not places or not any(sign.isdigit() for sign in said) or not any(sign.isalpha() for sign in said):
        return None
    day = moment.date()
    return Finding(
        Day(day, day + timedelta(days=1), How.WRITTEN, assumed=("foreign",)), places[0], places[-1] + 1, "dateparser"
    )
