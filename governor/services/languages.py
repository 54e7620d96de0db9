"""In which language is a member spoken and written to?"""

from governor.domain.events import LanguageChosen
from governor.domain.languages import Language
from governor.domain.members import Member
from governor.domain.permissions import Permission
from governor.ports import Reply
from governor.services.commands import Caller, Command
from governor.store.organisations import Organisation
from governor.store.unit_of_work import UnitOfWork
from governor.understanding.reading import Act
from governor.values import dataclass
from governor.wording.phrase import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseLanguage:
    """Have the caller spoken and written to in ``language`` from now on."""

    language: Language


def spoken_to(person: Member | None, organisation: Organisation | None) -> str:
    """Return the language (ISO 639-1) that *person* chose, else that of *organisation*, else the first."""
    if person is not None and person.language is not None:
        return person.language.value
    return next(iter(Language)).value if organisation is None else organisation.language


def choose(request: ChooseLanguage, caller: Caller, work: UnitOfWork) -> Reply:
    """Enter the language of the caller's choice, and answer in it."""
    member = caller.member
    chosen = LanguageChosen(member=member.id, number=member.number, language=request.language)
    work.record(chosen, by=member.id)
    return Reply(language=request.language.value, lines=(phrase("language-chosen"),))


COMMANDS = (
    Command(
        name="language",
        request=ChooseLanguage,
        permission=Permission.MEMBER_LANGUAGE,
        handle=choose,
        act=Act.LANGUAGE,
    ),
)
