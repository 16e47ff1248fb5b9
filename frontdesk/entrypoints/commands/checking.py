"""`frontdesk check`: prove on the live database that what must always be true is true."""

import json
from collections.abc import Callable
from typing import Annotated

import typer

from frontdesk.entrypoints.commands import card_numbers
from frontdesk.entrypoints.commands.downtime import troubles
from frontdesk.office.audit import seals
from frontdesk.office.downtime import queries as downtime
from frontdesk.office.jobs.models import Job
from frontdesk.office.keys import queries as keys
from frontdesk.office.ledger import queries as ledger
from frontdesk.office.messaging import queries as messaging
from frontdesk.office.patients import queries as patients
from frontdesk.office.payments import queries as payments
from frontdesk.office.privacy import queries as privacy
from frontdesk.office.referrals import queries as referrals
from frontdesk.office.scheduling import queries as scheduling
from frontdesk.office.visits import queries as visits

Proof = Callable[[], list[str]]


def invariants() -> dict[str, Proof]:
    """Return every invariant by name, with the function that lists its breaches."""
    return {
        "audit_fits_its_seals": _audit_breaches,
        "audit_is_locked": seals.open_locks,
        "no_work_given_up": _given_up,
        **keys.invariants(),
        **patients.invariants(),
        **scheduling.invariants(),
        **visits.invariants(),
        **referrals.invariants(),
        **downtime.invariants(),
        **messaging.invariants(),
        **privacy.invariants(),
        **ledger.invariants(),
        **payments.invariants(),
        **payments.card_invariants(),
        "no_card_number_is_kept": card_numbers.kept,
    }


def check(
    as_json: Annotated[bool, typer.Option("--json", help="Write {invariant: breaches}.")] = False,
) -> None:
    """Prove the invariants; name each breach by row id; exit 1 when there is one."""
    found = {name: proof() for name, proof in invariants().items()}
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    else:
        for name, breaches in found.items():
            typer.secho(
                f"{'ok  ' if not breaches else 'FAIL'} {name.replace('_', ' ')}",
                fg="red" if breaches else "green",
            )
            for breach in breaches[:20]:
                typer.echo(f"       {breach}")
            if len(breaches) > 20:
                typer.echo(f"       … and {len(breaches) - 20} more")
    # No invariant of the data, but nobody should learn of it on the day the server is gone.
    for words in troubles():
        typer.secho(f"WARN {words}", fg="yellow", err=True)
    if any(found.values()):
        raise typer.Exit(1)


def _audit_breaches() -> list[str]:
    return [str(breach) for breach in seals.breaches(seals.Anchor.of_installation())]


def _given_up() -> list[str]:
    stuck = (
        Job.objects.filter(done_at=None).exclude(failed_at=None).values_list("id", "name", "last_error")[:100]
    )
    return [f"job {number} {name}: {error}" for number, name, error in stuck]
