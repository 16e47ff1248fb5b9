"""Referrals and authorizations of the synthetic practice: what its payers want, and what stands on record for visits ahead."""

from datetime import timedelta
from random import Random

from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.walltime import to_wall
from frontdesk.office.coverage.models import Policy
from frontdesk.office.referrals import services
from frontdesk.office.scheduling.models import Appointment

# By plan ("" for every plan of the payer): which visits need a referral, and which an authorization.
WANTED = {
    "HM": {
        "physical": {"referral": False},
        "procedure": {"referral": True},
        "ultrasound": {"referral": True},
    },
    "": {"ultrasound": {"authorization": True}, "procedure": {"authorization": True}},
}
COMMERCIAL = (2, 3, 4, 5)
FROM = ("Dr. Grace Okafor", "Dr. Paul Brandt", "Dr. Ines Marsh")
MOST = 60


def add_referrals(plan: Plan, seed: int) -> None:
    """Say what four payers want, and note a referral or an authorization for most of the visits ahead that need one.

    A few wait for the payer, a few have run out, and some are missing: what the list of things to see to is made of.
    """
    for number in COMMERCIAL:
        for code, wanted in WANTED.items():
            said = {
                plan.visit_types[visit]: kinds for visit, kinds in wanted.items() if visit in plan.visit_types
            }
            services.set_requirements(SYSTEM, payer_id=plan.payers[number], plan=code, said=said)
    rng = Random(f"referrals-{seed}")
    for row, held in _ahead(plan):
        _note(rng, row, held)


def _ahead(plan: Plan) -> list[tuple[Appointment, Policy]]:
    """Return visits ahead that a payer may want something for, with the policy they rest on, one a patient."""
    kinds = [plan.visit_types[code] for code in ("ultrasound", "procedure") if code in plan.visit_types]
    payers = [plan.payers[number] for number in COMMERCIAL]
    rows = Appointment.objects.filter(
        starts__gt=plan.now,
        starts__lt=plan.now + timedelta(days=30),
        status="scheduled",
        visit_type__in=kinds,
    )
    first = {row.patient_id: row for row in rows.order_by("-starts")[: MOST * 6]}
    held = Policy.objects.filter(patient__in=first, payer__in=payers, rank=1, ended_at=None).order_by("pk")[
        :MOST
    ]
    return [(first[one.patient_id], one) for one in held]


def _note(rng: Random, row: Appointment, held: Policy) -> None:
    lot, day = rng.random(), to_wall(row.starts, row.zone).date()
    if lot < 0.25:
        return  # missing: somebody has to see to it
    begins = day - timedelta(days=rng.randint(20, 60))
    given = {
        "number": f"A{rng.randint(100_000, 999_999)}", "allowed": rng.choice((1, 3, 6, 12)), "begins": begins,
        "ends": day + timedelta(days=rng.choice((-4, 6, 30, 60))), "visit_type_id": row.visit_type_id,
    }  # fmt: skip
    if lot < 0.4:
        given |= {"number": "", "state": "pending" if lot < 0.33 else "draft"}
    elif lot < 0.5:
        given |= {"used_before": given["allowed"]}
    kinds = ["authorization"]
    if "HMO" in held.plan_name and lot > 0.6:
        kinds.append("referral")
    for kind in kinds:
        extra = {"referred_by": rng.choice(FROM)} if kind == "referral" else {}
        services.add(SYSTEM, patient_id=row.patient_id, policy_id=held.pk, kind=kind, **given, **extra)
