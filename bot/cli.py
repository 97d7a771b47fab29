"""The command line: ``skillwarden console | serve | users | providers | policy | slack | doctor | resolve | ...``."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli_groups import GROUPS
from bot.cli_mistakes import PlainGroup
from bot.cli_options import ConfigOption, DemoOption, HomeOption
from bot.cli_words import say, say_error, translate_help
from core.domain.hidden_text import visible
from core.errors import InvalidInput, InvalidSetting, SkillwardenError, Words

_BROKEN_PIPE = 141  # what a shell says of a program that SIGPIPE ended

app = typer.Typer(
    cls=PlainGroup,
    name="skillwarden",
    help="Installs Agent Skills on a team's AI providers, once somebody else agrees.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

slack = typer.Typer(help="What Slack needs to know about the bot.", no_args_is_help=True)


def _print_version(wanted: bool) -> None:
    if wanted:
        import importlib.metadata

        typer.echo(f"skillwarden {importlib.metadata.version('skillwarden')}")
        raise typer.Exit


@app.callback()
def skillwarden(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version, and do nothing.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """See the help of the application."""


@app.command()
def console(home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """Talk to the bot here; a script on standard input is read one message a line."""
    with _importing():
        from bot.cli_console import talk

    talk(home, config, demo=demo)


@app.command()
def serve(home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """Run the bot: Slack, HTTP, timers and workers, until it is told to stop."""
    with _importing():
        from bot.serve import serve as run

    run(home, config, demo=demo)


@app.command()
def worker(home: HomeOption = None, config: ConfigOption = None, demo: DemoOption = False) -> None:
    """Only install, beside any number of "serve" and "worker" on one PostgreSQL database, until it is told to stop."""
    with _importing():
        from bot.worker import work

    work(home, config, demo=demo)


@app.command()
def init(
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; what no option says is as by default.")] = False,
    check: Annotated[bool, typer.Option(help="Ask the platforms whether the tokens are good.")] = True,
    keep_secrets: Annotated[
        bool, typer.Option("--keep-secrets", help="Copy secrets of the environment into files in the home.")
    ] = False,
    language: Annotated[Literal["en", "ko"] | None, typer.Option(help="[default: that of the terminal]")] = None,
    database: Annotated[str | None, typer.Option(help="A URL without a password. [default: a file]")] = None,
    database_password: Annotated[str | None, typer.Option(help="Where it is: env:NAME or file:/path.")] = None,
    slack_mode: Annotated[Literal["off", "socket", "http"] | None, typer.Option("--slack")] = None,
    slack_bot_token: Annotated[str | None, typer.Option(help="Where it is. [default: env:SLACK_BOT_TOKEN]")] = None,
    slack_app_token: Annotated[str | None, typer.Option(help="Where it is. [default: env:SLACK_APP_TOKEN]")] = None,
    slack_signing_secret: Annotated[
        str | None, typer.Option(help="Where it is. [default: env:SLACK_SIGNING_SECRET]")
    ] = None,
    slack_api_url: Annotated[str | None, typer.Option(help="[default: https://slack.com/api/]")] = None,
    approval_channel: Annotated[str | None, typer.Option(help="A Slack channel for approval cards.")] = None,
    telegram_mode: Annotated[Literal["off", "polling", "webhook"] | None, typer.Option("--telegram")] = None,
    telegram_token: Annotated[str | None, typer.Option(help="Where it is. [default: env:TELEGRAM_TOKEN]")] = None,
    telegram_webhook_secret: Annotated[
        str | None, typer.Option(help="Where it is. [default: env:TELEGRAM_WEBHOOK_SECRET]")
    ] = None,
    telegram_api_url: Annotated[str | None, typer.Option(help="[default: https://api.telegram.org]")] = None,
    approval_chat: Annotated[str | None, typer.Option(help="A Telegram group for approval cards.")] = None,
    public_url: Annotated[str | None, typer.Option(help="How the bot is reached from outside.")] = None,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,  # noqa: ARG001 - every command takes it; a demo is configured like any other home
) -> None:
    """Make a config.toml: asks, and checks each token as it is entered; scripts use --yes and options."""
    from bot.cli_init import Way, initialise

    choices = {
        "language": language,
        "database.url": database,
        "database.password": database_password,
        "slack.mode": slack_mode,
        "slack.bot_token": slack_bot_token,
        "slack.app_token": slack_app_token,
        "slack.signing_secret": slack_signing_secret,
        "slack.api_url": slack_api_url,
        "slack.approval_channel": approval_channel,
        "telegram.mode": telegram_mode,
        "telegram.token": telegram_token,
        "telegram.webhook_secret": telegram_webhook_secret,
        "telegram.api_url": telegram_api_url,
        "telegram.approval_chat": approval_chat,
        "http.public_url": public_url,
    }
    initialise(home, config, choices, Way(asks_nobody=yes, checks=check, keeps_secrets=keep_secrets))


@slack.command("manifest")
def slack_manifest(
    name: Annotated[str, typer.Option(help="What the bot is called in Slack.")] = "Skillwarden",
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Print the app manifest to paste at Slack, for the mode in the configuration."""
    from bot.channels.slack.manifest import manifest
    from bot.installation import Installation

    installation = Installation.open(home, config, demo=demo)
    settings = installation.settings
    mode: Literal["socket", "http"] = "http" if settings.slack.mode == "http" else "socket"
    if mode == "http" and settings.http.public_url is None:
        raise InvalidSetting(
            setting="[http] public_url", problem=Words("it is not set, and Slack has to reach the bot there")
        )
    groups = bool(installation.policy.slack_groups)
    spoken = partial(installation.translator.say, settings.language)
    made = manifest(name, mode, settings.http.public_url, user_groups=groups, say=spoken)
    typer.echo(json.dumps(made, indent=2, ensure_ascii=False))


@app.command()
def resolve(
    text: Annotated[str, typer.Argument(help="A sentence, or - for one a line on standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a sentence.")] = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Say how a sentence is understood, and do nothing."""
    from bot.cli_reports import resolved

    lines = [line.decode(errors="replace").rstrip("\r\n") for line in sys.stdin.buffer] if text == "-" else [text]
    for answer in resolved(lines, home, config, demo=demo):
        typer.echo(json.dumps(answer, ensure_ascii=False) if as_json else _in_words(answer))


@app.command()
def timeline(
    execution: Annotated[str, typer.Argument(help="The code of a request, such as 7F3K, or its id.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print every event as JSON, one a line.")] = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Print every step of a request and whether its chain verifies."""
    from bot.cli_replay import print_timeline

    print_timeline(execution, home, config, demo=demo, as_json=as_json)


@app.command()
def replay(
    execution: Annotated[str, typer.Argument(help="The code of a request, such as 7F3K, or its id.")],
    mode: Annotated[Literal["view", "dry-run", "rerun"], typer.Argument()] = "view",
    person: Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who asks again; for rerun.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Show a request again, plan it again and say what would differ, or ask for it again, with a new approval."""
    from bot.cli_replay import print_rehearsal, print_timeline, rerun

    match mode:
        case "view":
            print_timeline(execution, home, config, demo=demo, as_json=as_json)
        case "dry-run":
            print_rehearsal(execution, home, config, demo=demo, as_json=as_json)
        case _:
            rerun(execution, person, home, config, demo=demo, as_json=as_json)


@app.command()
def migrate(
    sql: Annotated[bool, typer.Option("--sql", help="Print the statements, and run none.")] = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Bring the database up to date; a SQLite file is copied first."""
    from bot.cli_reports import migrated, migration

    typer.echo(migration(home, config, demo=demo) if sql else migrated(home, config, demo=demo))


@app.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Let go of what is too old to be kept, as the bot does by itself every night."""
    from bot.cli_executions import retired

    done = retired(home, config, demo=demo, dry_run=dry_run)
    if as_json:
        typer.echo(done.model_dump_json())
        return
    counts = ", ".join(f"{count} {what}" for what, count in done if what != "bytes")
    params = {"counts": counts, "bytes": done.bytes}
    typer.echo(
        say("Would go: {counts} ({bytes} bytes).", **params)
        if dry_run
        else say("Gone: {counts} ({bytes} bytes).", **params)
    )


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="A new folder; used as --home it is the installation as it was.")],
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Copy the database and the stored bundles, also while the bot runs."""
    from bot.cli_reports import backed_up

    typer.echo(backed_up(target, home, config, demo=demo))


@app.command()
def restore(
    backup: Annotated[Path, typer.Argument(help="A folder that backup has made.")],
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Put a backup into a home that has nothing yet, once its record verifies."""
    from bot.cli_restore import restored

    typer.echo(restored(backup, home, config, demo=demo))


@app.command()
def verify(
    path: Annotated[Path, typer.Argument(help="The folder of a skill.")],
    receipts: Annotated[Path | None, typer.Option(help="[default: receipts in the home]")] = None,
    public_key: Annotated[
        str | None, typer.Option(help="A file with the public key, or the key. [default: that of [audit] signing_key]")
    ] = None,
    unsigned: Annotated[bool, typer.Option("--unsigned", help="Believe receipts that are not signed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,  # noqa: ARG001 - every command takes it; receipts are receipts
) -> None:
    """Say who approved the very bytes in a folder, from receipts alone; exits with 0 when somebody did, else with 1."""
    from bot.cli_verify import USAGE, verified

    try:
        code, report = verified(
            path, home=home, config=config, receipts=receipts, public_key=public_key, unsigned=unsigned
        )
    except SkillwardenError as error:
        typer.echo(f"skillwarden: {error}", err=True)
        raise typer.Exit(USAGE) from None
    for line in [json.dumps(report, ensure_ascii=False)] if as_json else report["sentences"]:
        typer.echo(line)
    raise typer.Exit(code)


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a check.")] = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Look for what keeps the bot from its work, also while it runs; changes nothing."""
    from bot.cli_doctor import examined, in_words

    findings = examined(home, config, demo=demo)
    for finding in findings:
        typer.echo(finding.model_dump_json(exclude={"exit_code"}) if as_json else in_words(finding))
    raise typer.Exit(next((finding.exit_code for finding in findings if finding.exit_code), 0))


@contextlib.contextmanager
def _importing() -> Iterator[None]:
    """Leave the garbage collector out: what is imported stays, and looking through it over and over is slow."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _in_words(answer: dict[str, object]) -> str:
    return f"{answer['status']}: {json.dumps(answer['action'] or answer['question'] or '', ensure_ascii=False)}"


def _commands() -> typer.Typer:
    """Return the application with its groups; the one that is asked for has its commands, which cost imports."""
    app.add_typer(slack, name="slack")
    for name, group in GROUPS.items():
        if name in sys.argv[1:2]:
            importlib.import_module(f"bot.cli_{name}")
        app.add_typer(group, name=name)
    return app


def main() -> None:
    """Run the command line; an error is one sentence on standard error and an exit code that scripts can use."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        _run()
    except BrokenPipeError:
        # What is left in the buffer has to go somewhere when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_BROKEN_PIPE)
    except SkillwardenError as error:
        typer.echo(f"skillwarden: {say_error(error)}", err=True)
        sys.exit(error.exit_code)


def _check_arguments(arguments: Iterable[str]) -> None:
    """See that what was typed can be kept and shown.

    Raises:
        InvalidInput: it is not UTF-8, which Python reads as halves of surrogate pairs.
    """
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            problem = Words('"{argument}" on the command line is not UTF-8', argument=visible(argument))
            raise InvalidInput(detail=problem) from None


def _run() -> None:
    _check_arguments(sys.argv[1:])
    try:
        command = typer.main.get_command(_commands())
        translate_help(command)
        command()
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # which click makes an exit code 1 of
            raise BrokenPipeError from ended
        raise
    finally:
        sys.stdout.flush()
