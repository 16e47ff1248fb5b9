"""Believable people, household by household, from a seed: the same seed makes the same people everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from frontdesk.entrypoints.commands.demo import names, places
from frontdesk.entrypoints.commands.demo.draw import Urn
from frontdesk.entrypoints.commands.demo.groups import GROUPS, TAIL, Group

BLOCK = 1000
"""People are made in blocks of this many, each from its own generator, so that processes can share the work."""
TWINS = 0.03
DUPLICATES = 0.012


@dataclass(slots=True)
class Person:
    """A synthetic person; `household`, `guardian`, `partner` and `copy_of` are numbers of people in the same block."""

    number: int
    household: int
    group: str
    first: str
    last: str
    sex: str
    birth: date
    middle: str = ""
    suffix: str = ""
    preferred: str = ""
    previous_last: str = ""
    gender: str = ""
    pronouns: str = ""
    race: str = ""
    ethnicity: str = ""
    language: str = "en"
    interpreter: bool = False
    line: str = ""
    line2: str = ""
    city: str = ""
    zip: str = ""
    mobile: str = ""
    home: str = ""
    email: str = ""
    guardian: int | None = None
    guarantor: int | None = None
    partner: int | None = None
    mother: str = ""
    alert: str = ""
    deceased: date | None = None
    copy_of: int | None = None
    twin: bool = False
    texts: bool = True
    phones: list[tuple[str, str]] = field(default_factory=list)


TOWNS = Urn(places.TOWNS, [town[2] for town in places.TOWNS])
STREETS = [street.replace("_", " ") for street in places.STREETS]
AREA_CODES = list(dict.fromkeys(places.AREA_CODES))
ALERTS = (
    "Uses a wheelchair: room 3 has the lift table",
    "Hard of hearing: face them and speak slowly",
    "Latex allergy: tell the nurse at rooming",
    "Fall risk: walk with them to the room",
    "Low vision: read forms aloud",
    "Service dog comes along",
    "Very anxious about needles: offer the quiet room",
    "Copy of guardianship papers still missing",
)


def block(seed: int, number: int, count: int, today: date) -> list[Person]:
    """Return the `count` people of block `number`; their numbers run from `number * BLOCK` upwards."""
    rng = Random(f"people-{seed}-{number}")
    maker = _Maker(rng, number, today)
    people: list[Person] = []
    while len(people) < count:
        family = list(maker.household(number * BLOCK + len(people)))
        people += family[: count - len(people)]
    if people[-1].partner is None or people[-1].partner > people[-1].number:
        people[-1].partner = None  # the block ended between the two
    _plant_duplicates(rng, people, today)
    return people


class _Maker:
    """Makes households one after the other from one generator."""

    def __init__(self, rng: Random, number: int, today: date) -> None:
        self.rng, self.today = rng, today
        self.next_phone = number * BLOCK

    def household(self, first_number: int) -> Iterator[Person]:
        """Make the people of one address, adults first."""
        rng = self.rng
        group = GROUPS.draw(rng)
        kind = rng.random()
        adults = 1 if kind < 0.34 else 2
        children = _children(rng, kind)
        old = not children and rng.random() < 0.45
        age = rng.randint(62, 93) if old else rng.randint(24, 48) if children else rng.randint(19, 64)
        lived = self._address()
        home = self._phone() if rng.random() < (0.75 if old else 0.3) else ""
        family: list[Person] = []
        for index in range(adults):
            family.append(self._adult(first_number + index, group, age, family, lived, home))
        grown = [p for p in family if p.number == first_number or p.partner is not None]
        number = first_number + adults
        while children > 0:
            made = self._birth(number, first_number, group, family, lived, home, min(age - 20, 17), grown)
            family += made
            number += len(made)
            children -= len(made)
        yield from family

    def _address(self) -> tuple[str, str, str, str]:
        rng = self.rng
        town, zip_code, _ = TOWNS.draw(rng)
        kind = rng.choice(places.STREET_KINDS)
        line2 = f"Apt {rng.randint(1, 40)}" if rng.random() < 0.28 else ""
        return f"{rng.randint(1, 480)} {rng.choice(STREETS)} {kind}", line2, town, zip_code

    def _phone(self) -> str:
        """Return the next number: spread over the exchange so that neighbours do not have neighbouring numbers."""
        index = self.next_phone
        self.next_phone += 1
        area = AREA_CODES[(index // 10_000) % len(AREA_CODES)]
        return f"+1{area}555{(index * 7_919 + 1_234) % 10_000:04d}"

    def _adult(
        self,
        number: int,
        group: Group,
        age: int,
        family: list[Person],
        lived: tuple[str, str, str, str],
        home: str,
    ) -> Person:
        rng = self.rng
        other = GROUPS.draw(rng) if family and rng.random() < 0.15 else group
        sex = rng.choice(("female", "male"))
        if family and rng.random() < 0.95:
            sex = "male" if family[0].sex == "female" else "female"
        birth = self._birthday(max(18, age + (rng.randint(-6, 6) if family else 0)))
        person = self._person(number, family[0].number if family else number, other, sex, birth, lived)
        person.home = home
        person.mobile = self._phone() if rng.random() < (0.7 if age > 70 else 0.96) else ""
        if not person.mobile and not person.home:
            person.home = self._phone()
        person.last = _surname(rng, other)
        if family:
            _marry(rng, family[0], person, group)
        _finish(rng, person)
        if age > 70 and rng.random() < 0.04:
            person.deceased = self.today - timedelta(days=rng.randint(20, 1500))
        return person

    def _birth(
        self,
        number: int,
        household: int,
        group: Group,
        family: list[Person],
        lived: tuple[str, str, str, str],
        home: str,
        oldest: int,
        parents: list[Person],
    ) -> list[Person]:
        """Return one child, or twins."""
        rng = self.rng
        born = self._birthday(rng.randint(0, max(0, oldest)))
        twins = rng.random() < TWINS
        made: list[Person] = []
        for offset in range(2 if twins else 1):
            sex = rng.choice(("female", "male"))
            child = self._person(number + offset, household, group, sex, born, lived)
            child.last = _child_name(rng, parents, family)
            child.guardian = child.guarantor = rng.choice(parents).number
            child.home, child.twin = home, twins
            mother = next((p for p in parents if p.sex == "female"), parents[0])
            child.mother = mother.previous_last or mother.last
            # A family is reached on a parent's number; older children have their own.
            child.mobile = mother.mobile or mother.home
            if (self.today - born).days > 14 * 365 and rng.random() < 0.5:
                child.mobile = self._phone()
            _finish(rng, child)
            taken = {p.first for p in family} | {p.first for p in made}
            while child.first in taken:
                child.first = _given(rng, group, sex, born.year)
                child.preferred = ""
            made.append(child)
        return made

    def _birthday(self, age: int) -> date:
        return self.today - timedelta(days=int(age * 365.25) + self.rng.randint(1, 364))

    def _person(
        self,
        number: int,
        household: int,
        group: Group,
        sex: str,
        birth: date,
        lived: tuple[str, str, str, str],
    ) -> Person:
        rng = self.rng
        line, line2, city, zip_code = lived
        language, interpreter = group.languages.draw(rng)
        if (self.today - birth).days < 18 * 365:
            language, interpreter = ("en", False) if rng.random() < 0.8 else (language, False)
        elif rng.random() < 0.004:
            language, interpreter = "ase", True
        return Person(
            number, household, group.key, _given(rng, group, sex, birth.year), "", sex, birth,
            race=group.race.draw(rng), ethnicity=group.ethnicity if rng.random() > 0.04 else "declined",
            language=language, interpreter=interpreter,
            line=line, line2=line2, city=city, zip=zip_code, texts=rng.random() < 0.85,
        )  # fmt: skip


def _children(rng: Random, kind: float) -> int:
    if kind < 0.08:
        return rng.randint(1, 2)
    return rng.choice((1, 1, 2, 2, 2, 3, 3, 4)) if 0.34 <= kind < 0.62 else 0


def _given(rng: Random, group: Group, sex: str, year: int) -> str:
    eras = group.male if sex == "male" else group.female
    era = sum(year >= start for start in names.ERAS)
    return eras[era * len(eras) // 6].draw(rng)


def _surname(rng: Random, group: Group) -> str:
    if rng.random() < group.tail:
        return rng.choice(TAIL)
    name = group.last.draw(rng)
    if group.key == "spanish" and rng.random() < 0.45:
        second = group.last.draw(rng)
        return f"{name} {second}" if second != name else name
    return name


def _marry(rng: Random, first: Person, second: Person, group: Group) -> None:
    """Two adults of one home: most share a name, a few join theirs with a hyphen, some keep their own."""
    if rng.random() < 0.12:
        return
    first.partner, second.partner = second.number, first.number
    draw, own = rng.random(), second.last
    shared = first.last.split(" ")[0] if group.key == "spanish" else first.last
    if group.key == "spanish" and draw < 0.6:
        return
    if draw < 0.68:
        second.last, second.previous_last = first.last, own if second.sex == "female" else ""
    elif draw < 0.78 and "-" not in own and " " not in own and len(own + shared) < 24:
        second.last, second.previous_last = f"{own}-{shared}", own


def _child_name(rng: Random, parents: list[Person], family: list[Person]) -> str:
    siblings = [p.last for p in family if p.guardian is not None]
    if siblings:
        return siblings[0]
    father = parents[0] if parents[0].sex == "male" else parents[-1]
    mother = parents[-1] if father is parents[0] else parents[0]
    if father.group == "spanish" and father is not mother and rng.random() < 0.6:
        return f"{father.last.split(' ')[0]} {mother.last.split(' ')[0].split('-')[0]}"
    return father.last


def _finish(rng: Random, person: Person) -> None:
    """Add what only some have: a middle name, another name they go by, an e-mail address, an alert."""
    if rng.random() < 0.7:
        person.middle = rng.choice("ABCDEFGHJKLMNPRSTVW")
    if rng.random() < 0.35:
        person.preferred = names.NICKNAMES.get(person.first, "")
    if rng.random() < 0.008:
        person.gender, person.pronouns = rng.choice(
            (("nonbinary", "they/them"), ("woman", "she/her"), ("man", "he/him"))
        )
        person.preferred = rng.choice(("Alex", "Riley", "Jordan", "Sky", "Robin", "Sam", "Quinn", "River"))
    if person.sex == "male" and rng.random() < 0.015:
        person.suffix = rng.choice(("Jr.", "Sr.", "III"))
    if person.guardian is None and rng.random() < 0.6:
        plain = f"{person.first}.{person.last}".lower().replace(" ", "").replace("'", "")
        plain = plain.encode("ascii", "ignore").decode()
        person.email = f"{plain}{person.number % 1000}@{rng.choice(places.EMPLOYERS)}"
    if rng.random() < 0.04:
        person.alert = rng.choice(ALERTS)


def _plant_duplicates(rng: Random, people: list[Person], today: date) -> None:
    """Make some people a second, slightly different record of someone else in the block."""
    count = max(1, int(len(people) * DUPLICATES)) if len(people) > 20 else 0
    lonely = [
        i
        for i, p in enumerate(people)
        if p.partner is None and p.guardian is None and p.number != people[0].number
    ]
    needed = {p.guardian for p in people} | {p.partner for p in people}
    spare = [i for i in lonely if people[i].number not in needed]
    rng.shuffle(spare)
    for index in spare[:count]:
        origin = rng.choice(people)
        while origin.copy_of is not None or origin.number == people[index].number or origin.deceased:
            origin = rng.choice(people)
        people[index] = _copy(rng, origin, people[index], today)


def _copy(rng: Random, origin: Person, spare: Person, today: date) -> Person:
    copied = replace(
        origin, number=spare.number, copy_of=origin.number, partner=None, middle="", suffix="", alert="", preferred="",
        email="" if rng.random() < 0.6 else origin.email, twin=False, previous_last="", deceased=None,
    )  # fmt: skip
    change = rng.random()
    if change < 0.25:
        copied.first = names.NICKNAMES.get(origin.first) or _slip(rng, origin.first)
    elif change < 0.5:
        copied.last = _slip(rng, origin.last)
    elif change < 0.62 and origin.birth.day <= 12:
        copied.birth = _swapped(origin.birth, today)
    elif change < 0.8:
        copied.line, copied.line2, copied.city, copied.zip = spare.line, spare.line2, spare.city, spare.zip
    else:
        copied.mobile, copied.home = spare.mobile, spare.home
    return copied


def _swapped(day: date, today: date) -> date:
    """Return the date with day and month changed over, unless that lies ahead."""
    swapped = day.replace(month=day.day, day=day.month)
    return swapped if swapped <= today else day


def _slip(rng: Random, word: str) -> str:
    """Return the word as a hurried hand types it: two letters changed over, one lost, or one doubled."""
    if len(word) < 4:
        return word + word[-1]
    at = rng.randint(1, len(word) - 2)
    if word[at] in " -'" or word[at + 1] in " -'":
        return word
    draw = rng.random()
    if draw < 0.45:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if draw < 0.75 else word[:at] + word[at] + word[at:]
