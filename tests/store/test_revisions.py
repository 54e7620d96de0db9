"""Does a database know whether it is at the newest revision?"""

from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text

from governor.store.revisions import SCRIPTS, is_current, newest


def test_newest_revision_is_the_head_of_the_migrations() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [newest()]


def test_migrated_database_is_current(engine: Engine) -> None:
    with engine.connect() as connection:
        assert is_current(connection)


def test_empty_database_is_not_current(tmp_path: Path) -> None:
    with create_engine(f"sqlite:///{tmp_path / 'empty.db'}").connect() as connection:
        assert not is_current(connection)


def test_database_of_another_revision_is_not_current(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        assert not is_current(connection)
