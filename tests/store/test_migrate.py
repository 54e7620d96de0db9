import pytest
from alembic.util import CommandError
from sqlalchemy import Engine, inspect, text

from governor.errors import Refused
from governor.store.migrate import check, downgrade, upgrade
from governor.store.unit_of_work import Record

TERMS = "SELECT number, office, since, until, decision, ended_by FROM office"
TABLES = {"log_entry", "log_node", "log_head", "log_checkpoint", "log_value"}


def test_migrations_make_the_tables_that_the_code_names(engine: Engine) -> None:
    check(engine)


def test_migrations_go_down_and_up_again(engine: Engine) -> None:
    downgrade(engine)
    left = set(inspect(engine).get_table_names())
    upgrade(engine)
    upgrade(engine)

    assert left == {"alembic_version"}
    assert set(inspect(engine).get_table_names()) >= TABLES
    check(engine)


def test_tables_of_other_owners_are_no_difference(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE workflow_status (id INTEGER PRIMARY KEY)"))

    check(engine)


def test_table_that_is_not_as_the_code_names_it_is_a_difference(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_log_value_person"))

    with pytest.raises(CommandError, match="ix_log_value_person"):
        check(engine)


def test_database_of_a_newer_governor_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(Refused, match="database-newer revision='9999'"):
        upgrade(engine)


def test_offices_given_before_their_terms_were_kept_have_the_instant_of_their_entry(record: Record) -> None:
    with record.database.migrating() as engine:
        with engine.connect() as connection:
            before = connection.execute(text(TERMS)).all()
        downgrade(engine, "0009")
        upgrade(engine)
        with engine.connect() as connection:
            after = connection.execute(text(TERMS)).all()

    assert before == after
    assert len(before) == 1
