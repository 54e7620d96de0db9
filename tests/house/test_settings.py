"""Does ``.env.example`` tell every setting, as the code has it?"""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_settings import BaseSettings

from tests.house.settings import example, groups
from tests.house.sources import ROOT

SECRET = ("password", "token", "url", "secret_")


def test_example_lists_every_setting_with_its_default_and_what_it_does() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == example()


@pytest.mark.parametrize(("title", "settings"), [*groups()])
def test_every_setting_says_what_it_does(title: str, settings: type[BaseSettings]) -> None:
    assert [name for name, field in settings.model_fields.items() if not field.description] == []
    assert settings.model_config.get("env_prefix") == "GOVERNOR_"
    assert settings.model_config.get("env_file") == ".env"


@pytest.mark.parametrize(("title", "settings"), [*groups()])
def test_secret_settings_do_not_print_themselves(title: str, settings: type[BaseSettings]) -> None:
    for name, field in settings.model_fields.items():
        if any(word in name for word in SECRET):
            assert SecretStr in (field.annotation, *getattr(field.annotation, "__args__", ())), name


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_documents_name_only_settings_that_there_are(path: Path) -> None:
    known = {f"GOVERNOR_{name.upper()}" for _, settings in groups() for name in settings.model_fields}
    assert set(re.findall(r"GOVERNOR_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known


def test_example_that_is_copied_as_it_is_changes_nothing() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []
