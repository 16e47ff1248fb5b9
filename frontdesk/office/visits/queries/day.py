"""A site's day as lines: every visit with how far it is, since when, and what is missing."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from frontdesk.kit import clock, walltime
from frontdesk.kit.actor import Actor
from frontdesk.kit.rows import fetch, marks, moment
from frontdesk.kit.sensitivity import HIDDEN, HIDDEN_VISIT, NO_DAY, hidden, may
from frontdesk.office.coverage.queries import is_connected, standings
from frontdesk.office.coverage.rules import CASE, NOT_ASKED, SELF_PAY, CaseFacts, Cover, cover
from frontdesk.office.coverage.rules.cover import ACTIVE
from frontdesk.office.coverage.rules.medicare import KINDS as MEDICARE
from frontdesk.office.coverage.rules.medicare import is_due
from frontdesk.office.patients.queries import refuse_hidden
from frontdesk.office.patients.rules import LANGUAGES, age_on
from frontdesk.office.privacy.rules.clocks import notice_due
from frontdesk.office.referrals.queries import Seen, Stand, stands
from frontdesk.office.referrals.rules import agreeing
from frontdesk.office.visits import rules
from frontdesk.office.visits.queries.paying import INSURANCE, Payer, WhoPays, cover_of, payers_of

GROWN = 18  # what a hidden age is taken for: nothing is said of it
# One statement for the whole day: who, what, where, how far, and what readiness is judged by. Looking each fact up by
# itself would be a query a fact, or a model object a cell.
_LINES = """
SELECT a.id, a.version, a.status, a.starts, a.ends, a.zone, a.internal_note, a.visit_type_id, a.provider_id, a.location_id,
  p.id, p.legal_first, p.legal_last, p.preferred_name, p.birth_date, p.language, p.interpreter_needed, p.is_deceased,
  p.photo IS NOT NULL, p.labels, t.labels, d.labels, l.labels, t.name, d.first_name, d.last_name, d.credential,
  v.version, v.since, v.arrived_at, v.done_at, v.minutes_late, v.companion, v.promised_minutes, v.is_walk_in,
  v.left_unseen, v.note, r.id, r.name,
  EXISTS (SELECT 1 FROM patients_contact c WHERE c.patient_id = p.id AND c.system = 'phone' AND c.ends IS NULL),
  EXISTS (SELECT 1 FROM patients_relatedperson g WHERE g.patient_id = p.id AND g.role = 'guardian' AND g.ended_at IS NULL),
  EXISTS (SELECT 1 FROM patients_address x WHERE x.patient_id = p.id AND x.line <> '' AND x.ends IS NULL),
  EXISTS (SELECT 1 FROM patients_contact c WHERE c.patient_id = p.id AND c.system = 'phone' AND c.ends IS NULL
    AND (c.may_call IS NOT NULL OR c.may_text IS NOT NULL)),
  (SELECT MAX(f.at) FROM patients_confirmation f WHERE f.patient_id = p.id AND f.section = 'contact'),
  EXISTS (SELECT 1 FROM privacy_notice n WHERE n.effective <= %s),
  EXISTS (SELECT 1 FROM privacy_acknowledgement k WHERE k.patient_id = p.id),
  (SELECT k.how FROM privacy_acknowledgement k JOIN privacy_notice n ON n.id = k.notice_id
    WHERE k.patient_id = p.id AND NOT EXISTS (SELECT 1 FROM privacy_notice m WHERE m.is_material AND m.effective <= %s
      AND (m.effective, m.id) > (n.effective, n.id)) ORDER BY k.at DESC, k.id DESC LIMIT 1),
  t.service_types,
  (SELECT MAX(m.asked_on) FROM coverage_medicareanswers m WHERE m.patient_id = p.id),
  a.replaces_id, EXISTS (SELECT 1 FROM patients_patient o WHERE o.merged_into_id = p.id),
  s.how, s.reason, s.case_id, c.kind, c."order", c.injury, c.happened_on, y.name, c.claim_number, c.adjuster,
  c.adjuster_phone, c.state, c.limit_cents, c.letter_of_protection, c.denied_on, c.authorization, c.note, c.closed_at
FROM scheduling_appointment a
JOIN patients_patient p ON p.id = a.patient_id
JOIN scheduling_visittype t ON t.id = a.visit_type_id
JOIN practice_location l ON l.id = a.location_id
LEFT JOIN practice_provider d ON d.id = a.provider_id
LEFT JOIN visits_visit v ON v.appointment_id = a.id
LEFT JOIN practice_room r ON r.id = v.room_id
LEFT JOIN visits_paying s ON s.appointment_id = a.id
LEFT JOIN coverage_case c ON c.id = s.case_id
LEFT JOIN coverage_payer y ON y.id = c.payer_id
WHERE a.status <> 'cancelled' AND """


@dataclass(frozen=True, slots=True)
class Insured:
    """How a patient's insurance stands on the day, and whether Medicare is part of it."""

    cover: Cover
    has_medicare: bool


