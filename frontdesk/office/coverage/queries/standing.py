"""How patients' insurance stands: what their payers last said of a day."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.rows import fetch, marks, moment
from frontdesk.office.coverage.models import EligibilityCheck, Policy
from frontdesk.office.coverage.queries.ways import answers_at_once
from frontdesk.office.coverage.rules import PolicyCover
from frontdesk.office.patients.queries import find_patient

State = EligibilityCheck.State
MOST = 20
AT_ONCE = 1000
# An answer of yesterday evening need not be asked for again tonight.
ASKED = timedelta(hours=20)


def is_connected() -> bool:
    """Say whether the practice has a way to ask payers by wire. Without one nothing is asked by itself."""
    return bool(settings.CONNECTIONS)


def standings(patient_ids: Collection[int], day: date) -> dict[int, list[PolicyCover]]:
    """Return, for each patient with a policy in force on `day`, what is known of each for that day, the primary's first; one query for each `AT_ONCE`."""
    found: dict[int, list[PolicyCover]] = {}
    ids = sorted(patient_ids)
    for start in range(0, len(ids), AT_ONCE):
        found |= _standings(ids[start : start + AT_ONCE], day)
    return found


def _standings(patient_ids: Sequence[int], day: date) -> dict[int, list[PolicyCover]]:
    rows = fetch(
        "SELECT p.patient_id, p.id, y.name, e.id, e.state, e.verdict, e.code, e.words, e.advice, e.done_at, e.policy_version = p.version, e.file_id, y.kind, y.connection "  # noqa: S608 - our own words only
        "FROM coverage_policy p JOIN coverage_payer y ON y.id = p.payer_id "
        "LEFT JOIN coverage_eligibilitycheck e ON e.id = "
        "(SELECT MAX(x.id) FROM coverage_eligibilitycheck x WHERE x.policy_id = p.id AND x.day = %s) "
        f"WHERE p.patient_id IN ({marks(len(patient_ids))}) AND p.ended_at IS NULL "
        "AND (p.begins IS NULL OR p.begins <= %s) AND (p.ends IS NULL OR p.ends >= %s) ORDER BY p.rank, p.id",
        [day, *patient_ids, day, day],
    )
    found: dict[int, list[PolicyCover]] = defaultdict(list)
    for (
        patient,
        policy,
        payer,
        check,
        state,
        verdict,
        code,
        words,
        advice,
        done_at,
        same,
        file,
        kind,
        way,
    ) in rows:
        waits = state in {State.WAITING, State.ASKING}
        if check is None or not same:
            found[patient].append(PolicyCover(policy, payer, kind=kind))
        else:
            found[patient].append(
                PolicyCover(
                    policy,
                    payer,
                    check,
                    waits,
                    verdict or "",
                    code or "",
                    words or "",
                    advice or "",
                    moment(done_at) if done_at else None,
                    by_file=waits and file is not None,
                    kind=kind,
                    can_hurry=waits and file is not None and answers_at_once(way),
                )
            )
    return dict(found)


def policies_in_force(patient_id: int, day: date) -> list[int]:
    """Return a patient's policies that hold on a day, in the order they are asked."""
    return list(
        _in_force(day).filter(patient_id=patient_id).order_by("rank", "id").values_list("pk", flat=True)
    )


def unasked(patient_ids: Collection[int], day: date) -> list[int]:
    """Return those of these patients who have a policy in force on `day` that nobody asked about lately."""
    lately = EligibilityCheck.objects.filter(day=day, policy_version=F("policy__version")).filter(
        ~Q(state=State.DONE) | Q(asked_at__gt=clock.now() - ASKED)
    )
    lately = lately.exclude(code="overnight")  # nobody was asked: it was said that the night will
    rows = _in_force(day).filter(patient_id__in=patient_ids).exclude(pk__in=lately.values("policy_id"))
    return list(dict.fromkeys(rows.order_by("patient_id").values_list("patient_id", flat=True)))


def checks_of(policy_ids: Collection[int]) -> list[EligibilityCheck]:
    """Return what was asked about some policies, newest first, without what went over the wire."""
    rows = EligibilityCheck.objects.filter(policy__in=policy_ids).defer("question", "answer")
    return list(rows.order_by("-id")[:MOST])


def newest_of(policy_ids: Collection[int], day: date) -> dict[int, EligibilityCheck]:
    """Return for each policy, as it stands now, the newest question about `day`, else about the next day asked about."""
    rows = EligibilityCheck.objects.filter(
        policy__in=policy_ids, day__gte=day, policy_version=F("policy__version")
    )
    found: dict[int, EligibilityCheck] = {}
    for row in rows.defer("question", "answer").order_by("-day", "id"):
        found[row.policy_id] = row
    return found


def still_waits(by: Actor, check_id: int) -> bool:
    """Say whether a question has no answer yet; nobody's business who may not see the patient. Raises `Restricted`."""
    row = EligibilityCheck.objects.filter(pk=check_id).exclude(state=State.DONE).select_related("policy")
    found = row.only("policy__patient_id").first()
    if found is not None:
        find_patient(by, found.policy.patient_id)
    return found is not None


def last_good(policy_ids: Collection[int]) -> dict[int, EligibilityCheck]:
    """Return for each policy the newest answer that said active or inactive: it stays, with its age; one query."""
    said = EligibilityCheck.objects.filter(policy__in=policy_ids, verdict__in=("active", "inactive"))
    newest = said.values("policy").annotate(newest=Max("pk")).values("newest")
    rows = EligibilityCheck.objects.filter(pk__in=newest).defer("question", "answer")
    return {row.policy_id: row for row in rows}


def _in_force(day: date) -> QuerySet[Policy]:
    return Policy.objects.filter(
        Q(begins=None) | Q(begins__lte=day), Q(ends=None) | Q(ends__gte=day), ended_at=None
    )
