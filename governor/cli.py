"""What can be typed in a terminal? The commands, their options and their help; what they do is done elsewhere.

Nothing heavy is imported here, so that ``governor --help`` answers at once.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

import click
from click.exceptions import Exit

from governor.values import dataclass

_PATH = click.Path(path_type=Path)
_DATA = click.option("--data", type=_PATH, help="Folder of the record (GOVERNOR_DATA; default ./data).")
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Connect:
    """What was typed to connect an adapter: files, a user, a calendar; ``is_pasted``: the code comes back by hand."""

    client: Path | None
    service_account: Path | None
    subject: str | None
    calendar: str | None
    is_pasted: bool


class Actions(Protocol):
    """What the commands do. Each returns an exit status, and prints through the given functions only."""

    def run(self, data: Path | None, *, is_strict: bool) -> int:
        """Run Governor until its chat ends."""

    def read(self, data: Path | None, text: str | None, *, as_json: bool) -> int:
        """Show how a sentence is read; without one, answer JSON lines from standard input."""

    def verify(self, data: Path | None, proof: Path | None, key: str | None) -> Mapping[str, object]:
        """Return what verification found, with its ``status`` (0 sound, 1 altered, 2 cannot tell) and ``lines``."""

    def export(self, data: Path | None, proof: str | None) -> str:
        """Return the present checkpoint, or the proof of a decision."""

    def connect(self, data: Path | None, name: str, wanted: Connect) -> None:
        """Connect the adapter of that *name* to an account."""

    def effects(self, data: Path | None, retry: str | None) -> Mapping[str, object]:
        """Return the ``effects`` that are queued or dead, after having had *retry* tried again; ``lines`` say so."""

    def status(self, data: Path | None) -> Mapping[str, object]:
        """Return how Governor fares (``health``), and the ``lines`` that say so."""

    def invite(self, data: Path | None, name: str) -> Sequence[str]:
        """Return the lines that say where the bot of the adapter *name* is invited from."""


Build = Callable[[], Actions]
"""Gives the actions, once a command really runs."""


class _Listed(click.Group):
    """Commands that the help lists in the order in which people come to need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click gives it
        return [*self.commands]


def build(actions: Build) -> click.Group:
    """Return the command-line program; *actions* is called once a command really runs."""
    about = "Meetings called in the chat, decisions kept in a record that proves itself."
    app = _Listed(name="governor", help=about, no_args_is_help=True)
    for add in (_add_run, _add_read, _add_verify, _add_export, _add_effects, _add_status, _add_adapters):
        add(app, actions)
    return app


def _add_run(app: click.Group, actions: Build) -> None:
    @app.command()
    @_DATA
    @click.option("--strict", is_flag=True, help="Exit 1 when a line from a pipe was refused.")
    def run(data: Path | None, strict: bool) -> None:
        """Start Governor: chat, public page, deliveries.

        Example:  governor run < meeting.txt
        """
        raise Exit(actions().run(data, is_strict=strict))


def _add_read(app: click.Group, actions: Build) -> None:
    @app.command()
    @click.argument("text", required=False)
    @_DATA
    @_AS_JSON
    @click.option("--jsonl", is_flag=True, help="Answer JSON lines {text, ref, tz, lang}.")
    def read(text: str | None, data: Path | None, as_json: bool, jsonl: bool) -> None:
        """Show how a sentence, in quotes, is understood.

        Example:  governor read "rapat pengurus besok jam 7 malam"
        """
        if text is None and not jsonl:
            raise click.UsageError("a sentence, or --jsonl")
        raise Exit(actions().read(data, None if jsonl else text, as_json=as_json))


def _add_verify(app: click.Group, actions: Build) -> None:
    @app.command()
    @click.argument("proof", required=False, type=_PATH)
    @click.option("--key", help="The log's verifier key, got from elsewhere; the record or the file must be of it.")
    @_DATA
    @_AS_JSON
    def verify(proof: Path | None, key: str | None, data: Path | None, as_json: bool) -> None:
        """Check the record, or one .tlog-proof file. Exit 0: sound, 1: altered, 2: cannot tell.

        Example:  governor verify --json
        """
        found = actions().verify(data, proof, key)
        print(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(map(str, _list(found["lines"]))))  # noqa: T201
        raise Exit(int(str(found["status"])))


