"""Set up the practice itself: sites, people who work there, what can be booked and by which weekly rules."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from frontdesk.entrypoints.commands.demo import diary, layout, names, places
from frontdesk.entrypoints.commands.demo.layout import Site, Size, Staff
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.walltime import to_utc, to_wall
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.practice import services as practice
from frontdesk.office.practice.models import Department, Holiday, Location, OpeningHours, Provider, Room
from frontdesk.office.scheduling.models import (
    CancelReason,
    Lane,
    Resource,
    Template,
    TemplateBlock,
    TimeOff,
    VisitLength,
    VisitStep,
    VisitType,
)
from frontdesk.office.scheduling.rules import USUAL_REASONS

NURSES = 2
LARGEST_SITE = 20
ALWAYS = (time(7), time(20))


@dataclass(slots=True)
class Furniture:
    """What the book is made of. `resources` is by site and key: "provider:3" (its number in all), "nurse:0", "ultrasound"."""

    zone: str
    locations: list[Location] = field(default_factory=list)
    providers: list[Provider] = field(default_factory=list)
    site_of: list[int] = field(default_factory=list)
    resources: dict[tuple[int, str], Resource] = field(default_factory=dict)
    visit_types: dict[str, VisitType] = field(default_factory=dict)
    lanes: dict[str, Lane] = field(default_factory=dict)
    reasons: list[CancelReason] = field(default_factory=list)
    holidays: set[date] = field(default_factory=set)
    away: dict[int, tuple[date, date]] = field(default_factory=dict)


def furnish(size: Size, seed: int, zone: str, today: date, extended: diary.Session | None) -> Furniture:
    """Make everything the book stands on; `extended` is today's extra session where now is outside usual hours."""
    rng = Random(f"practice-{seed}")
    made = Furniture(zone)
    practice.open_practice(SYSTEM, name="Pioneer Valley Family Health", phone="+14135550100", npi=npi(900))
    for number in range(size.locations):
        _add_site(made, number, today, extended)
    _add_holidays(made, today)
    _add_visit_types(made)
    made.reasons = CancelReason.objects.bulk_create(
        [
            CancelReason(key=key, code=code, initiator=side, words=words)
            for key, code, side, words in USUAL_REASONS
        ]
    )
    for number in range(size.providers):
        _add_provider(made, rng, number, site_of(size, number))
    for number in range(size.locations):
        _add_others(made, number)
    _add_templates(made, today)
    if extended is not None:
        _open_longer(made, today, extended)
    _add_time_off(made, rng, today)
    return made


def site_of(size: Size, number: int) -> int:
    """Return the site of provider `number`: the first site is the largest, the others share the rest evenly."""
    if size.locations == 1 or number < LARGEST_SITE:
        return 0
    return 1 + (number - LARGEST_SITE) % (size.locations - 1)


def _add_site(made: Furniture, number: int, today: date, extended: diary.Session | None) -> None:
    site = layout.SITES[number] if number < len(layout.SITES) else _drawn_site(number)
    location = Location.objects.create(
        name=site.name, short_name=site.short, phone=site.phone, line=site.line, city=site.city,
        state=places.STATE, zip=site.zip, zone=made.zone, directions=site.directions,
    )  # fmt: skip
    made.locations.append(location)
    for weekday in range(5):
        OpeningHours.objects.create(location=location, weekday=weekday, opens=time(8), closes=time(19))
    if extended is not None:
        OpeningHours.objects.filter(location=location, weekday=today.weekday()).delete()
        usual = (8 * 60, diary.EVENING) if today.weekday() < 5 else (extended.start, extended.end)
        opens, closes = wall_time(min(usual[0], extended.start)), wall_time(max(usual[1], extended.end))
        OpeningHours.objects.create(location=location, weekday=today.weekday(), opens=opens, closes=closes)
    topics = {
        "Scheduling": ["book", "move or cancel a visit", "waitlist"],
        "Nurse line": ["refills", "test results", "feeling worse"],
        "Billing": ["a bill", "payment plan", "insurance card"],
        "Records": ["copies of records", "school and work forms"],
    }
    for offset, (name, handles) in enumerate(topics.items(), start=1):
        phone = f"{site.phone[:-2]}{int(site.phone[-2:]) + offset:02d}"
        Department.objects.create(location=location, name=name, handles=handles, phone=phone)