@dataclass(frozen=True, slots=True)
class MedicareAsked:
    """When a patient with Medicare was last asked who pays before it (None: never), and whether they are to be asked."""

    on: date | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of the day. Moments are UTC; `wall` is naive, in `zone`. `age` is in whole years.

    `medicare` is set where Medicare covers the patient that day.
    """

    id: int
    version: int
    status: str
    starts: datetime
    ends: datetime
    wall: datetime
    zone: str
    location_id: int
    reason: str
    patient_id: int
    name: str
    birth_date: date
    age: int
    visit_type_id: int
    visit_type: str
    provider_id: int | None
    provider: str
    room_id: int | None
    room: str
    since: datetime | None
    arrived_at: datetime | None
    done_at: datetime | None
    minutes_late: int
    companion: str
    promised_minutes: int | None
    is_walk_in: bool
    left_unseen: bool
    note: str
    interpreter: str
    alerts: tuple[str, ...]
    settled: frozenset[str]
    findings: list[rules.Finding] = field(default_factory=list)
    cover: Cover | None = None
    paying: Payer = INSURANCE
    medicare: MedicareAsked | None = None
    labels: tuple[str, ...] = ()
    is_hidden: bool = False

    @property
    def minutes(self) -> int:
        """Return how long the visit takes by the book."""
        return rules.minutes(self.ends - self.starts)

    @property
    def is_ready(self) -> bool:
        """Say whether nobody needs to act on it."""
        return rules.is_ready(self.findings)

    @property
    def initials(self) -> str:
        """Return what a wall screen may show of a name; of a restricted one nothing."""
        if self.is_hidden:
            return "•"
        return "".join(part[0] for part in self.name.split()[:2]).upper()


MoneyOf = Callable[[Sequence[WhoPays]], Mapping[int, rules.Money]]
"""Says what is to be collected at visits: a room above this one knows it, so whoever asks for lines hands it in."""


def day_of(day: date, location_id: int, zone: str, money: MoneyOf | None = None) -> list[Line]:
    """Return a site's visits of a day in order of time, cancelled ones left out; four queries, and those of `money`."""
    span = (walltime.midnight_utc(day, zone), walltime.midnight_utc(day + timedelta(days=1), zone))
    where = "a.location_id = %s AND a.starts >= %s AND a.starts < %s"
    return _lines(where, [location_id, *span], clock.today(zone), money)


def lines_of(
    patient_ids: Collection[int], day: date, location_id: int, zone: str, money: MoneyOf | None = None
) -> list[Line]:
    """Return the day's visits of some patients; four queries and those of `money`, none for nobody."""
    if not patient_ids:
        return []
    span = (walltime.midnight_utc(day, zone), walltime.midnight_utc(day + timedelta(days=1), zone))
    where = f"a.patient_id IN ({marks(len(patient_ids))}) AND a.location_id = %s AND a.starts >= %s AND a.starts < %s"
    return _lines(where, [*sorted(patient_ids), location_id, *span], clock.today(zone), money)


def line_of(by: Actor, appointment_id: int, money: MoneyOf | None = None) -> Line | None:
    """Return one visit, cancelled ones and those of a site where `by` does not work not. Raises `Restricted`."""
    zones = fetch("SELECT zone FROM scheduling_appointment WHERE id = %s", [appointment_id])
    today = clock.today(zones[0][0] if zones else "UTC")
    found = [_line(*one) for one in _read("a.id = %s", [appointment_id], today, money)]
    if not found or not by.works_at(found[0].location_id):
        return None
    refuse_hidden(by, found[0].patient_id, *found[0].labels)
    return found[0]


def _lines(where: str, values: Sequence[object], today: date, money: MoneyOf | None) -> list[Line]:
    return [_masked(_line(*one)) for one in _read(where, values, today, money)]


def _masked(line: Line) -> Line:
    """Return a line as whoever is looking may see it: of a restricted visit when, with whom, and how far it is."""
    if not hidden(*line.labels):
        return line
    return replace(
        line,
        name=HIDDEN,
        birth_date=NO_DAY,
        age=GROWN,
        visit_type=HIDDEN_VISIT,
        reason="",
        note="",
        companion="",
        interpreter="",
        alerts=(),
        findings=[],
        cover=None,
        paying=INSURANCE,
        medicare=None,
        is_hidden=True,
    )


