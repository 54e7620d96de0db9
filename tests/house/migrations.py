"""Do the migrations make exactly the tables of the code, up and down? Run by ``make check``."""

import tempfile
from pathlib import Path

from sqlalchemy import create_engine, inspect

from governor.store import migrate


def main() -> None:
    """Migrate a new SQLite file up, compare, and take it down again."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'check.db'}")
        migrate.upgrade(engine)
        migrate.check(engine)
        migrate.downgrade(engine)
        left = set(inspect(engine).get_table_names()) - {"alembic_version"}
        if left:
            raise SystemExit(f"left behind after going down: {sorted(left)}")
        engine.dispose()


if __name__ == "__main__":
    main()
