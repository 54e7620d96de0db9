"""Which languages do we read? One file each; a new language is one file and one line here."""

from governor.understanding.languages.en import ENGLISH
from governor.understanding.languages.id import INDONESIAN
from governor.understanding.languages.ms import MALAY

LANGUAGES = (INDONESIAN, ENGLISH, MALAY)
