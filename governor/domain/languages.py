"""Which languages does Governor speak?"""

from enum import StrEnum


class Language(StrEnum):
    """A language that people are answered and written to in, by its ISO 639-1 code; the default first. Recorded."""

    INDONESIAN = "id"
    ENGLISH = "en"
