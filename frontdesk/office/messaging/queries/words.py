"""The practice's words and its policy, and a look at what a patient would read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings

from frontdesk.kit import clock
from frontdesk.kit.walltime import to_utc
from frontdesk.office.messaging import rules
from frontdesk.office.messaging.models import Channel, Kind, Language, Policy, Template
from frontdesk.office.messaging.rules import Facts, Sender, Words, default_words, fill, segments, values_of
from frontdesk.office.practice.models import Location, Practice

Slot = tuple[str, str, str]
_SAMPLE_PAGE = "https://pay.example/c/AbCdEfGhIjKlMnOp"


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template as the list shows it: the practice's own (`version` above 0) or the shipped one (0)."""

    kind: str
    channel: str
    language: str
    words: Words
    version: int = 0
    changed_at: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a patient would read; `segments` is how many text messages that is, 0 for an e-mail."""

    words: Words
    segments: int
    wrong: dict[str, str]


def policy() -> Policy:
    """Return what the practice sends and when; what a new practice has, where nobody chose. One query."""
    return Policy.objects.order_by("pk").first() or Policy()


def templates() -> list[TemplateRow]:
    """Return all templates, the practice's own in place of the shipped ones; one query."""
    own = {(row.kind, row.channel, row.language): row for row in Template.objects.all()}
    slots = [(k, c, la) for k in Kind.values for c in Channel.values for la in Language.values]
    return [_row(slot, own.get(slot)) for slot in slots]


def words_for(slots: Collection[Slot]) -> dict[Slot, Words]:
    """Return the words for each (kind, channel, language); one query."""
    kinds = {kind for kind, _, _ in slots}
    own = {
        (row.kind, row.channel, row.language): Words(row.subject, row.body)
        for row in Template.objects.filter(kind__in=kinds)
    }
    return {slot: own.get(slot) or default_words(*slot) for slot in slots}


def sample(kind: str, channel: str, language: str, words: Words) -> Sample:
    """Return `words` with sample facts in their places; nothing is stored or sent. Two queries."""
    wrong = rules.wrong_words(channel, words, kind)
    if wrong:
        return Sample(words, 0, wrong)
    practice, site = Practice.objects.order_by("pk").first(), Location.objects.order_by("pk").first()
    sender = Sender(practice.name if practice else "Elm Street Family Medicine", "")
    after, before = _sample_facts(kind, site)
    values = values_of(
        after, before, sender, "Ana", language, link=_sample_link(), kind=kind, pay_at=_SAMPLE_PAGE
    )
    if kind not in rules.ANSWERABLE:
        values = {**values, "answer": ""}
    filled = fill(words, values, channel, language)
    return Sample(filled, segments(filled.body) if channel == Channel.TEXT else 0, {})


def sender_for(facts: Facts) -> Sender:
    """Return under which name the practice writes about a visit, and the number to call; two queries."""
    return sender_of(Practice.objects.order_by("pk").first(), facts, policy())


def sender_of(practice: Practice | None, facts: Facts, asked: Policy) -> Sender:
    """Return who writes: the practice, or a neutral name where the site's or the visit's own would tell."""
    tells = facts.location_id in asked.neutral_locations or facts.visit_type_id in asked.neutral_visit_types
    tells = tells or bool(facts.labels)
    name = asked.neutral_name if tells or practice is None else practice.name
    return Sender(name, facts.phone or (practice.phone if practice else ""), neutral=tells)


def _sample_link() -> str:
    """Return a link as it would look; none where the practice has no address on the web, and none is written."""
    return f"{settings.PUBLIC_URL}/a/AbCdEfGhIjKlMnOp" if settings.PUBLIC_URL else ""


def _sample_facts(kind: str, site: Location | None) -> tuple[Facts, Facts]:
    zone = site.zone if site else "America/New_York"
    day = clock.today(zone) + timedelta(days=7)
    after = Facts(
        starts=to_utc(datetime.combine(day, time(9, 10)), zone),
        minutes=20,
        zone=zone,
        provider="Dr. Lee",
        place=site.name if site else "Elm Street",
        address=f"{site.line}, {site.city}" if site else "12 Elm Street, Somerville",
        phone=site.phone if site else "+16175550100",
        arrive_early=10,
        minutes_late=25 if kind == Kind.RUNNING_LATE else 0,
        due=date(day.year, day.month, 1),
        cents=3500,
        receipt="1042",
        paid_on=clock.today(zone),
        paid_with="Visa 4242",
        until=clock.now() + timedelta(hours=23),
    )
    return after, Facts(starts=to_utc(datetime.combine(day, time(14)), zone), zone=zone)


def _row(slot: Slot, own: Template | None) -> TemplateRow:
    if own is None:
        return TemplateRow(*slot, default_words(*slot))
    return TemplateRow(*slot, Words(own.subject, own.body), own.version, own.changed_at, own.changed_by)