def _read(
    where: str, values: Sequence[object], today: date, money: MoneyOf | None
) -> list[tuple[tuple[Any, ...], frozenset[str], tuple[str, ...], Insured | None, Stand, rules.Money | None]]:
    day = today.isoformat()
    rows = fetch(f"{_LINES}{where} ORDER BY a.starts, a.id", [day, day, *values])
    if not rows:
        return []
    # The next asks for the same visits again, by the same road: a list of ids could be longer than a statement may be.
    same = f"FROM scheduling_appointment a WHERE a.status <> 'cancelled' AND {where}"
    settled: dict[int, set[str]] = defaultdict(set)
    alerts: dict[int, list[str]] = defaultdict(list)
    wanted = may("patients.see_alerts")
    for what, pk, words, expires, _ in fetch(
        "SELECT 'settled', k.appointment_id, k.item, NULL, 0 FROM visits_check k "  # noqa: S608 - places only
        f"WHERE k.appointment_id IN (SELECT a.id {same}) UNION ALL "
        "SELECT 'alert', l.patient_id, l.words, l.expires, l.id FROM patients_alert l WHERE l.ended_at IS NULL "
        f"AND l.show IN ('always', 'check_in') AND l.patient_id IN (SELECT a.patient_id {same}) ORDER BY 5",
        [*values, *values],
    ):
        if what == "settled":
            settled[pk].add(words)
        elif wanted and (expires is None or _day(expires) >= moment(rows[0][3]).date()):
            alerts[pk].append(words)
    covers = _covers(rows)
    due = money(_who_pays([row for row in rows if row[2] not in rules.OVER])) if money else {}
    return [
        (row, frozenset(settled[row[0]]), tuple(alerts[row[10]]), covers.get(row[10]), stand, due.get(row[0]))
        for row, stand in zip(rows, _referred(rows, covers), strict=True)
    ]


def _who_pays(rows: Sequence[tuple[Any, ...]]) -> list[WhoPays]:
    """Return the visits as they are priced; a query or two only for those just moved, of which it is not said who pays."""
    before = payers_of([row[0] for row in rows if row[49] is not None and row[51] is None])
    return [
        WhoPays(
            id=row[0],
            patient_id=row[10],
            location_id=row[9],
            provider_id=row[8],
            visit_type_id=row[7],
            service_types=row[47],
            day=walltime.to_wall(moment(row[3]), row[5]).date(),
            starts=moment(row[3]),
            status=row[2],
            payer=before.get(row[0]) or _paying(row[51:]),
            may_be_merged=bool(row[50]),
        )
        for row in rows
    ]


def _covers(rows: Sequence[tuple[Any, ...]]) -> dict[int, Insured]:
    """Return how each patient's insurance stands on the day of the first visit, for whom that is to be seen."""
    if not may("coverage.view"):
        return {}
    patients = {row[10] for row in rows}
    known = standings(patients, walltime.to_wall(moment(rows[0][3]), rows[0][5]).date())
    return {
        patient: Insured(cover(held), any(one.kind in MEDICARE for one in held))
        for patient in patients
        for held in [known.get(patient, ())]
    }


def _referred(rows: Sequence[tuple[Any, ...]], covers: Mapping[int, Insured]) -> list[Stand]:
    """Return what each visit needs and uses of referrals and authorizations, for whom that is to be seen."""
    if not may("referrals.view"):
        return [Stand() for _ in rows]
    return stands([_seen(row, covers.get(row[10])) for row in rows])


def _seen(row: tuple[Any, ...], insured: Insured | None) -> Seen:
    by = insured.cover.by if insured else None
    said = by.words if by and by.verdict == ACTIVE else ""
    day = walltime.to_wall(moment(row[3]), row[5]).date()
    return Seen(row[10], row[7], row[23], row[47], day, row[0], by.policy_id if by else None, said)


def _agreeing(covered: Cover, stand: Stand) -> Cover:
    """Return how a visit is covered, with what its line says of a referral as it is for this very visit."""
    if covered.by is None or covered.state != ACTIVE:
        return covered
    words = agreeing(covered.by.words, stand.needs, stand.uses)
    return replace(covered, words=words, by=replace(covered.by, words=words))


