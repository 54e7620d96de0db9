"""How are times and requests said in Malay, where it is not as in Indonesian?"""

# ruff: noqa: SIM905 -- lists of words are read as text

from governor.understanding.lexicon import Language, Sort, Span, Unit

WORDS: dict[Sort, dict[str, object]] = {
    Sort.NUMBER: {
        "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "lapan": 8, "sembilan": 9,
        "sepuluh": 10, "sebelas": 11,
    },
    Sort.TEEN: {"belas": 10},
    Sort.TEN: {"puluh": 10},
    Sort.WEEKDAY: {
        "isnin": 0, "selasa": 1, "rabu": 2, "khamis": 3, "jumaat": 4, "sabtu": 5, "ahad": 6,
    },
    Sort.MONTH: {
        "januari": 1, "februari": 2, "mac": 3, "april": 4, "mei": 5, "jun": 6, "julai": 7, "ogos": 8, "september": 9,
        "oktober": 10, "november": 11, "disember": 12,
    },
    Sort.UNIT: {
        "minit": Unit.MINUTE, "jam": Unit.HOUR, "hari": Unit.DAY, "minggu": Unit.WEEK, "bulan": Unit.MONTH,
        "tahun": Unit.YEAR,
    },
    Sort.LENGTH: {"sejam": Span(1, Unit.HOUR), "seminggu": Span(1, Unit.WEEK), "sebulan": Span(1, Unit.MONTH)},
    Sort.RELATIVE: {"hari ini": 0, "esok": 1, "lusa": 2, "tulat": 3, "semalam": -1, "kelmarin": -2},
    Sort.TODAY_PART: {"malam ini": "malam", "petang ini": "after-noon", "pagi ini": "pagi", "malam nanti": "malam"},
    Sort.PART: {"pagi": "pagi", "tengah hari": "midday", "petang": "after-noon", "malam": "malam", "subuh": "dawn"},
    Sort.NAMED_TIME: {"tengah hari": (12, 0), "tengah malam": (0, 0)},
    Sort.NEXT: {"depan": 1, "hadapan": 1, "akan datang": 1},
    Sort.THIS: {"ini": 1},
    Sort.LAST: {"lepas": 1, "lalu": 1},
    Sort.LATER: {"lagi": 1, "dari sekarang": 1},
    Sort.IN: {"dalam": 1},
    Sort.DAY: {"hari": 1},
    Sort.DATE: {"bertarikh": 1, "tarikh": 1, "hb": 1},
    Sort.CLOCK: {"pukul": 1, "jam": 1},
    Sort.UNTIL: {"hingga": 1, "sehingga": 1, "sampai": 1},
    Sort.FROM: {"dari": 1, "bermula": 1, "mulai": 1},
    Sort.AND: {"dan": 1},
    Sort.FOR: {"selama": 1},
    Sort.EVERY: {"setiap": 1, "tiap-tiap": 1},
    Sort.EVE: {"malam": 1},
    Sort.ON: {"pada": 1},
    Sort.MONEY: {"rm": "MYR", "ringgit": "MYR"},
}  # fmt: skip

COMMON = frozenset(
    """mesyuarat jawatankuasa setiausaha pengerusi bendahari ahli tak dapat boleh kerana awak kamu hendak nak sila minit
    esok khamis isnin jumaat pejabat dewan bilik perlu berkenaan mengenai tangguhkan batalkan jemput""".split()
)  # fmt: skip

OPENERS = {
    "mesyuarat": "meeting", "bermesyuarat": "meeting", "perjumpaan": "meeting", "tangguhkan": "change-later",
    "tunda": "change-later", "awalkan": "change-earlier", "batalkan": "cancel", "jemput": "call-invite",
}  # fmt: skip

REPLIES = {
    "boleh hadir": "ACCEPTED", "tak dapat hadir": "DECLINED", "tidak dapat hadir": "DECLINED",
    "tak boleh hadir": "DECLINED",    "mungkin hadir": "TENTATIVE",
}  # fmt: skip

MALAY = Language(
    code="ms",
    words=WORDS,
    common=COMMON,
    openers=OPENERS,
    replies=REPLIES,
    polite=frozenset({"sila", "tolong", "boleh", "nak", "hendak"}),
    meetings=frozenset({"mesyuarat", "bermesyuarat", "perjumpaan"}),
    markers={
        "di": "location",
        "dengan": "attendees",
        "bersama": "attendees",
        "berkenaan": "agenda",
        "mengenai": "agenda",
    },
    title_case=True,
    small_words=frozenset({"dan", "di", "ke", "dari", "untuk"}),
)
