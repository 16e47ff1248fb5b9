"""Each form of the desk is sent once to a practice and many times at once to its twin: afterwards the same rows stand in both."""

import os
import re
import shutil
import sqlite3
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from tests.attacks import tabs
from tests.soak import book
from tests.soak.site import Clerk, Site

PEOPLE = {
    "mia": "correct horse runs the place",
    "lena": "correct horse leads the desk",
    "dev": "correct horse sends the bills",
    "pia": "correct horse keeps it private",
    "gus": "correct horse keeps it running",
}
SEEDS = ("/", "/board", "/tomorrow", "/waitlist", "/recalls", "/messages", "/schedule/stranded")
# They end the session they are sent in, so that its twin's other sendings are nobody's.
NOT_SENT = re.compile(r"^(?:sign_|lock|unlock|password|end_|prove|welcome|screen|remove_factor|leave_site)")
WORDS = {
    r"amount|cents|dollars|fee|cost|float|handed": "5.00",
    r"date|day|begins|ends|from|until|born|first": "12/15/2026",
    r"time|starts|opens|closes": "9:00 AM",
    r"phone": "(617) 555-0143",
    r"mail": "somebody@example.org",
    r"number|count|minutes|weeks|units|many": "3",
    r"zip": "02143",
    r"state": "MA",
}
# Looks and refusals are on record each time they happen; what was done is on record once.
_COUNTED = {"audit_auditentry": "NOT is_read AND outcome = 'done'"}
_BESIDE = {"django_session", "django_migrations", "accounts_signinattempt"}


def prove(folder: Path, times: int, port: int, most: int = 0, each: int = 4) -> tuple[str, bool]:
    """Send every form met on `each` pages of a kind (`most` of them, 0: all); good when `times` at once have one effect."""
    once, often = _twins(folder, port)
    book.connect(once.folder)
    for site in (once, often):
        site.up(
            worker=False
        )  # nothing may happen by itself meanwhile, or it would be taken for what a form did
    sent, landed, wrong, rich = Counter[str](), set[str](), list[str](), _rich()
    begun = time.monotonic()
    try:
        for name, password in PEOPLE.items():
            one, other = Clerk(once, 1, name, password), Clerk(often, 1, name, password)
            one.sign_in()
            other.sign_in()
            met = tabs.walk(one.get, [*rich, *SEEDS], each=each)
            forms = [form for form in met if not NOT_SENT.match(form.kind)]
            for form in _one_of_each(forms, sent):
                if most and len(sent) >= most:
                    break
                sent[_name(form)] += 1
                _compare(form, one, other, times, landed, wrong)
    finally:
        once.down()
        often.down()
    verdict = [site.check() for site in (once, often)]
    missed = sorted(_deeds() - {name.split()[0] for name in sent})
    words = (
        f"{len(sent)} kinds of form, of which {len(landed)} did something, each sent once to one practice and {times} times at once "
        f"to its twin, in {time.monotonic() - begun:,.0f} s; {len(wrong)} left other rows; check {' and '.join(verdict)}; "
        f"{len(missed)} addresses that do something were met on no page: {', '.join(missed)}"
    )
    good = not wrong and verdict == ["clean", "clean"] and len(landed) > len(sent) // 4
    return "\n".join([words, *wrong[:20]]), good


def _deeds() -> set[str]:
    """Return the name of each address that does something, but those that end the session they are asked in."""
    from frontdesk.kit.permissions import stands

    return {name for name, stand in stands().items() if (stand.deed or stand.by) and not NOT_SENT.match(name)}


