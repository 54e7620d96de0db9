"""Which standing rule is asked for, and what shall it be? *pengingat 2 hari dan 1 jam*, *quiet hours 22-06*"""

import re
from collections.abc import Mapping
from typing import Final

from governor.domain.reminders import By
from governor.domain.standing_rules import NONE, StandingRule, days, hours, lengths
from governor.understanding.asking import Asked, Sentence
from governor.understanding.reading import Act, Found, Reading
from governor.understanding.requests import Draft, Request, finished

_COUNTS: Final = {
    **{"se": 1, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "sepuluh": 10},
    **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10},
}
_UNITS: Final = {
    **dict.fromkeys(("minggu", "weeks", "week", "w"), (7, "d")),
    **dict.fromkeys(("hari", "days", "day", "d"), (1, "d")),
    **dict.fromkeys(("jam", "hours", "hour", "hrs", "hr", "h"), (1, "h")),
    **dict.fromkeys(("menit", "mnt", "minutes", "minute", "mins", "min", "m"), (1, "m")),
}
_COUNT: Final = rf"(\d{{1,4}}\s*|\bse|\b(?:{'|'.join(_COUNTS)})\s+)"
_LENGTH: Final = re.compile(rf"{_COUNT}({'|'.join(_UNITS)})\b")
_BETWEEN: Final = re.compile(r"(?:\s|,|;|&|\+|\bdan\b|\band\b|\bserta\b)*")
_CLOCK: Final = r"(?:jam |pukul |at )?(\d{1,2})(?: ?[:.] ?(\d\d))? ?(am|pm|pagi|siang|sore|malam)?"
_HOURS: Final = re.compile(rf"(?:dari |from )?{_CLOCK} ?(?:-|\u2013|s/d|sampai|hingga|to|until|till) ?{_CLOCK}")
_AFTER_NOON: Final = frozenset({"pm", "sore", "malam"})
_NOTHING: Final = frozenset(
    {"none", "off", "no", "never", "mati", "matikan", "nonaktif", "tidak ada", "tak ada", "tidak", "tanpa"}
)
_BY: Final = {
    **dict.fromkeys(("chat", "obrolan", "the chat", "kanal", "channel"), By.CHAT),
    **dict.fromkeys(("mail", "email", "e-mail", "surel"), By.MAIL),
    **dict.fromkeys(("both", "keduanya", "dua-duanya", "chat dan email", "chat and email", "chat and mail"), By.BOTH),
}

_SHOWN: Final = re.compile(
    r"(?:lihat |tampilkan |show |show the |our |the )?(?:pengaturan|setelan|settings)"
    r"(?: organisasi| kita| kami| of the organi[sz]ation)?"
)
_LEAD: Final = r"(?:(?:atur|set|ubah|ganti|change) (?:the )?)?"
_HEADS: Final = {
    StandingRule.REMIND_BY: r"(?:pengingat|reminders?)(?: rapat)? (?:lewat|melalui|via|by|through|in)",
    StandingRule.REMINDERS: r"(?:pengingat|reminders?)(?: rapat)?",
    StandingRule.QUIET_HOURS: r"(?:(?:jam|waktu) tenang|quiet (?:hours|time))",
    StandingRule.NOTICE_DAYS: r"(?:tenggang undangan|notice(?: days| period)?)",
}
_TAIL: Final = r"(?: sebelumnya| sebelum rapat| before(?: (?:the|a|each|every))?(?: meetings?)?)?"
_SAID: Final[Mapping[StandingRule, "re.Pattern[str]"]] = {
    rule: re.compile(rf"{_LEAD}{head}(?: jadi| menjadi| ke| to| at| is|\s*[:=])?\s+(.+?){_TAIL}")
    for rule, head in _HEADS.items()
}


def standing_in(sentence: Sentence, start: int) -> Asked | None:
    """Return that the standing rules are to be shown, or one to be another: nothing else may be said with it."""
    if "?" in sentence.words:
        return None
    if _SHOWN.fullmatch(_plain(sentence.lowers[start:])):
        return Asked(Act.ASK_STANDING_RULES, Act.ASK_STANDING_RULES, start, len(sentence.lowers))
    found = _said(sentence.lowers[start:])
    return None if found is None else Asked(Act.STANDING_RULE, found[0], start, len(sentence.lowers))


def build_standing(request: Request) -> Reading:
    """Return which rule is to be another, and its text as the operator would write it."""
    draft, asked = Draft.empty(), request.asked
    found = _said(request.text.lowers[asked.start :])
    if found is not None:
        span = request.text.span(asked.start, asked.end)
        for name, value in zip(("rule", "text"), found, strict=True):
            draft.said[name] = Found(value=value, span=span, rule="standing-rule")
    return finished(request, draft, Act.STANDING_RULE)


def rule_text(rule: StandingRule, said: str) -> str | None:
    """Return what was *said* of a *rule* as the operator would write it; ``None``: it says nothing of the kind."""
    plain = " ".join(said.lower().strip(" .!").split())
    nothing = "0" if rule is StandingRule.NOTICE_DAYS else NONE
    text = nothing if plain in _NOTHING and rule is not StandingRule.REMIND_BY else _READERS[rule](plain)
    try:
        return None if text is None else _checked(rule, text)
    except ValueError:
        return None


def _checked(rule: StandingRule, text: str) -> str:
    """Return *text*. Raises ValueError where the rule cannot be that."""
    match rule:
        case StandingRule.REMINDERS:
            lengths(text)
        case StandingRule.QUIET_HOURS:
            hours(text)
        case StandingRule.NOTICE_DAYS:
            days(text)
        case StandingRule.REMIND_BY:
            By(text)
    return text


def _said(lowers: list[str]) -> tuple[StandingRule, str] | None:
    plain = _plain(lowers)
    for rule, pattern in _SAID.items():
        found = pattern.fullmatch(plain)
        text = None if found is None else rule_text(rule, found[1])
        if text is not None:
            return rule, text
    return None


def _plain(lowers: list[str]) -> str:
    return " ".join(lowers).rstrip(" .!")


def _reminders(plain: str) -> str | None:
    found = list(_LENGTH.finditer(plain))
    if not found or not _BETWEEN.fullmatch(_LENGTH.sub(" ", plain)):
        return None
    told = ((_count(one[1]), *_UNITS[one[2]]) for one in found)
    return ",".join(f"{count * times}{unit}" for count, times, unit in told)


def _quiet_hours(plain: str) -> str | None:
    found = _HOURS.fullmatch(plain)
    if found is None:
        return None
    return f"{_clock(found[1], found[2], found[3])}-{_clock(found[4], found[5], found[6])}"


def _clock(hour: str, minute: str | None, part: str | None) -> str:
    shown = int(hour)
    if part in _AFTER_NOON and shown < 12:
        shown += 12
    if part == "am" and shown == 12:
        shown = 0
    return f"{0 if shown == 24 else shown:02d}:{minute or '00'}"


def _remind_by(plain: str) -> str | None:
    by = _BY.get(plain)
    return None if by is None else by.value


def _notice(plain: str) -> str | None:
    found = re.fullmatch(rf"(?:minimal |at least )?{_COUNT}(?:hari|days|day)", plain)
    if found is None:
        return plain if plain.isdecimal() else None
    return str(_count(found[1]))


def _count(said: str) -> int:
    return _COUNTS.get(said.strip()) or int(said)


_READERS = {
    StandingRule.REMINDERS: _reminders,
    StandingRule.REMIND_BY: _remind_by,
    StandingRule.QUIET_HOURS: _quiet_hours,
    StandingRule.NOTICE_DAYS: _notice,
}
