"""In which form does an effect reach the durable engine? Recorded names, and what is stored under them.

Only this module and ``jobs.shared`` know the engine: where several processes share a PostgreSQL. A SQLite file has one
process, and needs no other queue than its own rows.
"""

import json

from dbos import DBOSClient, EnqueueOptions, Serializer

from governor.store.database import Connection, Database

WORKFLOW = "run_effect"
"""The recorded name of the workflow that carries out one effect."""

QUEUE = "effects"
"""The recorded name of the queue it waits in."""

VERSION = "1"
"""The application version that the engine is pinned to, so that rows written by one release run under the next."""


class Json(Serializer):
    """Keeps what the engine stores readable, and safe to read, for as long as rows wait."""

    def serialize(self, data: object) -> str:
        """Return *data* as JSON; what has no JSON form, such as an exception, as its representation."""
        return json.dumps(data, default=repr)

    def deserialize(self, serialized_data: str) -> object:
        """Return what JSON *serialized_data* holds."""
        return json.loads(serialized_data)


class Queue:
    """The queue of effects in one PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._client = DBOSClient(system_database_engine=database.engine, serializer=Json())

    def put(self, connection: Connection, effect_id: str, tries: int, *, workflow_id: str, delay: float | None) -> None:
        """Have the effect, which failed *tries* times, carried out *delay* seconds after *connection* commits."""
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": workflow_id,
            "app_version": VERSION,
        }
        if delay is not None:
            options["delay_seconds"] = delay
        self._client.enqueue_in_transaction(connection, options, effect_id, tries)
