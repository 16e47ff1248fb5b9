"""Which commands there are, in the order a practice meets them."""

import typer

from frontdesk.entrypoints.commands import (
    accounts,
    audit,
    cardnet,
    checking,
    decisions,
    downtime,
    exporting,
    importing,
    keeping,
    payer,
    permissions,
    rotating,
    serving,
    x12,
)
from frontdesk.entrypoints.commands.bench import command as bench
from frontdesk.entrypoints.commands.demo import command as demo


def commands(app: typer.Typer) -> None:
    """Put every command on `app`."""
    app.command()(demo.demo)
    app.command()(serving.serve)
    app.command()(serving.work)
    app.command()(keeping.migrate)
    app.command("create-admin")(accounts.create_admin)
    app.command("create-user")(accounts.create_user)
    app.command("reset-password")(accounts.reset_password)
    app.command("end-access")(accounts.end_access)
    app.command()(permissions.permissions)
    app.command()(checking.check)
    app.add_typer(importing.app, name="import")
    app.add_typer(exporting.app, name="export")
    app.add_typer(downtime.app, name="downtime")
    app.add_typer(audit.app, name="audit")
    app.add_typer(x12.app, name="x12")
    app.command()(payer.payer)
    app.command()(cardnet.cardnet)
    app.command("take-decisions")(decisions.take_decisions)
    app.command()(keeping.backup)
    app.command("check-backup")(keeping.check_backup)
    app.command()(keeping.restore)
    app.command("rotate-keys")(rotating.rotate_keys)
    app.command()(bench.bench)
