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
    except GovernorError as error:
        from governor.wording.catalogue import say
        from governor.wording.phrase import phrase

        sys.exit(_failed(say(phrase(error.key, **error.values), "id"), say(phrase(error.key, **error.values), "en")))


def _actions() -> Actions:
    from governor import actions

    return cast("Actions", actions)


def _failed(indonesian: str, english: str) -> int:
    print(f"governor: {indonesian}\n          {english}", file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    main()
