"""The one place where visits take and give back: what a patient has is locked, each visit is fitted, the numbers follow."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import F

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.services import record
from frontdesk.office.coverage.queries import policies_of
from frontdesk.office.coverage.rules import holds_on
from frontdesk.office.jobs.services import publish
from frontdesk.office.referrals import rules
from frontdesk.office.referrals.events import AuthorizationLost
from frontdesk.office.referrals.models import Authorization, Use
from frontdesk.office.referrals.queries.lines import held
from frontdesk.office.referrals.queries.paying import paid_otherwise
from frontdesk.office.scheduling.models import Appointment

GONE = {"cancelled": "cancelled", "no_show": "did not come"}
AHEAD = ("scheduled", "confirmed")
MOST = 200
PAID = "paid otherwise"


class Fitting:
    """A patient's referrals and authorizations, locked, and the visits that are to be fitted."""

    def __init__(self, by: Actor, patient_id: int) -> None:
        self.by, self.patient_id, self.freed = by, patient_id, False
        rows = Authorization.objects.select_for_update().filter(patient_id=patient_id).order_by("pk")
        self.rows = {row.pk: row for row in rows}
        self.held = {pk: held(row) for pk, row in self.rows.items()}
        self.others: set[int] = set()
        self.policies = [one.policy for one in policies_of(patient_id) if one.policy.ended_at is None]

    def visit(self, row: Appointment) -> rules.Visit:
        """Return an appointment as the rules see it."""
        day = to_wall(row.starts, row.zone).date()
        good = tuple(one.pk for one in self.policies if holds_on(one.begins, one.ends, day) == "holds")
        services = frozenset(filter(None, row.visit_type.service_types.split(",")))
        return rules.Visit(row.visit_type_id, day, good, services)

    def fit(self, appointments: Sequence[Appointment]) -> int:
        """Have each visit use what fits it, in order of time, and give back what it has no right to; return how many changed.

        What was used by a visit that is over stays used, whatever became of the authorization since; what a cancelled or
        missed one still uses is given back in any case, and what one uses that no health plan is billed for.
        """
        appointments = [*appointments, *self._gone(appointments)]
        self.others = paid_otherwise([row.pk for row in appointments])
        live: dict[tuple[int, str], Use] = {}
        for used in Use.objects.filter(appointment__in=appointments, back_at=None).order_by("pk"):
            live[used.appointment_id, used.kind] = used
        ordered = sorted(appointments, key=lambda row: (row.status not in GONE, row.starts, row.pk))
        changed = self._lost(ordered, live)
        for row in ordered:
            if row.status in GONE or row.pk in self.others:
                continue
            visit = self.visit(row)
            for kind in rules.KINDS:
                if (row.pk, kind) not in live and (one := rules.best(self.held.values(), visit, kind)):
                    self.take(row, one.id)
                    changed += 1
        return changed

    def _gone(self, known: Sequence[Appointment]) -> list[Appointment]:
        """Return other visits of the patient that use something, and nobody comes to."""
        using = Use.objects.filter(
            authorization__in=list(self.rows), back_at=None, appointment__status__in=GONE
        )
        rows = Appointment.objects.filter(pk__in=using.values("appointment")).select_related("visit_type")
        return list(rows.exclude(pk__in=[row.pk for row in known]))

    def _lost(self, appointments: Iterable[Appointment], live: dict[tuple[int, str], Use]) -> int:
        """Give back first, so that what comes free can be taken by another."""
        lost = 0
        for row in appointments:
            for kind in rules.KINDS:
                used = live.get((row.pk, kind))
                why = self._why_not(row, used) if used else ""
                if used and why:
                    self.give_back(used, GONE.get(row.status, why))
                    del live[row.pk, kind]
                    lost += 1
                    if row.status not in GONE and row.pk not in self.others:
                        publish(AuthorizationLost(row.pk, self.patient_id, kind))
        return lost

    def _why_not(self, row: Appointment, used: Use) -> str:
        if row.status in GONE:
            return str(row.status)
        if row.pk in self.others:
            return PAID
        if row.status not in AHEAD:
            return ""
        known = self.held.get(used.authorization_id)
        return rules.hindrance(known, self.visit(row), mine=True) if known else "policy"

    def take(self, row: Appointment, authorization_id: int) -> None:
        """Have a visit use one of its visits."""
        one = self.held[authorization_id]
        made = Use.objects.create(
            authorization_id=one.id, appointment=row, kind=one.kind, at=clock.now(), by_name=self.by.name
        )
        self._count(one.id, 1)
        after = {"appointment": row.pk, "left": self.held[one.id].left}
        record(self.by, subject=made, patient_id=self.patient_id, after=after)

    def give_back(self, used: Use, why: str) -> None:
        """Give a visit of an authorization back."""
        used.back_at, used.back_why, self.freed = clock.now(), why[:40], True
        Use.objects.filter(pk=used.pk).update(back_at=used.back_at, back_why=used.back_why)
        self._count(used.authorization_id, -1)
        after = {"appointment": used.appointment_id, "given back": why}
        record(self.by, subject=used, patient_id=self.patient_id, after=after)

    def _count(self, pk: int, by: int) -> None:
        """Count up or down; a number is no new version of an authorization. The database refuses more than are allowed."""
        Authorization.objects.filter(pk=pk).update(used=F("used") + by)
        if pk in self.held:
            self.held[pk] = replace(self.held[pk], used=self.held[pk].used + by)
            self.rows[pk].used += by


def ahead_of(patient_id: int) -> list[Appointment]:
    """Return a patient's visits that lie ahead, in order of time."""
    rows = Appointment.objects.filter(patient_id=patient_id, status__in=AHEAD, starts__gt=clock.now())
    return list(rows.select_related("visit_type").order_by("starts", "pk")[:MOST])
