from tests.delivery.conftest import crew, furnished, hall, inbox, postgres_url, url
from tests.postgres import postgres
from tests.store.conftest import template

__all__ = ["crew", "furnished", "hall", "inbox", "postgres", "postgres_url", "template", "url"]
