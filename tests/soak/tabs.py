"""Forms drawn on one patient's page, sent to what is another's, through a real server: none may land."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.attacks import tabs
from tests.soak import book
from tests.soak.site import Clerk, Site

LISTS = ("/", "/board", "/tomorrow", "/waitlist", "/recalls", "/messages", "/schedule/stranded")


@dataclass(slots=True)
class Told:
    """What was tried: answers, what landed where it must not, and the kinds of form that do land where they belong."""

    answers: Counter[str] = field(default_factory=Counter)
    kinds: set[str] = field(default_factory=set)
    landed: list[str] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)
    honest: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


def prove(folder: Path, posts: int, port: int, clerks: int = 4) -> tuple[str, bool]:
    """Send `posts` forms from the wrong tab; good when each is refused and no row of either patient changes."""
    site = Site(folder, port)
    site.furnish()
    book.connect(folder)
    people, told = _people(), Told()
    # Nothing may happen by itself meanwhile, or it would be taken for what a form had done.
    site.up(worker=False)
    try:
        begun = time.monotonic()
        with ThreadPoolExecutor(clerks) as pool:
            done = list(
                pool.map(lambda n: _clerk(site, people[n::clerks], told, n, posts // clerks), range(clerks))
            )
        for clerk, forms in done:  # only now: what lands where it belongs would look like what must not land
            _honestly(clerk, forms, told)
        seconds = time.monotonic() - begun
    finally:
        site.down()
    verdict, sent = site.check(), sum(told.answers.values())
    spread = ", ".join(f"{answer}: {n:,}" for answer, n in sorted(told.answers.items()))
    words = (
        f"{sent:,} posts from the wrong tab in {seconds:,.0f} s, forms of {len(told.kinds)} kinds, of which "
        f"{len(told.honest)} were seen to land where they belong; {len(told.landed)} landed in the wrong chart, "
        f"{len(told.otherwise)} were not refused; {spread}; check {verdict}"
    )
    wrong = [*told.landed[:3], *told.otherwise[:3]]
    good = not wrong and sent >= posts and len(told.honest) > len(told.kinds) // 3 and verdict == "clean"
    return "\n".join([words, *wrong]), good


def _people() -> list[int]:
    """Return who comes today or tomorrow: about them there is most to do."""
    from frontdesk.kit import clock
    from frontdesk.office.patients.models import Patient
    from frontdesk.office.scheduling.models import Appointment

    now = clock.now()
    near = Appointment.objects.filter(starts__range=(now - timedelta(hours=12), now + timedelta(days=2)))
    busy = Patient.objects.filter(status="active", pk__in=near.values("patient_id")).order_by("pk")
    ranked = [one.pk for one in busy if not one.labels]
    assert len(ranked) > 80, "the demo has hardly anybody today"
    return ranked


def _clerk(
    site: Site, people: list[int], told: Told, number: int, posts: int
) -> tuple[Clerk, list[tabs.Form]]:
    """Gather forms about some people and about all who stand in the lists, then send them from each other's pages."""
    clerk = Clerk(site, number)
    clerk.sign_in()
    forms = tabs.walk(clerk.get, [*LISTS, *(f"/patients/{one}" for one in people[:6])])
    kinds = {one.kind for one in forms if one.patient}
    tries = list(tabs.crossed(forms, each=-(-posts // len(kinds))))
    clerk.rng.shuffle(tries)
    for one, about, action, sent in tries[:posts]:
        couple = (int(one.patient), int(about.patient))
        before = tabs.rows_of(couple)
        status, _ = clerk.post(action, **sent)
        changed = tabs.rows_of(couple) != before
        with told.lock:
            told.kinds.add(about.kind)
            told.answers[str(status)] += 1
            if changed:
                told.landed.append(f"{about.kind}: {action} answered {status}")
            elif status < 400:
                told.otherwise.append(f"{about.kind}: {action} answered {status}")
    return clerk, forms


def _honestly(clerk: Clerk, forms: list[tabs.Form], told: Told) -> None:
    """Send a form of each kind where it belongs: that the others were refused is only then worth something."""
    for one in forms:
        if not one.patient or one.kind in told.honest:
            continue
        before = tabs.rows_of([int(one.patient)])
        status, _ = clerk.post(one.action, **one.sent())
        if status < 400 and tabs.rows_of([int(one.patient)]) != before:
            with told.lock:
                told.honest.add(one.kind)