def _line(
    row: tuple[Any, ...],
    settled: frozenset[str],
    alerts: tuple[str, ...],
    insured: Insured | None,
    stand: Stand,
    money: rules.Money | None,
) -> Line:
    (pk, version, status, starts, ends, zone, reason, kind_id, provider_id, place) = row[:10]
    (patient_id, first, last, preferred, born, language, interpreter, deceased, photo) = row[10:19]
    labels, kind = tuple(text for text in row[19:23] if text), row[23]
    (given, family, credential, _, since, arrived, over, late, companion, promised, walk_in) = row[24:35]
    (left, note, room_id, room, has_phone, has_guardian, has_address, asked, confirmed) = row[35:44]
    published, answered, answer, _, asked_medicare = row[44:49]
    begins, birth, noted = moment(starts), _day(born), may("patients.see_notes")
    wall = walltime.to_wall(begins, zone)
    age = age_on(birth, wall.date())
    spoken = LANGUAGES.get(language, language) if interpreter else ""
    paying = _paying(row[51:]) if insured else INSURANCE
    covered = _agreeing(cover_of(paying, insured.cover, wall.date()), stand) if insured else None
    medicare = _medicare(insured, asked_medicare, wall.date())
    facts = rules.Facts(
        on=wall.date(),
        starts=begins,
        status=status,
        age=age,
        has_photo=bool(photo),
        has_phone=bool(has_phone),
        has_guardian=bool(has_guardian),
        has_address=bool(has_address),
        asked_consent=bool(asked),
        days_ahead=(wall.date() - clock.today(zone)).days,
        last_confirmed=walltime.to_wall(moment(confirmed), zone).date() if confirmed else None,
        interpreter=spoken,
        is_deceased=bool(deceased),
        alerts=alerts,
        settled=settled,
        # Where payers cannot be asked by wire, that nobody has asked one is no news: the card is looked at.
        cover=None if covered and covered.state == NOT_ASKED and not is_connected() else covered,
        # Of the plan's: whoever pays without it needs no leave of it.
        cautions=() if covered and covered.state in {SELF_PAY, CASE} else tuple(stand.cautions),
        # Where the patient pays, nobody asks whether Medicare pays first.
        medicare_due=medicare is not None and medicare.is_due and paying.how != SELF_PAY,
        medicare_asked=medicare.on if medicare else None,
        money=money,
        notice=notice_due(answer, published=bool(published), answered_before=bool(answered)),
    )
    return Line(
        id=pk,
        version=version,
        status=status,
        starts=begins,
        ends=moment(ends),
        wall=wall,
        zone=zone,
        location_id=place,
        reason=reason if noted else "",
        patient_id=patient_id,
        name=f"{preferred or first} {last}",
        birth_date=birth,
        age=age,
        visit_type_id=kind_id,
        visit_type=kind,
        provider_id=provider_id,
        provider=_provider(given, family, credential),
        room_id=room_id,
        room=room or "",
        since=_maybe(since),
        arrived_at=_maybe(arrived),
        done_at=_maybe(over),
        minutes_late=late or 0,
        companion=companion or "",
        promised_minutes=promised,
        is_walk_in=bool(walk_in),
        left_unseen=bool(left),
        note=(note or "") if noted else "",
        interpreter=spoken,
        alerts=alerts,
        settled=settled,
        findings=[] if status in rules.OVER else rules.readiness(facts),
        cover=covered,
        paying=paying,
        medicare=medicare,
        labels=labels,
    )


def _paying(told: Sequence[Any]) -> Payer:
    """Return who pays for a visit, out of the last columns of its line."""
    how, reason, case_id, kind, order, injury, happened, carrier, claim = told[:9]
    adjuster, adjuster_phone, state, limit, letter, denied, authorization, note, closed = told[9:]
    if how is None:
        return INSURANCE
    if kind is None:
        return Payer(how, reason)
    case = CaseFacts(
        kind=kind,
        order=order,
        injury=injury,
        happened_on=_day(happened),
        carrier=carrier or "",
        claim_number=claim,
        adjuster=adjuster,
        adjuster_phone=adjuster_phone,
        state=state,
        limit_cents=limit,
        letter_of_protection=bool(letter),
        denied_on=_day(denied) if denied else None,
        authorization=authorization,
        note=note,
        closed_on=moment(closed).date() if closed else None,
    )
    return Payer(how, reason, case_id, case)


def _medicare(insured: Insured | None, asked_on: date | str | None, day: date) -> MedicareAsked | None:
    if insured is None or not insured.has_medicare:
        return None
    on = _day(asked_on) if asked_on else None
    return MedicareAsked(on, is_due(on, day))


def _provider(given: str | None, family: str | None, credential: str | None) -> str:
    if family is None:
        return ""
    return f"{given} {family}, {credential}" if credential else f"{given} {family}"


def _maybe(value: datetime | str | None) -> datetime | None:
    return None if value is None else moment(value)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
