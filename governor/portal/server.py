"""How are the pages served?"""

import logging

import uvicorn
from starlette.applications import Starlette


def server_of(app: Starlette) -> uvicorn.Server:
    """Return the server of *app*; its log is silent, for addresses may be secret."""
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1)
    # Without a configuration of its own, uvicorn leaves this log to whoever listens to all of them.
    logging.getLogger("uvicorn.access").disabled = True
    return uvicorn.Server(config)
