"""How are times and requests said in English?"""

# ruff: noqa: E501, SIM905 -- tables of words are read as tables, lists of words as text

from governor.understanding.lexicon import Language, Sort, Span, Unit, listed

_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split()
_TEENS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen""".split()

WORDS: dict[Sort, dict[str, object]] = {
    Sort.NUMBER: {
        **{word: number for number, word in enumerate(_TEENS)},
        "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "dozen": 12, "single": 1,
    },
    Sort.SCALE: {"hundred": 100, "thousand": 1000, "k": 1000, "million": 1000000, "mio": 1000000, "mn": 1000000, "billion": 1000000000, "bn": 1000000000},
    Sort.ORDINAL: {
        **{word: number for number, word in enumerate(_ORDINALS, 1)},
        "thirtieth": 30, "last": -1, "final": -1, "twelveth": 12, "ninteenth": 19, "fourtieth": 40,
    },
    Sort.HALF: {"half": 1, "½": 1},
    Sort.QUARTER: {"quarter": 1, "quarters": 1, "¼": 1},
    Sort.FEW: {"few": 3, "a few": 3, "some": 3, "several": 3, "couple": 2, "a couple": 2, "couple of": 2, "a couple of": 2},
    Sort.WEEKDAY: {
        "monday": 0, "mon": 0, "tuesday": 1, "tue": 1, "tues": 1, "tuesay": 1, "wednesday": 2, "wed": 2, "weds": 2, "wensday": 2, "wednesay": 2, "wedensday": 2, "wednsday": 2,
        "thursday": 3, "thu": 3, "thur": 3, "thurs": 3, "thrusday": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
        "monday's": 0, "tuesday's": 1, "wednesday's": 2, "thursday's": 3, "friday's": 4, "saturday's": 5, "sunday's": 6,
    },
    Sort.NTH_QUARTER: {"q1": 1, "q2": 2, "q3": 3, "q4": 4},
    Sort.WEEKDAYS: {"mondays": 0, "tuesdays": 1, "wednesdays": 2, "thursdays": 3, "fridays": 4, "saturdays": 5, "sundays": 6, "mons": 0, "weekdays": 7, "weekends": 8, "m-f": 7, "m - f": 7},
    Sort.TIMETABLE: {"mwf": (0, 2, 4), "m/w/f": (0, 2, 4), "m-w-f": (0, 2, 4), "tth": (1, 3), "tuth": (1, 3), "t/th": (1, 3), "tu/th": (1, 3), "t/r": (1, 3), "tr": (1, 3), "mw": (0, 2), "m/w": (0, 2), "wf": (2, 4), "w/f": (2, 4), "mtwthf": (0, 1, 2, 3, 4), "mtwrf": (0, 1, 2, 3, 4)},
    Sort.MONTH: {
        "january": 1, "jan": 1, "february": 2, "feb": 2, "febuary": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7,
        "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
    },
    Sort.UNIT: {
        "second": Unit.SECOND, "seconds": Unit.SECOND, "sec": Unit.SECOND, "secs": Unit.SECOND, "s": Unit.SECOND,
        "minute": Unit.MINUTE, "minutes": Unit.MINUTE, "min": Unit.MINUTE, "mins": Unit.MINUTE, "m": Unit.MINUTE, "minutes'": Unit.MINUTE, "minuets": Unit.MINUTE,
        "hour": Unit.HOUR, "hours": Unit.HOUR, "hr": Unit.HOUR, "hrs": Unit.HOUR, "h": Unit.HOUR, "hours'": Unit.HOUR,
        "day": Unit.DAY, "days": Unit.DAY, "days'": Unit.DAY, "d": Unit.DAY, "week": Unit.WEEK, "weeks": Unit.WEEK, "wk": Unit.WEEK, "wks": Unit.WEEK, "weeks'": Unit.WEEK, "week's": Unit.WEEK,
        "month": Unit.MONTH, "months": Unit.MONTH, "mth": Unit.MONTH, "month's": Unit.MONTH, "quarter": Unit.QUARTER, "quarters": Unit.QUARTER, "year": Unit.YEAR, "years": Unit.YEAR, "yr": Unit.YEAR, "yrs": Unit.YEAR, "year's": Unit.YEAR,
    },
    Sort.LENGTH: {"fortnight": Span(2, Unit.WEEK), "fortnights": Span(2, Unit.WEEK), "fortnight's": Span(2, Unit.WEEK), "decade": Span(10, Unit.YEAR), "all week": Span(1, Unit.WEEK), "all-week": Span(1, Unit.WEEK),
                  "full week": Span(1, Unit.WEEK), "full-week": Span(1, Unit.WEEK), "whole week": Span(1, Unit.WEEK), "half-hour": Span(0.5, Unit.HOUR), "half-day": Span(0.5, Unit.DAY)},
    Sort.RELATIVE: {
        "today": 0, "today's": 0, "tomorrow": 1, "tomorrow's": 1, "tomorrows": 1, "tmrw": 1, "tmr": 1, "tmw": 1, "tomm": 1, "tommorow": 1, "tomorow": 1, "tommorrow": 1, "tomorro": 1, "tmrrw": 1, "tomoz": 1, "tmoro": 1, "tmrow": 1, "2moro": 1, "2morrow": 1,
        "the day after tomorrow": 2, "day after tomorrow": 2, "the day after tmrw": 2, "day after tmrw": 2, "overmorrow": 2, "yesterday": -1, "yesterday's": -1, "the day before yesterday": -2, "day before yesterday": -2, "this day": 0, "the next day": 1, "next day": 1, "the following day": 1,
    },
    Sort.NOW: {"now": 1, "right now": 1, "at once": 1, "immediately": 1},
    Sort.TODAY_PART: {"tonight": "night", "tonite": "night", "tonight's": "night", "2nite": "night", "this morning": "morning", "this afternoon": "after-noon", "this evening": "evening", "this night": "night",
                      "this arvo": "after-noon", "this morning's": "morning", "this afternoon's": "after-noon", "this evening's": "evening", "today evening": "evening", "today night": "night", "today morning": "morning", "today afternoon": "after-noon", "last night": "past"},
    Sort.PART: {
        "morning": "morning", "morn": "morning", "mornings": "morning", "morning's": "morning", "in the morning": "morning", "afternoon": "after-noon", "afternoonish": "after-noon", "afternoon's": "after-noon", "in the afternoon": "after-noon", "in afternoon": "after-noon", "evening": "evening", "evening's": "evening", "in the evening": "evening", "evenings": "evening", "afternoons": "after-noon", "nights": "night",
        "night": "night", "at night": "night", "in the night": "night", "arvo": "after-noon", "eve": "evening", "dawn": "dawn", "dusk": "dusk", "lunchtime": "lunch", "lunch time": "lunch", "at lunch": "lunch", "business hours": "work", "working hours": "work", "office hours": "work", "small hours": "small-hours",
        "early in the morning": "early-morning", "early hours of the morning": "early-morning", "after lunch": "after-lunch", "after school": "after-school", "after work": "after-work", "in the pm": "after-noon", "in the am": "morning", "bedtime": "night", "daytime": "daytime", "in the daytime": "daytime", "night-time": "night-time", "nighttime": "night-time", "in the night-time": "night-time",
    },
    Sort.EARLY: {"early": -1, "late": 1},
    Sort.EDGE: {"beginning": -1, "start": -1, "mid": 0, "middle": 0, "end": 1, "early": -1, "late": 1, "eom": 1, "eoy": 1, "eow": 1},
    Sort.NEXT: {"next": 1, "nxt": 1, "following": 1, "the following": 1, "the next": 1},
    Sort.COMING: {"coming": 1, "upcoming": 1, "this coming": 1, "this upcoming": 1, "the coming": 1, "the upcoming": 1},
    Sort.THIS: {"this": 1, "current": 1, "the current": 1},
    Sort.LAST: {"last": 1, "previous": 1, "past": 1, "ago": 1},
    Sort.AFTER_NEXT: {"after next": 1},
    Sort.LATER: {"from now": 1, "hence": 1, "later": 1, "from today": 1, "after today": 1, "in the future": 1, "out": 1},
    Sort.IN: {"in": 1, "within": 1},
    Sort.DATE: {"date": 1, "dated": 1},
    Sort.AT: {"at": 1, "@": 1, "by": 2},
    Sort.OCLOCK: {"o'clock": 1, "oclock": 1, "o clock": 1},
    Sort.MERIDIEM: {"am": 0, "a.m.": 0, "a.m": 0, "a m": 0, "pm": 12, "p.m.": 12, "p.m": 12, "p m": 12, "p. m.": 12, "a. m.": 0, "a": 0, "p": 12, "in the am": 0, "in the pm": 12, ".am": 0, ".pm": 12},
    Sort.NAMED_TIME: {"noon": (12, 0), "high noon": (12, 0), "midday": (12, 0), "mid-day": (12, 0), "mid day": (12, 0), "twelve noon": (12, 0), "12 noon": (12, 0), "noonish": (12, 0), "midnight": (0, 0), "mid-night": (0, 0), "mid night": (0, 0), "midmorning": (10, 0), "mid-morning": (10, 0), "mid morning": (10, 0), "midafternoon": (14, 0), "mid-afternoon": (14, 0), "mid afternoon": (14, 0), "eod": (23, 59), "end of today": (23, 59), "the end of today": (23, 59), "end of day": (23, 59), "the end of the day": (23, 59), "end of the day": (23, 59), "close of business": (17, 0), "cob": (17, 0)},
    Sort.PAST: {"past": 1, "after": 1},
    Sort.TO_GO: {"to": 1, "before": 1, "of": 1},
    Sort.UNTIL: {"to": 1, "until": 1, "untill": 1, "till": 1, "til": 1, "'til": 1, "through": 1, "thru": 1, "through to": 1, "right through to": 1, "through until": 1, "through till": 1, "right through until": 1, "thru to": 1, "all the way to": 1, "up to": 1, "up until": 1, "ending": 1},
    Sort.BEGINS: {"open": 1, "opens": 1, "opening": 1, "start": 1, "starts": 1, "begins": 1, "begin": 1, "kicks off": 1, "kick off": 1},
    Sort.ENDS: {"close": 1, "closes": 1, "closing": 1, "end": 1, "ends": 1, "ending": 1, "finish": 1, "finishes": 1, "finishing": 1, "wraps up": 1, "wrap up": 1, "wrapping up": 1, "concludes": 1, "over by": 1, "done by": 1, "out by": 1},
    Sort.OPEN_END: {"until done": 1, "until finished": 1, "till done": 1, "until we finish": 1, "until we are done": 1, "till late": 1, "until late": 1, "- late": 1},
    Sort.FROM: {"from": 1, "starting": 1, "start from": 1, "starting from": 1, "starts": 1, "beginning": 1, "since": 1, "commencing": 1, "as of": 1, "starting on": 1},
    Sort.BETWEEN: {"between": 1, "in between": 1},
    Sort.AND: {"and": 1, "&": 1, "n": 1},
    Sort.FOR: {"for": 1, "lasting": 1, "duration": 1, "for about": 1, "for around": 1, "of": 2, "during": 2},
    Sort.EVERY: {"every": 1, "each": 1, "every single": 1, "evry": 1},
    Sort.OR: {"or": 1},
    Sort.OTHER: {"other": 1, "second": 1, "alternate": 1, "alternating": 1},
    Sort.FREQUENCY: {
        "daily": (Unit.DAY, 1), "everyday": (Unit.DAY, 1), "weekly": (Unit.WEEK, 1), "biweekly": (Unit.WEEK, 2), "bi-weekly": (Unit.WEEK, 2), "fortnightly": (Unit.WEEK, 2), "monthly": (Unit.MONTH, 1), "bimonthly": (Unit.MONTH, 2), "bi-monthly": (Unit.MONTH, 2),
        "quarterly": (Unit.MONTH, 3), "yearly": (Unit.YEAR, 1), "annually": (Unit.YEAR, 1), "annual": (Unit.YEAR, 1), "hourly": (Unit.HOUR, 1), "semiannually": (Unit.MONTH, 6), "biannually": (Unit.MONTH, 6), "biannual": (Unit.MONTH, 6), "semi-annual": (Unit.MONTH, 6), "biennial": (Unit.YEAR, 2), "every-day": (Unit.DAY, 1), "nightly": (Unit.DAY, 1),
    },
    Sort.TIMES: {"times": 1, "time": 1, "occurrences": 1, "x": 1, "sessions": 1, "meetings": 1, "classes": 1, "lessons": 1, "workshops": 1, "rehearsals": 1},
    Sort.ONCE: {"once": 1, "twice": 2},
    Sort.EXCEPT: {"except": 1, "excluding": 1, "but not": 1, "but not on": 1, "not on": 1, "no meeting on": 1, "no session on": 1, "no class on": 1, "skipping": 1, "skip": 1, "apart from": 1, "excl": 1, "excl.": 1, "except for": 1, "except on": 1, "except the": 1, "other than": 1, "besides": 1},
    Sort.ALSO: {"also": 1, "and also": 1, "plus": 1},
    Sort.HOLIDAYS: {"holidays": 1, "public holidays": 1, "holiday": 1, "a holiday": 1},
    Sort.WORKDAYS: {"weekday": 1, "workday": 1, "working day": 1, "business day": 1, "weekdays": 1, "workdays": 1, "working days": 1, "business days": 1, "work days": 1, "work day": 1},
    Sort.WEEKEND: {"weekend": 1, "week-end": 1, "weekends": 1, "wknd": 1},
    Sort.OF: {"of": 1, "in": 2},
    Sort.THE: {"the": 1},
    Sort.ON: {"on": 1, "for": 2, "to": 2, "date": 2},
    Sort.ARTICLE: {"a": 1, "an": 1, "one": 1, "another": 1},
    Sort.ABOUT: {"about": 1, "around": 1, "approximately": 1, "approx": 1, "ish": 1, "circa": 1, "exactly": 1, "sharp": 1, "sometime": 1, "less than": 1, "more than": 1},
    Sort.ZONE: {
        "utc": "+00:00", "gmt": "+00:00", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "ist": "+05:30", "jst": "+09:00", "kst": "+09:00", "sgt": "Asia/Singapore", "myt": "Asia/Kuala_Lumpur", "aest": "+10:00", "aedt": "+11:00", "hkt": "+08:00",
        "et": "America/New_York", "pt": "America/Los_Angeles", "local time": "",
    },
    Sort.ZONE_OF: {"pacific": "America/Los_Angeles", "eastern": "America/New_York", "london": "Europe/London", "jakarta": "Asia/Jakarta", "makassar": "Asia/Makassar", "jayapura": "Asia/Jayapura", "bali": "Asia/Makassar", "singapore": "Asia/Singapore", "tokyo": "Asia/Tokyo", "sydney": "Australia/Sydney", "paris": "Europe/Paris", "berlin": "Europe/Berlin", "new york": "America/New_York", "amsterdam": "Europe/Amsterdam", "dubai": "Asia/Dubai", "kuala lumpur": "Asia/Kuala_Lumpur"},
    Sort.FEAST: {
        "pancasila day": "pancasila", "burns night": "burns-night", "bonfire night": "bonfire-night", "guy fawkes night": "bonfire-night", "international women's day": "womens-day", "palm sunday": "palm-sunday", "maundy thursday": "maundy-thursday", "ash wednesday": "ash-wednesday", "pentecost": "pentecost", "whit monday": "whit-monday", "heroes day": "heroes-day", "heroes' day": "heroes-day", "kartini day": "kartini", "teachers day": "teachers-day-id",
        "christmas": "christmas", "christmas day": "christmas", "xmas": "christmas", "christmas eve": "christmas-eve", "new year": "new-year", "new year's": "new-year", "new years": "new-year", "new year's day": "new-year", "new years day": "new-year", "new year's eve": "new-year-eve", "new years eve": "new-year-eve", "nye": "new-year-eve", "valentine's day": "valentine", "valentines day": "valentine", "valentine": "valentine", "halloween": "halloween", "independence day": "independence", "eid": "eid-al-fitr", "eid al-fitr": "eid-al-fitr", "eid al fitr": "eid-al-fitr",
        "eid al-adha": "eid-al-adha", "eid al adha": "eid-al-adha", "vesak": "vesak", "vesak day": "vesak", "nyepi": "nyepi", "day of silence": "nyepi", "chinese new year": "lunar-new-year", "lunar new year": "lunar-new-year", "good friday": "good-friday", "easter": "easter", "easter sunday": "easter", "easter monday": "easter-monday", "ascension day": "ascension", "labour day": "labour-day", "labor day": "labour-day-us", "boxing day": "boxing-day", "thanksgiving": "thanksgiving", "thanksgiving day": "thanksgiving", "black friday": "black-friday", "st patrick's day": "st-patrick", "saint patrick": "st-patrick", "st. patrick's day": "st-patrick", "saint patrick's day": "st-patrick", "st patrick": "st-patrick", "st patricks day": "st-patrick", "mother's day": "mothers-day", "father's day": "fathers-day", "earth day": "earth-day", "april fools": "april-fools", "april fool's day": "april-fools", "may day": "labour-day", "women's day": "womens-day", "memorial day": "memorial-day", "martin luther king day": "mlk", "mlk day": "mlk", "veterans day": "veterans", "columbus day": "columbus", "groundhog day": "groundhog", "cinco de mayo": "cinco", "juneteenth": "juneteenth", "prophet's birthday": "mawlid", "islamic new year": "islamic-new-year",
    },
    Sort.PRAYER: {"jumuah": "jumuah", "jumu'ah": "jumuah", "jummah": "jumuah", "jumma": "jumuah", "jumuah prayer": "jumuah", "asr": "asr", "fajr prayer": "fajr", "dhuhr prayer": "dhuhr", "zuhr": "dhuhr", "fajr": "fajr", "dhuhr": "dhuhr", "maghrib": "maghrib", "isha": "isha", "friday prayer": "jumuah", "friday prayers": "jumuah", "sunset": "maghrib", "maghrib prayer": "maghrib", "isha prayer": "isha", "asr prayer": "asr"},
    Sort.BEFORE: {"before": 1},
    Sort.AFTER: {"after": 1},
    Sort.LATEST: dict.fromkeys(("by", "no later than", "not later than", "at the latest by", "max", "latest", "at the very latest"), 1),
    Sort.PRELUDE: dict.fromkeys(("doors", "doors open", "doors opening", "registration", "registration opens", "registration from"), 1),
    Sort.NOT: dict.fromkeys(("not", "instead of", "rather than", "definitely not"), 1),
    Sort.SOON: dict.fromkeys(("asap", "as soon as possible", "as soon as we can", "soonest", "at your earliest convenience", "a.s.a.p.", "at the earliest opportunity"), 1),
    Sort.ALL_DAY: dict.fromkeys(("all day", "all-day", "all day long", "full day", "full-day", "whole day", "the whole day", "the entire day"), 1),
    Sort.NO_TIME: {**{f"{often} {what}": 1 for often in ("monthly", "weekly", "annual", "yearly", "quarterly", "daily") for what in ("report", "reports", "budget", "accounts", "dues", "fee", "fees", "newsletter", "plan", "figures", "target", "targets")}, **{f"{what} evening": 1 for what in ("parents", "parents'", "parent's", "quiz", "awards", "open", "social", "curriculum")}, "is now": 1, "good morning": 1, "good afternoon": 1, "good evening": 1, "good night": 1, "may i": 1, "may we": 1, "may be": 1, "may not": 1, "second the": 1, "a second": 1, "one second": 1, "just a minute": 1, "the minutes": 1, "sun will": 1, "the sun": 1, "at least": 1, "at all": 1, "in fact": 1},
    Sort.REST: {"rest of": 1, "the rest of": 1, "rest": 1},
    Sort.MONEY: {
        "rp": "IDR", "idr": "IDR", "rupiah": "IDR", "rupiahs": "IDR", "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
        "£": "GBP", "gbp": "GBP", "pounds": "GBP", "s$": "SGD", "sgd": "SGD", "a$": "AUD", "aud": "AUD", "myr": "MYR", "¥": "JPY", "jpy": "JPY", "yen": "JPY",
    },
}  # fmt: skip

COMMON = frozenset(
    """a about add agenda all also am an and any approve approved are as ask at attend attending available be because been before board book budget but by
    call can can't cancel change chair come coming committee could count decide decided decision decisions did discuss discussion do does don't done due
    each end everyone from get give go going good great had has have he help here hey him his hold how i i'll i'm if in invite is it it's join just know
    later let let's like list location make make it make me meet meeting meetings member members minutes mtg move my need new no not note notes of office
    ok okay on or our out over owner place plan please postpone project proof propose push put record remind report reschedule review room save say
    schedule secretary see set she should show so some sorry start status subject talk team that thanks thank the their them then there they thing think
    this time title to treasurer up update us want was we we'll weekly what when where which who will with won't work would yes you your budget action
    agreed resolved what's which when's where's maybe perhaps late can't cannot absolutely sure planning annual general extraordinary hall sync catch
    lunch dinner breakfast call chat standup retro demo kickoff training workshop seminar conference""".split()
)

WHOLE = {
    **{form.format(name): f"language-{code}" for code, name in (("id", "indonesian"), ("en", "english")) for form in ("switch to {}", "change to {}", "switch the language to {}", "change the language to {}", "{} please", "{} for me", "speak {}", "speak {} to me", "speak {} with me", "talk {} to me", "write to me in {}", "answer me in {}", "talk to me in {}", "use {}", "use {} with me", "in {}", "my language is {}", "language {}", "i prefer {}", "i want {}")},
    **dict.fromkeys(("my calendar", "my calendar address", "calendar address", "calendar link", "my calendar link", "calendar feed", "my calendar feed", "subscribe to my calendar", "subscribe to calendar", "calendar"), "feed"),
    **{f"{verb} {what}": "revoke_feed" for verb in ("revoke", "delete", "cancel", "remove") for what in ("my calendar address", "calendar address", "my calendar link", "calendar link", "my calendar feed", "calendar feed")},
    "meet": "meeting", "meeting": "meeting", "proof": "prove", "prove": "prove", "help": "help", "help me": "help", "what can you do": "help", "commands": "help", "usage": "help", "how does this work": "help", "how do i use this": "help", "minutes": "minutes",
    "the minutes": "minutes", "show minutes": "minutes", "show the minutes": "minutes", "show me the minutes": "minutes", "minutes so far": "minutes", "minutes please": "minutes",
    "read the minutes": "minutes", "view minutes": "minutes", "meeting minutes": "minutes", "the minutes so far": "minutes", "minutes save": "save_minutes", "save minutes": "save_minutes",
    "save the minutes": "save_minutes", "export minutes": "save_minutes", "export the minutes": "save_minutes", "download the minutes": "save_minutes", "download minutes": "save_minutes",
    "write the minutes": "save_minutes", "store the minutes": "save_minutes", "file the minutes": "save_minutes", "cancel": "cancel", "cancel it": "cancel", "call it off": "cancel",
    "decisions": "ask_decisions", "all decisions": "ask_decisions", "schedule": "ask_meetings", "what's next": "ask_meetings", "whats next": "ask_meetings", "what is next": "ask_meetings",
    "next meeting": "ask_meetings", "meetings": "ask_meetings", "upcoming meetings": "ask_meetings",
}  # fmt: skip

OPENERS = {
    **dict.fromkeys(("when can everyone", "when can everybody", "when can we all", "when can you all", "when is everyone free to", "when is everyone free for", "when is everybody free for", "when are we all free for", "what day suits everyone for"), "find_time"),
    **dict.fromkeys(("deadline for", "the deadline for", "deadline is", "the deadline is", "call me", "ring me", "phone me", "what time is it", "i'll be there for you", "i will be there for you", "my meeting at work", "my meeting got", "my meeting was", "my work meeting", "i have a meeting at the office", "i have a meeting at work", "i've got a meeting at work", "i have meetings"), "none"),
    "swap": "change",
    "log that": "note", "motion carried": "decide", "motion passed": "decide", "board meeting decided to": "decide", "committee decided to": "decide", "meeting decided to": "decide", "we're agreed": "decide",
    "how do i use": "help", "how do i": "help", "anything on": "ask_meetings", "am i free": "ask_meetings", "list all meetings": "ask_meetings", "list all": "ask_meetings", "remind me what was agreed": "ask_decisions", "remind me what was decided": "ask_decisions", "remind me what we decided": "ask_decisions", "outcome of": "ask_decisions", "what was the decision": "ask_decisions", "what was the keputusan": "ask_decisions", "what was agreed": "ask_decisions",
    "can we also discuss": "agenda", "also discuss": "agenda", "todo for": "action", "to do for": "action", "task for": "action", "skip": "cancel", "clear everything": "cancel", "take it out of": "cancel", "add to board meeting minutes": "note", "add to the board meeting minutes": "note", "put in notulen": "note", "put in the minutes": "note",
    "meetings are": "none", "no one": "none", "nobody": "none", "book club": "event", "book group": "event", "book swap": "event", **dict.fromkeys(("who's up for", "whos up for", "anyone up for", "who is up for", "how about", "fancy", "anyone fancy"), "call"), "have the": "call", "hold the": "call", "do the": "call",
    **{f"set the {what}{to}": "change-place" for what in ("place", "venue", "location") for to in ("", " to")}, **{f"set the {what} to": "change-title" for what in ("title", "name")}, **{f"set the {what} to": "change" for what in ("time", "date", "day", "start", "length", "duration")},
    **{f"{verb} {what}{link}": "find_time" for verb in ("find", "find us", "look for") for what in ("a time", "time", "a slot", "a day", "a date") for link in ("", " for", " for a", " for the")},
    "without": "change-remove",
    "drop the meeting": "cancel", "drop that meeting": "cancel",
    "do a": "call", "do an": "call", "have an": "call", "note to self": "none", "retitle the meeting": "change-title", "retitle it": "change-title",
    "sched": "call", "shedule": "call", "new time": "change", "start at": "change-start?", "start": "change-start?", "let's do": "change-start?", "lets do": "change-start?", "push it out": "change-later", "rescheduled": "change", "we have to cancel": "cancel", "we must cancel": "cancel", "item for the agenda": "agenda", "show this month's decisions": "ask_decisions", "did we decide": "ask_decisions", "did we decide anything": "ask_decisions", "meetings in": "ask_meetings", "list the meetings": "ask_meetings", "meetings on": "ask_meetings", "meetings": "ask_meetings?", "rehearsal": "event", "service": "event", "practice": "event", "fundraiser": "event", "check-in": "event", "choir practice": "event",
    **{f"{verb} {what} {link}": "remind" for verb in ("set", "add", "create", "make", "give me", "send me", "new", "put") for what in ("a reminder", "reminder", "an alarm", "alarm", "a notification", "an event reminder") for link in ("to", "for", "that", "about", "of")},
    **{f"remind {who} {link}": "remind" for who in ("me", "us") for link in ("to", "about", "of", "that", "for", "on")}, "remember to": "remind", "don't forget to": "remind", "set a reminder": "remind", "set reminder": "remind", "set an alarm": "remind", "set alarm": "remind",
    "quarterly review": "meeting", "annual review": "meeting", "budget review": "meeting", "design review": "meeting", "retreat": "meeting", "conference": "meeting", "seminar": "meeting", "brainstorming": "meeting", "call with": "meeting", "call dengan": "meeting", "call sama": "meeting", "bring it forward": "change-earlier", "team meeting": "meeting", "team sync": "meeting",
    "member add": "enrol", "add member": "enrol", "add a member": "enrol", "new member": "enrol", "enrol": "enrol", "enroll": "enrol", "add a new member": "enrol", "add new member": "enrol",
    "register member": "enrol", "register": "enrol", "members add": "enrol", "meeting": "meeting", "meet": "meeting", "board meeting": "meeting", "committee meeting": "meeting",
    "staff meeting": "meeting", "general meeting": "meeting", "annual meeting": "meeting", "assembly": "meeting", "session": "meeting", "standup": "meeting", "stand-up": "meeting",
    "workshop": "meeting", "mtg": "meeting", "sync": "meeting", "gathering": "meeting", "briefing": "meeting", "retro": "meeting", "kickoff": "meeting", "agm": "meeting", "egm": "meeting",
    "hearing": "meeting", "the meeting": "meeting-the", "that meeting": "meeting-the", "our meeting": "meeting-the", "this meeting": "meeting-the", "get together": "meeting",
    "get-together": "meeting", "let's meet": "call-meet", "lets meet": "call-meet", "training": "meeting", "schedule": "call", "set up": "call", "setup": "call", "arrange": "call", "book": "call",
    "call a": "call", "call an": "call", "call": "call", "call the": "call", "convene": "call", "plan": "call", "organize": "call", "organise": "call", "hold": "call", "hold a": "call",
    "create": "call", "make": "call", "add a meeting": "call", "add meeting": "call", "add event": "call", "add an event": "call", "set": "call", "put": "call", "let's have": "call",
    "lets have": "call", "let's hold": "call", "lets hold": "call", "let us meet": "call-meet", "we meet": "call-meet", "we need a": "call", "i need a": "call", "need a": "call",
    "new meeting": "call", "invite": "call-invite", "invite juga": "change-add", "remind me": "remind", "remind us": "remind", "remember": "remind", "add": "change-add?", "propose": "call", "we have a": "call",
    "there is a": "call", "have a": "call", "give me": "remind", "remind": "remind", "move": "change-shift", "reschedule": "change", "postpone": "change-later", "push": "change-later",
    "push back": "change-later", "delay": "change-later", "defer": "change-later", "bring forward": "change-earlier", "move forward": "change-earlier", "advance": "change-earlier",
    "move up": "change-earlier", "change": "change", "shift": "change-shift", "switch": "change", "make it": "change", "put it": "change", "just put it": "change", "make that": "change", "update": "change", "correct": "change", "alter": "change",
    "bring": "change-earlier?", "start earlier": "change-earlier", "relocate": "change", "edit": "change", "modify": "change", "rename": "change-title", "rename it": "change-title",
    "rename it to": "change-title", "change the title": "change-title", "change title": "change-title", "title": "change-title", "retitle": "change-title", "call it": "change-title",
    "rename the meeting": "change-title", "rename that meeting": "change-title", "change the title to": "change-title", "change the name": "change-title", "change the place": "change-place",
    "change place": "change-place", "change the venue": "change-place", "change venue": "change-place", "change the location": "change-place", "change location": "change-place",
    **{f"{verb} the {what}": "change-place" for verb in ("swap", "switch", "move") for what in ("venue", "place", "location", "room")},
    "change the room": "change-place", "new venue": "change-place", "extend": "change-longer", "lengthen": "change-longer", "prolong": "change-longer", "shorten": "change-shorter",
    "cut": "change-shorter", "also invite": "change-add", "add to the meeting": "change-add", "uninvite": "change-remove", "remove": "change-remove", "drop": "change-remove", "cancel": "cancel",
    "call off": "cancel", "cancel the meeting": "cancel", "cancel that meeting": "cancel", "scrap": "cancel", "scrap the meeting": "cancel", "delete the meeting": "cancel", "delete": "cancel",
    "abort": "cancel", "call the meeting off": "cancel", "stop": "cancel", "decision": "decide?", "decided": "decide", "we decided": "decide", "we decide": "decide", "it was decided": "decide",
    "it is decided": "decide", "resolved": "decide", "resolution": "decide?", "we agreed": "decide", "agreed": "decide", "record decision": "decide", "record the decision": "decide",
    "record a decision": "decide", "the board decided": "decide", "the meeting decided": "decide", "the board resolved": "decide", "the meeting resolved": "decide", "be it resolved": "decide",
    "we resolved": "decide", "it was agreed": "decide", "it was resolved": "decide", "we have decided": "decide", "the committee decided": "decide", "note": "note", "note that": "note",
    "notes": "note?", "record that": "note", "record": "note?", "minute": "note", "for the record": "note", "for the minutes": "note", "put on record": "note", "minute that": "note",
    "please note": "note", "write down": "note", "take a note": "note", "add to the minutes": "note", "add a note": "note", "jot down": "note", "minutes note": "note", "let the record show": "note",
    "let the minutes show": "note", "action": "action?", "action item": "action?", "action point": "action?", "task": "action?", "todo": "action?", "to do": "action?", "assign": "action",
    "follow up": "action?", "follow-up": "action?", "agenda": "agenda?", "agenda item": "agenda?", "add to the agenda": "agenda", "add to agenda": "agenda", "put on the agenda": "agenda",
    "agenda add": "agenda", "add agenda item": "agenda", "add an agenda item": "agenda", "new agenda item": "agenda?", "add agenda": "agenda",
    "show decisions": "ask_decisions", "show the decisions": "ask_decisions", "list decisions": "ask_decisions", "list the decisions": "ask_decisions", "which decisions": "ask_decisions",
    "what decisions": "ask_decisions", "what did we decide": "ask_decisions", "what was decided": "ask_decisions", "what have we decided": "ask_decisions", "decisions": "ask_decisions",
    "show all decisions": "ask_decisions", "show me decisions": "ask_decisions", "show me the decisions": "ask_decisions", "search decisions": "ask_decisions", "find decisions": "ask_decisions",
    "find decision": "ask_decisions", "find the decision": "ask_decisions", "all decisions": "ask_decisions?", "any decisions": "ask_decisions", "were there decisions": "ask_decisions",
    "how many decisions": "ask_decisions", "show me all decisions": "ask_decisions", "what has been decided": "ask_decisions", "list all decisions": "ask_decisions",
    "what did the board decide": "ask_decisions", "when is": "ask_meetings", "when's": "ask_meetings", "when are": "ask_meetings", "when do we": "ask_meetings", "when does": "ask_meetings",
    "what's next": "ask_meetings", "what is next": "ask_meetings", "next meeting": "ask_meetings?", "show meetings": "ask_meetings", "list meetings": "ask_meetings",
    "show the meetings": "ask_meetings", "which meetings": "ask_meetings", "what meetings": "ask_meetings", "is there a": "ask_meetings", "are there any": "ask_meetings",
    "do we have": "ask_meetings", "what time is": "ask_meetings", "what time does": "ask_meetings", "where is": "ask_meetings", "where's": "ask_meetings", "show all": "ask_meetings",
    "show": "ask_meetings", "how many": "ask_meetings", "who is coming": "ask_meetings", "who's coming": "ask_meetings", "what's on": "ask_meetings", "what is on": "ask_meetings",
    "list upcoming meetings": "ask_meetings", "show upcoming meetings": "ask_meetings", "upcoming meetings": "ask_meetings", "do i have": "ask_meetings", "what do we have": "ask_meetings",
    "what time do we": "ask_meetings", "whens": "ask_meetings", "show me the meetings": "ask_meetings", "any meetings": "ask_meetings", "proof": "prove", "prove": "prove", "proof of": "prove",
    "show proof": "prove", "show proof of": "prove", "verify": "prove", "proof for": "prove", "show the proof": "prove", "show the proof of": "prove", "prove decision": "prove",
    "proof of decision": "prove", "evidence": "prove", "evidence for": "prove", "minutes": "minutes?", "save minutes": "save_minutes", "minutes save": "save_minutes",
    "save the minutes": "save_minutes",
}  # fmt: skip

COLONS = {
    "item for the agenda": "agenda", "for the agenda": "agenda",     "decision": "decide", "decided": "decide", "resolved": "decide", "resolution": "decide", "decisions": "decide", "agreed": "decide", "outcome": "decide", "note": "note", "notes": "note",
    "minute": "note", "minutes": "note", "record": "note?", "action": "action", "action item": "action", "action point": "action", "task": "action", "todo": "action", "to do": "action",
    "to-do": "action", "ai": "action", "follow up": "action", "follow-up": "action", "agenda": "agenda", "agenda item": "agenda", "add to agenda": "agenda", "add to the agenda": "agenda",
    "new agenda item": "agenda", "agenda add": "agenda", "item": "agenda", "title": "change-title", "new title": "change-title", "place": "change-place", "venue": "change-place",
    "location": "change-place", "fyi for the minutes": "note",
}  # fmt: skip

VERBS = {
    **{f"{how} {what}": "change" for how in ("is", "is now", "will be", "shall be") for what in ("closed", "open to all", "open to everyone", "open to the public")},
    **dict.fromkeys(("is off", "off i'm afraid", "is off i'm afraid", "won't be happening", "won't happen", "isn't happening", "is not happening", "isn't on", "is not on", "not happening", "is a no go", "is a no-go", "is finished for good", "is no more", "has been called off", "is called off", "won't take place", "will not take place"), "cancel"),
    **dict.fromkeys(("has moved to", "has moved", "is moving", "needs a new date", "needs a new time", "needs a new day", "needs to move", "shifted", "has shifted", "swap from", "swaps", "swapped", "changed to", "has changed", "is now", "are now", "switched to", "has switched", "new slot", "new date", "new time"), "change"),
    **dict.fromkeys(("is moving to zoom", "moving to zoom", "moves to zoom", "goes online", "is going online", "venue changed", "venue changed to", "venue is now", "room changed to", "full online"), "change-place"),
    **dict.fromkeys(("a day later", "a week later", "an hour later", "a bit later", "half an hour later", "put back", "has been put back", "put off", "is put off"), "change-later"),
    **dict.fromkeys(("a day earlier", "a week earlier", "an hour earlier", "half an hour earlier"), "change-earlier"),
    "called off": "cancel", "calling off": "cancel", "is cancelled": "cancel", "will be in": "change-place", "will be at": "change-place", "is now on": "change", "is now at": "change", "longer": "change-longer", "shorter": "change-shorter",
    "moves": "change", "is canceled": "cancel", "cancelled": "cancel", "canceled": "cancel", "is off": "cancel", "has been cancelled": "cancel",
    "postponed": "change-later", "is postponed": "change-later", "delayed": "change-later", "pushed back": "change-later", "pushed": "change-later", "moved": "change", "is moved": "change",
    "rescheduled": "change", "brought forward": "change-earlier", "moved up": "change-earlier", "cancel": "cancel", "reschedule": "change", "postpone": "change-later",
    "move": "change-shift", "extended": "change-longer", "moved forward": "change-earlier",
}  # fmt: skip

QUESTIONS = {
    "when": "ask_meetings", "what time": "ask_meetings", "which day": "ask_meetings", "what day": "ask_meetings", "where": "ask_meetings", "is there": "ask_meetings", "are there": "ask_meetings",
    "how many": "ask_meetings", "what": "ask_meetings", "who": "ask_meetings", "any meetings": "ask_meetings",
}  # fmt: skip

_BE = (
    "i'll be there",
    "i will be there",
    "ill be there",
    "i'll come",
    "i will come",
    "i'll attend",
    "i will attend",
    "i'll join",
    "i will join",
    "i'm coming",
    "im coming",
    "i am coming",
    "i'm in",
    "im in",
    "i am in",
    "i can come",
    "i can make it",
    "i can attend",
    "i can join",
    "i'm attending",
    "i am attending",
    "i shall attend",
    "i'd love to come",
    "i will make it",
    "i'll make it",
    "we'll be there",
    "i'm joining",
    "i plan to attend",
)
REPLIES = {
    "can't make": "DECLINED", "cannot make": "DECLINED", "cant make": "DECLINED", "won't make": "DECLINED", "might be able to": "TENTATIVE", "may be able to": "TENTATIVE", "apologies for absence": "DECLINED", "doesn't work for me": "DECLINED", "does not work for me": "DECLINED", "+ 1": "ACCEPTED", "+1": "ACCEPTED", "have to pull out": "DECLINED", "i have to pull out": "DECLINED", "pulling out": "DECLINED", "maybe can't make": "TENTATIVE", "count us in": "ACCEPTED",
    "sounds good": "ACCEPTED-ALONE",
    "minutes late": "LATE",
    "hour late": "LATE",
    "will be": "LATE?",
    "i'm gonna be late": "LATE",
    "gonna be late": "LATE",
    "will tell you later": "TENTATIVE",
    "need to check": "TENTATIVE",
    "can't say yet": "TENTATIVE",
    "will confirm later": "TENTATIVE",
    "i might be able to": "TENTATIVE",
    "i may be able to": "TENTATIVE",
    "i'm not able to": "DECLINED",
    "not able to come": "DECLINED",
    "i am not able to": "DECLINED",
    "i have to miss": "DECLINED",
    "i'll have to miss": "DECLINED",
    "i'm able to": "ACCEPTED",
    "with pleasure": "ACCEPTED",
    "yup": "ACCEPTED",
    "sure": "ACCEPTED-ALONE", "not this time": "DECLINED", "might be late": "LATE", "may be late": "LATE", "maybe it depends": "TENTATIVE", "depends": "TENTATIVE", "it depends": "TENTATIVE",
    **dict.fromkeys(_BE, "ACCEPTED"), "coming": "ACCEPTED", "yes": "ACCEPTED", "yep": "ACCEPTED", "yeah": "ACCEPTED", "attending": "ACCEPTED", "count me in": "ACCEPTED", "will be there": "ACCEPTED",
    "see you there": "ACCEPTED", "accept": "ACCEPTED", "accepted": "ACCEPTED", "going": "ACCEPTED", "i'm going": "ACCEPTED", "i am going": "ACCEPTED", "present": "ACCEPTED",
    "can make it": "ACCEPTED", "happy to come": "ACCEPTED", "works for me": "ACCEPTED", "be there": "ACCEPTED", "will attend": "ACCEPTED", "will come": "ACCEPTED", "will join": "ACCEPTED",
    "i accept": "ACCEPTED", "sure i'll come": "ACCEPTED", "in": "ACCEPTED-ALONE", "i can": "ACCEPTED-ALONE", "gladly": "ACCEPTED", "certainly coming": "ACCEPTED", "definitely coming": "ACCEPTED",
    "i'll definitely be there": "ACCEPTED", "can't make it": "DECLINED", "cannot make it": "DECLINED", "cant make it": "DECLINED", "can not make it": "DECLINED", "not coming": "DECLINED",
    "i can't": "DECLINED", "i cannot": "DECLINED", "i cant": "DECLINED", "i'm not coming": "DECLINED", "i am not coming": "DECLINED", "won't make it": "DECLINED", "wont make it": "DECLINED",
    "can't come": "DECLINED", "cannot come": "DECLINED", "cant come": "DECLINED", "can't attend": "DECLINED", "cannot attend": "DECLINED", "won't be there": "DECLINED",
    "won't be able to": "DECLINED", "not able to": "DECLINED", "unable to attend": "DECLINED", "unable to come": "DECLINED", "i'm out": "DECLINED", "count me out": "DECLINED", "no": "DECLINED-ALONE",
    "nope": "DECLINED-ALONE", "decline": "DECLINED", "declined": "DECLINED", "i decline": "DECLINED", "not attending": "DECLINED", "i must decline": "DECLINED", "can't join": "DECLINED",
    "won't come": "DECLINED", "won't attend": "DECLINED", "will not attend": "DECLINED", "will not come": "DECLINED", "not going": "DECLINED", "i have to skip": "DECLINED",
    "i have to decline": "DECLINED", "sorry can't": "DECLINED", "i'll miss": "DECLINED", "i will miss": "DECLINED", "regrets": "DECLINED", "can't be there": "DECLINED", "cannot be there": "DECLINED",
    "cannot join": "DECLINED", "i will not be there": "DECLINED", "i will not": "DECLINED", "not available": "DECLINED", "i'm not available": "DECLINED", "i'm unavailable": "DECLINED",
    "i am unavailable": "DECLINED", "i won't": "DECLINED", "can't": "DECLINED-ALONE", "maybe": "TENTATIVE", "perhaps": "TENTATIVE", "possibly": "TENTATIVE", "not sure": "TENTATIVE",
    "not sure yet": "TENTATIVE", "i'm not sure": "TENTATIVE", "i might": "TENTATIVE", "might come": "TENTATIVE", "i may": "TENTATIVE", "tentative": "TENTATIVE", "might make it": "TENTATIVE",
    "i'll try": "TENTATIVE", "i will try": "TENTATIVE", "i'll let you know": "TENTATIVE", "don't know yet": "TENTATIVE", "undecided": "TENTATIVE", "probably": "TENTATIVE", "maybe i can": "TENTATIVE", "i'm not sure i can": "TENTATIVE", "not sure if i can": "TENTATIVE", "not sure i can make it": "TENTATIVE",
    "not sure if i can make it": "TENTATIVE", "i'll try to come": "TENTATIVE", "i'll try to make it": "TENTATIVE", "i may come": "TENTATIVE", "i might come": "TENTATIVE",
    "maybe i'll come": "TENTATIVE", "probably not": "TENTATIVE", "i'll be late": "LATE", "i will be late": "LATE", "running late": "LATE", "i'm running late": "LATE", "i'm late": "LATE",
    "i am late": "LATE", "coming late": "LATE", "i'll come late": "LATE", "i'll join late": "LATE", "i'll be a bit late": "LATE", "i might be late": "LATE", "i'm coming late": "LATE",
    "i'll be there late": "LATE", "will be late": "LATE", "i am running late": "LATE", "i will come late": "LATE", "i'll be": "LATE?", "i will be": "LATE?", "running": "LATE?", "proxy": "PROXY",
    "represented by": "PROXY", "will represent me": "PROXY-BEFORE", "my proxy is": "PROXY", "my proxy": "PROXY", "represents me": "PROXY-BEFORE", "will stand in for me": "PROXY-BEFORE",
    "i give my proxy to": "PROXY", "is my proxy": "PROXY-BEFORE", **dict.fromkeys(("as my proxy", "as my representative", "as my stand-in", "to represent me", "to vote for me", "in my place", "in my stead"), "PROXY-BEFORE"), "i'll send": "PROXY", "votes for me": "PROXY-BEFORE",
}  # fmt: skip

FILLERS = frozenset(
    """appoint appointing nominate nominating sending send authorise authorize hereby us illness pls plz yup hmm hm of course apologies pleasure sounds good able perhaps check first need confirm tell later half quarter hour hours an about gonna i i'm i'll me my sorry yes ok okay sure hi hello thanks thank you everyone all guys team the meeting to for tomorrow today tonight it that this but
    then unfortunately sadly afraid really just so we there time on at be a an bit little of work sick ill traveling travelling away busy because as have
    another appointment family with will can come make attend join from next week monday tuesday wednesday thursday friday saturday sunday definitely
    certainly absolutely gladly and minutes min late about around yet if oh well hey i've i'd board great works""".split()
)

MEETINGS = frozenset(
    """meeting retreat brainstorming brainstorm meetings meet meets mtg assembly session standup workshop sync gathering briefing agm egm retro kickoff hearing conference get-together call lunch
    dinner breakfast training seminar appointment event party""".split()
)

PAST = frozenset(
    """used fell ran spoke lasted remember nobody annoying yesterday was were had went did been ago already happened took ended finished""".split()
)

MARKERS = {
    **dict.fromkeys(("please join us for", "join us for", "please join", "join", "do join us for", "know of", "know about", "you are invited to", "you're invited to", "you are cordially invited to", "we invite you to", "we would like to invite you to", "we are holding", "we're holding", "gonna do", "gonna have", "going to do", "going to have", "lemme grab", "let me know of", "let me know about", "let me know", "let's do", "lets do", "a quick",  "will be held as follows", "will be held", "will take place", "takes place", "is scheduled", "has been scheduled", "usual time", "the usual", "as usual", "as always", "don't be late", "dont be late", "be on time", "new notification for", "notification of", "notification for", "new reminder for", "4 a", "calendar entry for", "a calendar entry for", "hey olly", "ok google", "hey google", "hey siri", "alexa", "olly", "remind me", "set a reminder for", "set reminder for", "set a reminder", "set reminder", "set the event", "repeat every year", "everybody 4", "grab everybody for", "many thanks", "thanks in advance", "see you there", "all welcome", "everyone welcome"), "noise"),
    "usual place": "location-noun", "online": "location-noun", "on line": "location-noun",
    "the same time": "noise", "same time": "noise", "the same place": "noise", "same place": "noise",
    "to remind me to": "title", "to remind me about": "title", "to remind me of": "title", "to remind us to": "title",
    "in the calendar": "noise", "to my calendar": "noise", "on the calendar": "noise", "in my calendar": "noise", "to the calendar": "noise", "on my calendar": "noise", "on calendar": "noise", "in our calendar": "noise",
    "at": "location", "in": "location", "location": "location", "venue": "location", "place": "location", "via": "location", "over": "location-platform", "held at": "location", "held in": "location",
    "@": "location-mark", "to": "to", "room": "location-room", "on": "location-platform", "using": "location", "with": "attendees", "w": "attendees-w", "invite": "attendees", "inviting": "attendees",
    "attendees": "attendees", "participants": "attendees", "together with": "attendees", "cc": "attendees", "i've asked": "attendees", "i have asked": "attendees", "to join us": "noise", "for a meeting": "noise", "along with": "attendees", "include": "attendees", "including": "attendees", "for": "attendees-for",
    "plus": "attendees", "between": "attendees-between", "about": "agenda", "regarding": "agenda", "re": "agenda", "concerning": "agenda", "to discuss": "agenda", "on the subject of": "agenda",
    "agenda": "agenda", "topic": "agenda", "to talk about": "agenda", "discussing": "agenda", "subject": "agenda", "with the agenda": "agenda", "to review": "agenda-verb",
    "event:": "title-event", "on the topic of": "agenda", "covering": "agenda", "to plan": "agenda-verb", "to go over": "agenda-verb", "to decide": "agenda-verb", "to approve": "agenda-verb", "with agenda": "agenda",
    "to finalize": "agenda-verb", "to prepare": "agenda-verb", "owner": "owner", "responsible": "owner", "assigned to": "owner", "assignee": "owner", "owned by": "owner", "by": "due?",
    "person in charge": "owner", "in charge": "owner", "assign to": "owner", "assigned": "owner", "responsible person": "owner", "the owner is": "owner", "due": "due", "deadline": "due",
    "due by": "due", "due on": "due", "no later than": "due", "before": "due?", "by the": "due?", "until": "due?", "due date": "due", "not later than": "due", "at the latest by": "due",
    "to be done by": "due", "to be finished by": "due", "target date": "due", "called": "title", "titled": "title", "named": "title", "title": "title", "entitled": "title",
}  # fmt: skip

GROUPS = {
    "all members of the board": "board", "members of the board": "board", "every board member": "board", "the board": "board", "all board members": "board", "board members": "board", "the whole board": "board", "board": "board?", "all members": "all", "every member": "all", "everyone": "all",
    "everybody": "all", "all": "all", "the members": "all", "all the members": "all", "the whole club": "all", "the entire board": "board", "the full board": "board", "the chair": "chair", "chair": "chair", "chairperson": "chair", "the treasurer": "treasurer", "treasurer": "treasurer", "the secretary": "secretary", "secretary": "secretary", "the chairman": "chair",
    "the chairperson": "chair", "chairman": "chair",
}  # fmt: skip

LABELS = {"event": "event:", "occasion": "event:", "meeting": "event:", "date": "on", "day": "on", "time": "at", "when": "", "where": "at", "place": "at", "venue": "at", "location": "at", "agenda": "agenda:", "topic": "agenda:", "link": "", "who": "with", "attendees": "with", "duration": "for", "subject": "agenda:"}  # fmt: skip

LOOSE = frozenset(
    """think we'd i'd wanted on at in for by from the a an there there's and is to starting that of our my me us please pls around about i we will with this some have need be now
    then start starts held via also every so guys hei hey well okay ok until between should shall could can would like early late instead hrs h
    say first thing hold plz sched shedule takes place we're we'll sharp link url sometime""".split()
)

OTHERS = frozenset(
    """neighbour's neighbor's neighbour neighbor neighbours neighbors their his her its company minister news boss they always again""".split()
)

OBJECTS = frozenset(
    """everything it that this the meeting time day date place venue title link instead instead-of room from by back forward earlier later and for until till of on up a
    an one""".split()
)

REASONS = frozenset("""because as since due until till""".split())

POLITE = frozenset(
    """yo y'all sorry unfortunately please pls plz kindly hey hi hello dear bot governor ok okay could can would you we i i'd like to want need want's let's lets let us just so well also
    everyone all someone somebody anyone anybody guys folks good morning afternoon evening will shall may might maybe""".split()
)

NOT_TYPOS = frozenset(
    """market month mouth money honey manday someday sundae sunny march marsh today toady latter later nigh right light fight might sight tight eight night
    moaning mourning fried fridge weekdays monthly marching evening evenings opening meaning""".split()
)

SMALL = frozenset("""a an and at by for from in of on or the to with""".split())

_SHOW = ("show", "show me", "list", "see", "open", "view")

MOTION_LABELS = dict.fromkeys(("motion", "i move", "proposal", "i propose"), "move")

MOTION_OPENERS = dict.fromkeys(("i move that", "i move to", "i hereby move that", "i'd like to move that"), "move")

PROCEEDINGS = {
    **dict.fromkeys(("motions", "open motions", "the motions", "pending motions"), "ask_motions"),
    **dict.fromkeys(tuple(f"{show} {a}motions" for show in _SHOW for a in ("", "the ", "open ")), "ask_motions"),
    **dict.fromkeys(("the agenda", "what's on the agenda", "what is on the agenda"), "ask_agenda"),
    **dict.fromkeys(tuple(f"{show} {a}agenda" for show in _SHOW for a in ("", "the ")), "ask_agenda"),
    **dict.fromkeys(("attendance", "attendance list", "roll call", "show attendance", "who is here"), "attendance"),
    **dict.fromkeys(("bylaws", "the bylaws", "voting rules", "show the rules", "show bylaws", "rules"), "ask_bylaws"),
}

_HOLDERS = ("chair", "chairperson", "secretary", "treasurer")

OFFICES = {
    **dict.fromkeys(("offices", "the offices", "office holders", "who holds which office", "who holds what office"), "ask_offices"),
    **dict.fromkeys(tuple(f"{show} {a}{what}" for show in _SHOW for a in ("", "the ") for what in ("offices", "office holders")), "ask_offices"),
    **dict.fromkeys(tuple(f"{who} {a} {office}" for who in ("who is", "who's") for a in ("the", "our") for office in _HOLDERS), "ask_offices"),
    **dict.fromkeys(tuple(f"{who} {what}" for who in ("who is", "who are") for what in ("on the board", "the officers", "our officers")), "ask_offices"),
}  # fmt: skip

ACTIONS = {
    **dict.fromkeys(("actions", "action items", "open actions", "the actions", "tasks", "open tasks", "to-do list", "todo list"), "ask_actions"),
    **dict.fromkeys(tuple(f"{show} {a}{what}" for show in _SHOW for a in ("", "the ", "open ") for what in ("actions", "action items", "tasks")), "ask_actions"),
}  # fmt: skip

MANDATES = {
    **dict.fromkeys(("make", "appoint", "elect", "name", "is now", "becomes", "is elected", "has been elected", "is appointed"), "give_office"),
    **dict.fromkeys(("remove", "dismiss", "relieve", "steps down", "stepped down", "has stepped down", "resigns", "has resigned", "resigned", "stops", "is no longer"), "end_office"),
}  # fmt: skip

EVENTS = listed("""
    carol singing, carols, plant sale, bake sale, jumble sale, car boot, boot sale, swap meet, raffle, bingo, darts,
    dance, ceilidh, disco, karaoke, open mic, talk, guided walk, litter pick, beach clean, working bee, sports day,
    first aid training, first-aid training, safety drill, fire drill, band practice, football match, netball, cricket,
    choir rehearsal, dress rehearsal, sound check, soundcheck, stocktake, stock take, handover, walkthrough, play
    reading, story time, storytime, playgroup, toddler group, youth group, bible study, prayer meeting, vespers, mass,
    evensong, communion, baptism, christening, wedding, memorial, planning day, away day, awayday, offsite, all-hands,
    all hands, sprint planning, grooming, one to one, appraisal, surgery, mentoring, tasting, cook-off, cookout,
    film club, film society, one on one,
    car wash, blood drive, food drive, voter registration, phone bank, canvass, picket, rally, strike vote,
    club, review, social, match, walk, quiz, cleanup, council, committee, commitee, cttee, potluck, supper,
    picnic, barbecue, bbq, brunch, friendsgiving, service, yoga, birdwatching, tutoring, rehearsal, practice,
    association, meetup, catchup, huddle, debrief, interview, interviews, sale, orientation, townhall, panel,
    maintenance, concert, recital, performance, fair, fete, fundraiser, gala, ceremony, celebration, webinar,
    course, drill, audit, inspection, tour, hike, tournament, chat, induction, forum, roundtable, clinic,
    exhibition, screening, demo, presentation, lecture, hackathon, choir, parade, vigil, mixer, reunion, drinks,
    book club, book group, book swap, reading group, repair cafe, debate club, first aid, first-aid course, hustings, meets, clean-up, catch-up, catch up, kick-off, egg hunt, stock check, site visit, treasurer's
    report, open day, drop-in, town hall, coffee morning, quiz night, quiz nite, bridge night, social evening,
    check-in, 1:1, one-on-one, one on one, work party, field trip, film night, games night, game night, movie
    night, prayer service, street party, tea party
