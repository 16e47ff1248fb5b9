"""Many clerks edit the same records at once, with forms just drawn and forms that lay open: nothing is lost in silence."""

import json
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path
from random import Random

from tests.attacks.tabs import Fields, forms_of
from tests.soak import book
from tests.soak.site import Clerk, Site

PASSWORD = "a long enough password"
STALE = 0.6
"""How often a clerk goes on with a form that lies open, where there is one, instead of drawing a new one."""
INSIST = 0.3
"""How often one whose form was refused reads both versions, and writes their own on purpose."""
WRITTEN = re.compile(r"\bw\d+x\d+\b")
DONE = {200, 204, 302}
Get = Callable[[str], str]
Post = Callable[[str, Fields], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Target:
    """Something two people may edit: where its form is drawn and sent, the table and fields, how it is on record."""

    kind: str
    form: str
    action: str
    subject: str
    fields: tuple[str, ...]
    merges: bool = False  # different fields of two people are both written


@dataclass(slots=True)
class Edit:
    """One form sent: the field and what was written there, what the writer had seen in all of them, and the answer."""

    target: Target
    name: str
    seen: dict[str, str]
    wrote: str
    status: int


@dataclass(slots=True)
class Told:
    """What all clerks did and were told."""

    edits: list[Edit] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, edit: Edit) -> None:
        with self.lock:
            self.edits.append(edit)

    def not_shown(self, words: str) -> None:
        with self.lock:
            self.unshown.append(words)