def _drawn_site(number: int) -> Site:
    town, zip_code, _ = places.TOWNS[number * 3 % len(places.TOWNS)]
    street = places.STREETS[number * 7 % len(places.STREETS)].replace("_", " ")
    return Site(f"{street} Street Clinic, {town}", f"{town} {number}"[:24], f"{number * 11} {street} Street", town,
                zip_code, f"+1413555{100 + number * 5 % 95:04d}")  # fmt: skip


def _add_holidays(made: Furniture, today: date) -> None:
    years = [today.year - 1, today.year, today.year + 1]
    days = practice.add_federal_holidays(SYSTEM, years=years, state=places.STATE)
    # Somebody who tries the program on Thanksgiving wants to see a practice at work.
    Holiday.objects.filter(day=today).delete()
    made.holidays = {holiday.day for holiday in days} - {today}


# What payers are asked about a kind of visit (X12 service types), where it is no plain office visit (98).
ASKED = {"physical": "81,98", "ultrasound": "4", "procedure": "2,98"}


def _add_visit_types(made: Furniture) -> None:
    for visit in layout.VISITS:
        row = VisitType.objects.create(
            code=visit.code, name=visit.name, minutes=visit.minutes, start_every=5, new_patients=visit.new_patients,
            min_age=visit.min_age, max_age=visit.max_age, sex=visit.sex, bookable_by_patients=visit.by_patients,
            patient_instructions=visit.instructions, telehealth=visit.telehealth, color=visit.color,
            arrive_early_minutes=visit.early, service_types=ASKED.get(visit.code, "98"),
        )  # fmt: skip
        made.visit_types[visit.code] = row
        for order, step in enumerate(visit.steps):
            whole = step.offset == 0 and step.minutes == visit.minutes
            minutes = 0 if whole else step.minutes
            VisitStep.objects.create(
                visit_type=row, order=order, pool=step.needs, offset=step.offset, minutes=minutes
            )
    for name, codes in diary.LANES.items():
        lane = Lane.objects.create(name=name, seats=diary.SEATS.get(name, 1))
        lane.visit_types.set([made.visit_types[code] for code in codes])
        made.lanes[name] = lane


def _add_provider(made: Furniture, rng: Random, number: int, site: int) -> None:
    who = layout.PROVIDERS[number] if number < len(layout.PROVIDERS) else _drawn_provider(rng)
    provider = Provider.objects.create(
        first_name=who.first, last_name=who.last, credential=who.credential, npi=npi(number), specialty=who.specialty,
        gender=who.gender, languages=list(who.languages), color=layout.COLORS[number % len(layout.COLORS)],
    )  # fmt: skip
    made.providers.append(provider)
    made.site_of.append(site)
    made.resources[site, f"provider:{number}"] = Resource.objects.create(
        kind="provider", name=provider.name, pool="provider", location=made.locations[site], provider=provider
    )
    if number % 5 == 3:
        VisitLength.objects.create(visit_type=made.visit_types["new"], provider=provider, minutes=60)


def _drawn_provider(rng: Random) -> Staff:
    gender = rng.choice(("female", "female", "male"))
    given = rng.choice((names.FEMALE if gender == "female" else names.MALE)[rng.choice((1, 2, 3))].split())
    last = rng.choice(
        (names.ENGLISH_LAST, names.SPANISH_LAST, names.INDIAN_LAST, names.IRISH_LAST, names.POLISH_LAST)
    )
    spoken = rng.choice((("en",), ("en",), ("en", "es"), ("en", "pt"), ("en", "ru"), ("en", "vi")))
    return Staff(
        given, rng.choice(last).replace("_", " "), rng.choice(layout.CREDENTIALS), rng.choice(layout.SPECIALTIES), gender,
        spoken,
    )  # fmt: skip


def npi(number: int) -> str:
    """Return a National Provider Identifier with a right check digit (Luhn over 80840 and nine digits)."""
    body = f"1999{number:05d}"
    digits = [int(d) for d in f"80840{body}"]
    total = sum(sum(divmod(d * 2, 10)) if i % 2 == 0 else d for i, d in enumerate(reversed(digits)))
    return f"{body}{-total % 10}"