def _add_export(app: click.Group, actions: Build) -> None:
    @app.command()
    @click.option("--checkpoint", is_flag=True, help="The signed checkpoint.")
    @click.option("--proof", help="The proof of a decision: 2026-001.")
    @_DATA
    def export(checkpoint: bool, proof: str | None, data: Path | None) -> None:
        """Print the checkpoint, or the proof of a decision.

        Example:  governor export --proof 2026-001 > 2026-001.tlog-proof
        """
        if checkpoint == (proof is not None):
            raise click.UsageError("either --checkpoint or --proof NUMBER")
        sys.stdout.write(actions().export(data, proof))


def _add_effects(app: click.Group, actions: Build) -> None:
    @app.command()
    @click.option("--retry", help="The id of a dead delivery to try again.")
    @_DATA
    @_AS_JSON
    def effects(retry: str | None, data: Path | None, as_json: bool) -> None:
        """Show the deliveries that wait or have failed.

        Example:  governor effects --retry invitation:2026-001:…:1
        """
        _show(actions().effects(data, retry), "effects" if as_json else None)


def _add_status(app: click.Group, actions: Build) -> None:
    @app.command()
    @_DATA
    @_AS_JSON
    def status(data: Path | None, as_json: bool) -> None:
        """Show how Governor fares.

        Deliveries, mail set aside, the last check of the record by itself.

        Example:  governor status --json
        """
        _show(actions().status(data), "health" if as_json else None)


def _add_adapters(app: click.Group, actions: Build) -> None:
    """Give each adapter that has something to be typed a command of its name; which do, their entry points say."""
    groups: dict[str, click.Group] = {}
    kinds = (("connects", _add_connect, "Connect {}."), ("invites", _add_invite, "Invite the bot to {}."))
    for kind, add, about in kinds:
        for entry in entry_points(group=f"governor.{kind}"):
            if entry.name not in groups:
                groups[entry.name] = click.Group(
                    entry.name, help=about.format(entry.name.capitalize()), no_args_is_help=True
                )
                app.add_command(groups[entry.name])
            add(groups[entry.name], actions, entry.name)


def _add_connect(group: click.Group, actions: Build, name: str) -> None:
    about = f"Connect an account of {name.capitalize()}.\n\nBy signing in, or with a service account."

    @group.command(help=f"{about}\n\nExample:  governor {name} connect --client client_secret.json")
    @click.option("--client", type=_PATH, help="File of an OAuth client (Desktop app).")
    @click.option("--service-account", type=_PATH, help="File of a service account, with its key.")
    @click.option("--subject", help="User for whom the service account acts (delegation).")
    @click.option("--calendar", help="Id of the calendar; the user's own.")
    @click.option("--paste", "is_pasted", is_flag=True, help="The browser is on another machine.")
    @_DATA
    def connect(
        client: Path | None,
        service_account: Path | None,
        subject: str | None,
        calendar: str | None,
        is_pasted: bool,
        data: Path | None,
    ) -> None:
        wanted = Connect(
            client=client, service_account=service_account, subject=subject, calendar=calendar, is_pasted=is_pasted
        )
        actions().connect(data, name, wanted)


def _add_invite(group: click.Group, actions: Build, name: str) -> None:
    about = f"Print where the bot is invited to {name.capitalize()}."

    @group.command(help=f"{about}\n\nExample:  governor {name} invite")
    @_DATA
    def invite(data: Path | None) -> None:
        print("\n".join(actions().invite(data, name)))  # noqa: T201


def _show(found: Mapping[str, object], part: str | None) -> None:
    """Print the *part* of what was found as JSON; without one, its lines."""
    print("\n".join(map(str, _list(found["lines"]))) if part is None else json.dumps(found[part], ensure_ascii=False))  # noqa: T201


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else (value,)
