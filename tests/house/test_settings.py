"""Does ``.env.example`` tell every setting, as the code has it?"""

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from governor.ports.choices import Secret, variable
from tests.house.settings import Kind, example, groups
from tests.house.sources import ROOT

SECRET = ("password", "token", "url", "secret_")


def test_example_lists_every_setting_with_its_default_and_what_it_does() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == example()


@pytest.mark.parametrize(("title", "settings"), [*groups()])
def test_every_setting_says_what_it_does(title: str, settings: Kind) -> None:
    assert [one.name for one in fields(settings) if not one.metadata["about"]] == []


@pytest.mark.parametrize(("title", "settings"), [*groups()])
def test_secret_settings_do_not_print_themselves(title: str, settings: Kind) -> None:
    for name, kind in get_type_hints(settings).items():
        if any(word in name for word in SECRET):
            assert Secret in (kind, *get_args(kind)), name


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_documents_name_only_settings_that_there_are(path: Path) -> None:
    known = {variable(one.name) for _, settings in groups() for one in fields(settings)}
    assert set(re.findall(r"GOVERNOR_[A-Z_]+", path.read_text(encoding="utf-8"))) <= known


def test_example_that_is_copied_as_it_is_changes_nothing() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []
