"""`frontdesk`: one command line for everything that is not done on a page."""

import os
import sys
from typing import Annotated

import typer

from frontdesk.kit.errors import Invalid, Refusal

app = typer.Typer(
    name="frontdesk",
    help="The front desk of a medical practice: start it, keep it, prove it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Set Django up and run the command; a refusal, or a database that cannot be used, is one sentence and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.site.settings")
    import django  # noqa: PLC0415 - settings are read when Django starts, not when `--help` is asked for

    django.setup()
    from django.db import Error  # noqa: PLC0415 - as above

    from frontdesk.entrypoints.commands import register, trouble  # noqa: PLC0415 - needs the apps

    register.commands(app)
    try:
        app()
    except Error:
        if not (sentence := trouble.found()):
            raise  # a mistake of ours, not of the installation
        typer.secho(sentence, fg="red", err=True)
        sys.exit(1)
    except Refusal as refusal:
        typer.secho(refusal.sentence, fg="red", err=True)
        if isinstance(refusal, Invalid):
            for field, words in refusal.fields.items():
                typer.echo(f"  {field}: {words}", err=True)
        sys.exit(1)


Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

if __name__ == "__main__":
    main()