""")

TELLS = listed("""
    i, be, he, me, is, am, i'm, i'll, i've, i'd, im, we're, she, they, you, you're, you'll, my, mine, him, them,
    his, her, their, your, are, was, were, been, isn't, aren't, has, had, do, does, did, would, don't, didn't,
    won't, can't, should, arrive, arrives, play, plays, ugh, kidding, go, got, get, gets, going, went, leave, leaves, arrives, closes, said, says, told, think,
    heard, watched, missed, wish, love, hate, want, if, because, but, who, why, how, what, no, nobody,
    neighbour, neighbour's, neighbor's, neighbor, neighbours, neighbors, dentist, doctor, not
""")

LEADS = listed("""
    reminder, notice, announcement, prepare
""")

ENDERS = listed("""
    meets, convenes, reconvenes, resumes, is, are, will, shall, was, starts, begins, runs, opens, kicks, needs, need,
    which, where, who, down, at, in, on, outside, inside, before, after, bring, please, goes
""")

PROPOSALS = listed("""
    can someone book, could someone book, can you book, could you book, can we book, can somebody book,
    how about, what about, can we do, can we have, can we hold, can we meet, could we do, could we have, could we meet, shall we,
    can you all do, can everyone do, is everyone free, are people free, work for, works for, suit everyone, does that work,
    anyone fancy, may i suggest, i suggest, suits everyone, work for people, ok for everyone, good for everyone
