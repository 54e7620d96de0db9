"""Which languages do we read? One file each; a new language is one file and one line here."""

from functools import lru_cache

from governor.understanding.lexicon import Language


@lru_cache(maxsize=1)
def languages() -> tuple[Language, ...]:
    """Return the languages, the first for texts that tell none; their tables are loaded when they are first asked."""
    from governor.understanding.languages.en import ENGLISH
    from governor.understanding.languages.id import INDONESIAN
    from governor.understanding.languages.ms import MALAY

    return INDONESIAN, ENGLISH, MALAY
