"""What can be typed in a terminal? The commands, their options and their help; what they do is done elsewhere.

Nothing heavy is imported here, so that ``governor --help`` answers at once.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated, Protocol

import typer

Data = Annotated[Path | None, typer.Option("--data", help="Folder of the record (GOVERNOR_DATA; default ./data).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


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


def build(actions: Build) -> typer.Typer:
    """Return the command-line program; *actions* is called once a command really runs."""
    app = typer.Typer(
        name="governor",
        help="Meetings called in the chat, decisions kept in a record that proves itself.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for add in (_add_run, _add_read, _add_verify, _add_export, _add_effects, _add_status, _add_adapters):
        add(app, actions)
    return app


def _add_run(app: typer.Typer, actions: Build) -> None:
    @app.command()
    def run(
        data: Data = None,
        strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when a line from a pipe was refused.")] = False,
    ) -> None:
        """Start Governor: chat, public page, deliveries.

        Example:  governor run < meeting.txt
        """
        raise typer.Exit(actions().run(data, is_strict=strict))


def _add_read(app: typer.Typer, actions: Build) -> None:
    @app.command()
    def read(
        text: Annotated[str | None, typer.Argument(help="The sentence, in quotes.")] = None,
        data: Data = None,
        as_json: AsJson = False,
        jsonl: Annotated[bool, typer.Option("--jsonl", help="Answer JSON lines {text, ref, tz, lang}.")] = False,
    ) -> None:
        """Show how a sentence is understood.

        Example:  governor read "rapat pengurus besok jam 7 malam"
        """
        if text is None and not jsonl:
            raise typer.BadParameter("a sentence, or --jsonl")
        raise typer.Exit(actions().read(data, None if jsonl else text, as_json=as_json))


def _add_verify(app: typer.Typer, actions: Build) -> None:
    @app.command()
    def verify(
        proof: Annotated[Path | None, typer.Argument(help="A .tlog-proof file; without one, the whole record.")] = None,
        key: Annotated[str | None, typer.Option("--key", help="The log's verifier key, got from elsewhere.")] = None,
        data: Data = None,
        as_json: AsJson = False,
    ) -> None:
        """Check the record, or one proof. Exit 0: sound, 1: altered, 2: cannot tell.

        Example:  governor verify --json
        """
        found = actions().verify(data, proof, key)
        print(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(map(str, _list(found["lines"]))))  # noqa: T201
        raise typer.Exit(int(str(found["status"])))


def _add_export(app: typer.Typer, actions: Build) -> None:
    @app.command()
    def export(
        checkpoint: Annotated[bool, typer.Option("--checkpoint", help="The signed checkpoint.")] = False,
        proof: Annotated[str | None, typer.Option("--proof", help="The proof of a decision: 2026-001.")] = None,
        data: Data = None,
    ) -> None:
        """Print the checkpoint, or the proof of a decision.

        Example:  governor export --proof 2026-001 > 2026-001.tlog-proof
        """
        if checkpoint == (proof is not None):
            raise typer.BadParameter("either --checkpoint or --proof NUMBER")
        sys.stdout.write(actions().export(data, proof))


def _add_effects(app: typer.Typer, actions: Build) -> None:
    @app.command()
    def effects(
        retry: Annotated[str | None, typer.Option("--retry", help="The id of a dead delivery to try again.")] = None,
        data: Data = None,
        as_json: AsJson = False,
    ) -> None:
        """Show the deliveries that wait or have failed.

        Example:  governor effects --retry invitation:2026-001:…:1
        """
        _show(actions().effects(data, retry), "effects" if as_json else None)


def _add_status(app: typer.Typer, actions: Build) -> None:
    @app.command()
    def status(data: Data = None, as_json: AsJson = False) -> None:
        """Show how Governor fares: deliveries, mail set aside, the last self-check.

        Example:  governor status --json
        """
        _show(actions().status(data), "health" if as_json else None)


def _add_adapters(app: typer.Typer, actions: Build) -> None:
    """Give each adapter that has something to be typed a command of its name; which do, their entry points say."""
    groups: dict[str, typer.Typer] = {}
    for kind, add in (("connects", _add_connect), ("invites", _add_invite)):
        for entry in entry_points(group=f"governor.{kind}"):
            if entry.name not in groups:
                groups[entry.name] = _group(app, entry.name)
            add(groups[entry.name], actions, entry.name)


def _group(app: typer.Typer, name: str) -> typer.Typer:
    about = f"Connect {name.capitalize()}."
    group = typer.Typer(help=about, no_args_is_help=True, rich_markup_mode=None)
    group.callback()(lambda: None)  # so that one command alone still has its name
    app.add_typer(group, name=name)
    return group


def _add_connect(group: typer.Typer, actions: Build, name: str) -> None:
    about = f"Connect an account of {name.capitalize()}: by signing in, or with a service account."

    @group.command(help=f"{about}\n\nExample:  governor {name} connect --client client_secret.json")
    def connect(
        client: Annotated[Path | None, typer.Option("--client", help="File of an OAuth client (Desktop app).")] = None,
        service_account: Annotated[
            Path | None, typer.Option("--service-account", help="File of a service account, with its key.")
        ] = None,
        subject: Annotated[
            str | None, typer.Option("--subject", help="User for whom the service account acts (delegation).")
        ] = None,
        calendar: Annotated[str | None, typer.Option("--calendar", help="Id of the calendar; the user's own.")] = None,
        paste: Annotated[bool, typer.Option("--paste", help="The browser is on another machine.")] = False,
        data: Data = None,
    ) -> None:
        wanted = Connect(
            client=client, service_account=service_account, subject=subject, calendar=calendar, is_pasted=paste
        )
        actions().connect(data, name, wanted)


def _add_invite(group: typer.Typer, actions: Build, name: str) -> None:
    about = f"Print the address at which the bot is invited to a server of {name.capitalize()}."

    @group.command(help=f"{about}\n\nExample:  governor {name} invite")
    def invite(data: Data = None) -> None:
        print("\n".join(actions().invite(data, name)))  # noqa: T201


def _show(found: Mapping[str, object], part: str | None) -> None:
    """Print the *part* of what was found as JSON; without one, its lines."""
    print("\n".join(map(str, _list(found["lines"]))) if part is None else json.dumps(found[part], ensure_ascii=False))  # noqa: T201


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else (value,)