def _rich() -> list[str]:
    """Return pages on which there is something to do: of those whose money moved, and a visit at each stage."""
    from frontdesk.kit import clock
    from frontdesk.office.payments.models import Payment, Plan, Tender
    from frontdesk.office.scheduling.models import Appointment

    today = Payment.objects.order_by("-day", "-id")
    checks = Tender.objects.filter(kind="check", returned=None).order_by("id")
    plans = Plan.objects.filter(state="running").order_by("id")
    whose = [
        *today.values_list("patient_id", flat=True)[:1],
        *checks.values_list("payment__patient_id", flat=True)[:1],
        *plans.values_list("patient_id", flat=True)[:2],
    ]
    ahead = Appointment.objects.filter(starts__gt=clock.now(), patient__labels="").order_by("starts", "id")
    stages = ("scheduled", "arrived", "checked_in", "checkout")
    visits = [
        Appointment.objects.filter(status=one, patient__labels="").order_by("-starts", "id").first()
        for one in stages
    ]
    found = [f"/patients/{pk}/money" for pk in whose]
    found += [f"/visits/{one.pk}" for one in visits if one is not None]
    found += [f"/patients/{one.patient_id}" for one in ahead[:2]]
    return [*found, "/close", "/fees", "/estimates", "/payments/plans"]


def _twins(folder: Path, port: int) -> tuple[Site, Site]:
    once, often = Site(folder / "once", port), Site(folder / "often", port + 1)
    once.furnish()
    url = os.environ.get("DATABASE_URL", "")
    shutil.copytree(once.folder, often.folder)
    if url.startswith("postgres"):
        often.environment["DATABASE_URL"] = _copied(url)
    return once, often


def _copied(url: str) -> str:
    import psycopg

    name = urlsplit(url).path.strip("/")
    with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}_often" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}_often" TEMPLATE "{name}"')
    return urlsplit(url)._replace(path=f"/{name}_often").geturl()


def _name(form: tabs.Form) -> str:
    return " ".join([form.kind, *sorted({name for name, _ in form.fields})])


def _one_of_each(forms: list[tabs.Form], sent: Counter[str]) -> list[tabs.Form]:
    found = {_name(form): form for form in reversed(forms) if _name(form) not in sent}
    return list(reversed(found.values()))


def _compare(
    form: tabs.Form, one: Clerk, other: Clerk, times: int, landed: set[str], wrong: list[str]
) -> None:
    body = {name: [_typed(name, value) for value in values] for name, values in form.sent().items()}
    before = [_rows(one), _rows(other)]
    key = uuid.uuid4().hex
    single, _ = one.post(form.action, **{**body, "_key": key})
    with ThreadPoolExecutor(16) as pool:
        many = list(pool.map(lambda _: other.post(form.action, **{**body, "_key": key})[0], range(times)))
    after = [_rows(one), _rows(other)]
    did, did_often = (
        {t: n - was[t] for t, n in now.items() if n != was[t]} for was, now in zip(before, after, strict=True)
    )
    if did:
        landed.add(form.kind)
    if did != did_often or any(status >= 500 or status == 0 for status in (single, *many)):
        wrong.append(f"{form.kind}: once {single} {did}, often {dict(Counter(many))} {did_often}")


def _typed(name: str, value: str) -> str:
    """Return what stands in a field, or for an empty one something that might."""
    if value:
        return value
    return next((words for pattern, words in WORDS.items() if re.search(pattern, name)), "a word")


def _rows(clerk: Clerk) -> dict[str, int]:
    """Return how many rows each table of a clerk's practice has."""
    site: Site = clerk.site
    url = site.environment.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        import psycopg

        with psycopg.connect(url) as rows:
            tables = [
                t for (t,) in rows.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            ]
            counted = ((t, rows.execute(_count(t)).fetchone()) for t in tables if t not in _BESIDE)
            return {t: row[0] for t, row in counted if row}
    rows = sqlite3.connect(f"file:{site.folder / 'frontdesk.sqlite3'}?mode=ro", uri=True)
    try:
        tables = [t for (t,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            t: rows.execute(_count(t)).fetchone()[0]
            for t in tables
            if t not in _BESIDE and not t.startswith("sqlite_")
        }
    finally:
        rows.close()


def _count(table: str) -> str:
    return f'SELECT COUNT(*) FROM "{table}" WHERE {_COUNTED.get(table, "TRUE")}'
