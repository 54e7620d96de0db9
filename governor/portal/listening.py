"""Where does the public page listen? Nothing heavy is loaded for it: a port that is taken is told at once."""

import socket

from governor.errors import Refused


def listen(host: str, port: int) -> socket.socket:
    """Return the socket that is bound to *port* of *host*.

    Raises:
        Refused: it is taken, or not ours to take.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Refused("port-taken", place=f"{host}:{port}", reason=error.strerror) from error
    return listener