""")

PLACES = listed("""
    hall, room, church, library, park, centre, center, office, house, school, cafe, gardens, garden, field, stadium, auditorium,
    clubhouse, annex, boathouse, gym, pavilion, theatre, theater, chapel, barn, kitchen, lounge, studio, museum, hotel, inn,
    pub, square, lane, street, road, churchyard, boardroom, lobby, shed, workshop, basement, mosque, temple, lodge
""")

WISHES = listed("hope, hopefully, hoping, wish, wishing")

BOOKS = listed("book, reserve, get, hire, rent, borrow, use, need, grab, have")

ANNOUNCES = listed("hereby")

STRANGERS = listed("""
    parcel, parcels, pharmacy, cafe, season, happy, kids, gym, power, liverpool, arsenal, chelsea, spurs, shop, shops, train, trains, bus, flight, sun, sunset, sunrise, film, market, doctor, dentist, bank, weather, rain
""")

WEAK = listed("meet, meets, gathering, event, call, conference")

ENGLISH = Language(
    code="en",
    words=WORDS,
    common=COMMON,
    polite=POLITE,
    loose=LOOSE,
    others=OTHERS,
    objects=OBJECTS,
    reasons=REASONS,
    whole=WHOLE | PROCEEDINGS | OFFICES | ACTIONS,
    openers=OPENERS | MOTION_OPENERS,
    colons=COLONS | MOTION_LABELS,
    verbs=VERBS,
    questions=QUESTIONS,
    replies=REPLIES,
    mandates=MANDATES,
    fillers=FILLERS,
    meetings=MEETINGS,
    past=PAST,
    events=EVENTS,
    tells=TELLS,
    leads=LEADS,
    enders=ENDERS,
    weak=WEAK,
    announces=ANNOUNCES,
    strangers=STRANGERS,
    places=PLACES,
    books=BOOKS,
    wishes=WISHES,
    stands=listed("is, are"),
    proposals=PROPOSALS,
    markers=MARKERS,
    groups=GROUPS,
    spelled={"mtg": "meeting", "mtgs": "meetings", "rpt": "rapat"},
    labels=LABELS,
    not_typos=NOT_TYPOS,
    month_first=True,
    small_words=SMALL,
)