def prove(folder: Path, edits: int, clerks: int, patients: int, port: int) -> tuple[str, bool]:
    """Send `edits` forms over HTTP at once; good when every one is on record or was refused with both versions shown."""
    site = Site(folder, port)
    site.migrate()
    book.connect(folder)
    targets, versions = ground(patients, clerks)
    # What follows from a change by itself (duplicates looked up) is no part of this.
    site.up(worker=False)
    told = Told()
    try:
        begun = time.monotonic()
        with ThreadPoolExecutor(clerks) as pool:
            list(pool.map(lambda n: _clerk(site, targets, told, n, edits // clerks), range(clerks)))
        seconds = time.monotonic() - begun
    finally:
        site.down()
    verdict, (words, good) = site.check(), verdict_on(told, versions)
    return f"{clerks} clerks on {patients} patients in {seconds:,.0f} s; {words}; check {verdict}", (
        good and verdict == "clean"
    )


def ground(patients: int, clerks: int) -> tuple[list[Target], dict[str, int]]:
    """Make a practice, its patients with one of each thing that is edited, and the clerks; return what may be edited."""
    from frontdesk.kit import clock
    from frontdesk.office.patients import services
    from frontdesk.office.scheduling import services as scheduling
    from tests.factories import practice
    from tests.factories import scheduling as make
    from tests.factories.patients import patient
    from tests.people import mia

    practice.practice()
    today = clock.today("America/New_York")
    tuesday = today + timedelta(
        days=(1 - today.weekday()) % 7 or 7
    )  # whole in the future, whenever this runs
    the = make.Book(tuesday, days=3)
    targets = []
    for at in range(patients):
        who = patient(legal_last=f"Many{chr(65 + at % 26)}{chr(97 + at // 26)}", phone=f"(617) 555-{at:04}")
        alert = services.add_alert(mia(), patient_id=who.pk, words="Prefers the morning")
        wish = {"role": "emergency", "first": "Ben", "last": "Ito", "phone": "(617) 555-0199"}
        related = services.add_related(mia(), patient_id=who.pk, **wish)
        provider, starts = (the.lee, the.ruiz)[at % 2], the.at(9 + at // 2 % 7, 20 * (at // 14 % 3))
        visit = scheduling.book(mia(), patient_id=who.pk, **the.ask(starts, provider))
        home, notes = f"/patients/{who.pk}", f"/appointments/{visit.pk}/notes"
        targets += [
            Target(
                "person",
                f"{home}/sections/identity?edit=identity",
                f"{home}/sections/identity",
                f"patients.patient:{who.pk}",
                ("legal_middle", "preferred_name", "gender_identity", "pronouns"),
                merges=True,
            ),  # fmt: skip
            Target(
                "person needed",
                f"{home}/rows/person/{related.pk}",
                f"{home}/rows/person/{related.pk}",
                f"patients.relatedperson:{related.pk}",
                ("note", "relationship"),
            ),  # fmt: skip
            Target(
                "alert",
                f"{home}/rows/alert/{alert.pk}",
                f"{home}/rows/alert/{alert.pk}",
                f"patients.alert:{alert.pk}",
                ("words",),
            ),  # fmt: skip
            Target(
                "visit's notes",
                notes,
                notes,
                f"scheduling.appointment:{visit.pk}",
                ("internal_note", "patient_instructions"),
            ),  # fmt: skip
        ]
    for number in range(clerks):
        practice.user(username=f"clerk{number}", role="lead", display_name=f"Clerk {number}")
    return targets, {one.subject: row_of(one.subject).version for one in targets}


def row_of(subject: str):
    from django.apps import apps

    label, _, number = subject.partition(":")
    return apps.get_model(label)._default_manager.get(pk=int(number))


def _clerk(site: Site, targets: list[Target], told: Told, number: int, each: int) -> None:
    clerk = Clerk(site, number, f"clerk{number}", PASSWORD)
    clerk.sign_in()

    def draw(path: str) -> str:
        return clerk.get(path, **{"HX-Request": "true"})

    editor = Editor(number, draw, lambda path, fields: clerk.post(path, **fields), told)
    for _ in range(each):
        editor.one(editor.rng.choice(targets))


class Editor:
    """Somebody with forms open. `get` draws a page, `post` sends a form and returns status and answer."""

    def __init__(self, number: int, get: Get, post: Post, told: Told) -> None:
        self.number, self.get, self.post, self.told = number, get, post, told
        self.rng = Random(number)
        self.open: dict[Target, Fields] = {}
        self.sent = 0

    def one(self, target: Target) -> None:
        """Change one field of a form that lies open, or of one just drawn, and send it."""
        drawn = self.open.pop(target, None) if self.rng.random() < STALE else None
        drawn = drawn or self._draw(target, self.get(target.form))
        if self.rng.random() < STALE / 2:
            self.open[target] = drawn  # a second tab with the same form stays open
        self._send(target, drawn)

    def _send(self, target: Target, drawn: Fields) -> None:
        name = self.rng.choice(target.fields)
        self.sent += 1
        wrote = f"w{self.number}x{self.sent}"
        status, said = self._write(target, drawn, name, wrote)
        if status != 409:
            return
        words = unescape(said)
        if wrote not in words or not [one for one in WRITTEN.findall(words) if one != wrote]:
            self.told.not_shown(f"{target.kind} {name}: {words[:300]!r}")
        if self.rng.random() < INSIST:
            again = self._draw(target, said)
            for field in [one for one in again if one.startswith("clash_")]:
                again[field.replace("clash", "choose")] = ["mine" if field == f"clash_{name}" else "theirs"]
            self._write(target, again, name, wrote)

    def _write(self, target: Target, drawn: Fields, name: str, wrote: str) -> tuple[int, str]:
        seen = {one: drawn[one][0] for one in target.fields}
        if "base" in drawn:  # after a refusal the fields hold one's own words, and this what stands on record
            seen |= {one: value for one, value in json.loads(drawn["base"][0]).items() if one in seen}
        status, said = self.post(target.action, {**drawn, name: [wrote]})
        self.told.add(Edit(target, name, seen, wrote, status))
        return status, said

    def _draw(self, target: Target, page: str) -> Fields:
        forms = [one.sent() for one in forms_of(target.action, page) if one.action == target.action]
        found = next((one for one in forms if target.fields[0] in one), None)
        assert found, f"no form for {target.action} on its page: {page[:500]}"
        return found


def verdict_on(told: Told, versions: dict[str, int]) -> tuple[str, bool]:
    """Hold what the clerks were told against the record of deeds and the rows."""
    from frontdesk.office.audit.models import AuditEntry

    deeds: dict[str, list] = defaultdict(list)
    for entry in AuditEntry.objects.filter(
        subject__in=list(versions), is_read=False, outcome="done", before__isnull=False
    ).order_by("id"):
        deeds[entry.subject].append(entry)
    lost, blind, broken = [], [], []
    for edit in told.edits:
        found = [e for e in deeds[edit.target.subject] if _made(e, edit.name) == edit.wrote]
        if edit.status in DONE and len(found) != 1:
            lost.append(f"{edit.wrote} acknowledged, {len(found)} times on record")
        if edit.status in DONE and found:
            over = {name: str(value) for name, value in found[0].before.items() if name in edit.seen}
            if unseen := {name: value for name, value in over.items() if value != edit.seen[name]}:
                blind.append(f"{edit.wrote} over {unseen}, the writer saw {edit.seen}")
        if (
            edit.status == 409
            and found
            and not any(o.wrote == edit.wrote and o.status in DONE for o in told.edits)
        ):
            lost.append(f"{edit.wrote} refused, and yet on record")
    for subject, first in versions.items():
        broken += _breaks(subject, first, deeds[subject])
    statuses = Counter(edit.status for edit in told.edits)
    wrong = sum(n for status, n in statuses.items() if status not in {*DONE, 409})
    kinds = Counter(f"{edit.target.kind} {edit.status}" for edit in told.edits)
    spread = ", ".join(f"{what}: {n:,}" for what, n in sorted(kinds.items()))
    words = (
        f"{len(told.edits):,} edits: {sum(statuses[one] for one in DONE):,} acknowledged, {len(lost)} lost, {len(blind)} over what "
        f"their writer had not seen, {statuses[409]:,} refused, {len(told.unshown)} of them without both versions, {wrong} answered "
        f"otherwise; {len(broken)} breaks in {len(versions)} histories; {spread}"
    )
    first = [*lost[:3], *blind[:3], *told.unshown[:3], *broken[:3]]
    conflicted = statuses[409] * 20 >= len(told.edits)  # else nothing was proven
    return "\n".join([words, *first]), not (first or wrong) and conflicted


def _made(entry, name: str) -> str | None:
    """Return what a deed made of a field, None when it left it alone."""
    now = (entry.after or {}).get(name)
    return None if now == entry.before.get(name) else now


def _breaks(subject: str, version: int, deeds: list) -> list[str]:
    """Return where a history does not go from each value to the next, and so to what stands in the row now."""
    row, now, wrong = row_of(subject), {}, []
    for entry in deeds:
        for name, value in entry.before.items():
            if name in now and now[name] != value:
                wrong.append(f"{subject} {name}: {now[name]!r} became {value!r} by nobody's deed")
        now |= entry.after or {}
    wrong += [
        f"{subject} {name} is not what was written last"
        for name in now
        if hasattr(row, name) and str(getattr(row, name)) != str(now[name])
    ]
    if row.version != version + len(deeds):
        wrong.append(f"{subject}: {len(deeds)} deeds, version {row.version - version} further on")
    return wrong