def _add_others(made: Furniture, site: int) -> None:
    """Add a site's rooms, its ultrasound and its nurses."""
    location = made.locations[site]
    for number in range(1, 9):
        Room.objects.create(location=location, name=f"Exam {number}", kind="exam")
    Room.objects.create(location=location, name="Procedure room", kind="procedure")
    room = Room.objects.create(location=location, name="Ultrasound room", kind="ultrasound")
    made.resources[site, "ultrasound-room"] = Resource.objects.create(
        kind="room", name="Ultrasound room", pool="ultrasound-room", location=location, room=room
    )
    made.resources[site, "ultrasound"] = Resource.objects.create(
        kind="device", name="Ultrasound machine", pool="ultrasound", location=location
    )
    for number, name in enumerate(("Nurse Ramirez, RN", "Nurse Kowalczyk, LPN")[:NURSES]):
        made.resources[site, f"nurse:{number}"] = Resource.objects.create(
            kind="staff", name=name, pool="nurse", location=location
        )


def _add_templates(made: Furniture, today: date) -> None:
    """Give each resource its weekly rule, from long ago and for good."""
    since = date(today.year - 4, 1, 1)
    blocks: list[TemplateBlock] = []
    for (_, key), resource in made.resources.items():
        template = Template.objects.create(resource=resource, name="Usual week", effective_from=since)
        kind, _, number = key.partition(":")
        if kind == "provider":
            blocks += _provider_blocks(made, template, int(number))
        else:
            lane = made.lanes["Nurse" if kind == "nurse" else "Ultrasound"]
            blocks += [
                TemplateBlock(template=template, weekday=day, begins=ALWAYS[0], ends=ALWAYS[1], lane=lane)
                for day in range(5)
            ]
    TemplateBlock.objects.bulk_create(blocks, batch_size=2000)


def _provider_blocks(made: Furniture, template: Template, number: int) -> list[TemplateBlock]:
    return [
        TemplateBlock(
            template=template, weekday=weekday, begins=wall_time(session.start), ends=wall_time(session.end),
            lane=made.lanes[session.lane],
        )
        for weekday in range(5)
        for session in diary.usual_sessions(number, weekday)
    ]  # fmt: skip


def wall_time(minute: int) -> time:
    """Return the wall time of a minute of the day; the day's last minute for midnight."""
    return time(minute // 60, minute % 60) if minute < 24 * 60 else time(23, 55)


def _open_longer(made: Furniture, today: date, session: diary.Session) -> None:
    """Open everything for today's extended hours."""
    midnight = datetime(today.year, today.month, today.day)  # noqa: DTZ001 - wall time, made UTC below
    for (_, key), resource in made.resources.items():
        kind = key.partition(":")[0]
        lane = {"provider": "General", "nurse": "Nurse"}.get(kind, "Ultrasound")
        TimeOff.objects.create(
            resource=resource, begins=utc(midnight, session.start, made.zone), ends=utc(midnight, session.end, made.zone),
            reason="Extended hours today", opens=True, lane=made.lanes[lane],
        )  # fmt: skip


def utc(midnight: datetime, minute: int, zone: str) -> datetime:
    """Return the moment at `minute` of the day that begins with naive `midnight`."""
    return to_utc(midnight + timedelta(minutes=minute), zone)


def _add_time_off(made: Furniture, rng: Random, today: date) -> None:
    """Send every fourth provider on holiday for some days ahead; nobody is booked then."""
    for number, site in enumerate(made.site_of):
        if number % 4 != 1:
            continue
        first = today + timedelta(days=rng.randint(9, 30))
        last = first + timedelta(days=rng.randint(2, 9))
        made.away[number] = (first, last)
        begins = datetime(first.year, first.month, first.day)  # noqa: DTZ001 - wall time, made UTC below
        ends = datetime(last.year, last.month, last.day) + timedelta(days=1)  # noqa: DTZ001
        TimeOff.objects.create(
            resource=made.resources[site, f"provider:{number}"], begins=utc(begins, 0, made.zone),
            ends=utc(ends, 0, made.zone), reason=rng.choice(("Vacation", "Conference", "Parental leave")),
        )  # fmt: skip


def add_accounts(made: Furniture) -> list[User]:
    """Make the demo's sign-ins, all at the first site; none is asked for a second factor, so that a password opens it."""
    accounts.change_policy(SYSTEM, second_factor_roles=())
    return [
        accounts.create_user(
            SYSTEM, username=who.username, display_name=who.name, role=who.role, password=who.password,
            home_location_id=made.locations[0].pk,
        )
        for who in layout.SIGN_INS
    ]  # fmt: skip


def now_wall(zone: str) -> datetime:
    """Return what the wall clock shows at the practice."""
    return to_wall(clock.now(), zone)
