"""Where does Governor start?"""

import os
import sys
from typing import cast

from governor.cli import Actions, build
from governor.errors import GovernorError


def main() -> None:
    """Run the command that was typed; what Governor foresees is told in one line, and exits 2."""
    try:
        build(_actions)()
    except BrokenPipeError:  # whoever read what we print (``| head``) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (GovernorError, ExceptionGroup) as raised:
        from governor.failures import complain, foreseen

        error = foreseen(raised)
        if error is None:
            raise
        sys.exit(complain(error))


def _actions() -> Actions:
    os.umask(0o077)  # whatever a command makes is its owner's
    from governor import actions

    return cast("Actions", actions)


if __name__ == "__main__":
    main()
