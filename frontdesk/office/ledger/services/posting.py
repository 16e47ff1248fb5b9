"""Put an entry into the books: whole, balanced, once."""

from collections.abc import Sequence

from django.db import connection
from django.db.utils import DatabaseError

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.fitting import must_fit
from frontdesk.kit.rows import fetch, marks, run
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger.errors import BeyondWhatIsOpen, KeyReused, NotBalanced
from frontdesk.office.ledger.models import Entry
from frontdesk.office.ledger.rules import Draft, Leg

# Who writes into the books waits for whoever is writing: numbers follow each other as the entries are committed.
_ONE_AT_A_TIME = 0x1ED6E4
SAYS_OPEN = "more than is open"


@service("ledger.post")
def post(by: Actor, /, *, draft: Draft) -> Entry:
    """Post an entry; the same draft posted again, under the same key, is the entry that stands already.

    Called last in a deed: from here to the commit nobody else posts.
    Raises `NotBalanced`, `BeyondWhatIsOpen`, `KeyReused`, `TooLong`.
    """
    _must_balance(draft)
    must_fit(Entry, {"key": draft.key, "about": draft.about, "reason": draft.reason})
    alone()
    known = Entry.objects.filter(key=draft.key).first()
    if known is not None:
        if known.digest != draft.digest:
            msg = "This was sent already, with other contents. Open it again."
            raise KeyReused(msg, known)
        record(by, subject=known, patient_id=draft.patient_id, after={"again": True})
        return known
    made = write(by, draft)
    record(by, subject=made, patient_id=draft.patient_id, after=_told(draft), reason=draft.reason)
    return made


@service("ledger.next_number", permission="ledger.post")
def next_number(by: Actor, /, *, name: str) -> str:
    """Give out the next number of a series ("receipt", "deposit"): never the same again, also when a backup is put back."""
    alone()
    label, last = fetch(
        "INSERT INTO ledger_series (name, label, last) "
        "VALUES (%s, COALESCE((SELECT label FROM ledger_series WHERE name = 'entry'), ''), 1) "
        "ON CONFLICT (name) DO UPDATE SET last = ledger_series.last + 1 RETURNING label, last",
        [name],
    )[0]
    given = f"{label}-{last}" if label else str(last)
    record(by, after={"series": name, "number": given})
    return given


def alone() -> None:
    """Wait until nobody else posts, and let nobody until this transaction ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        fetch("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


def write(by: Actor, draft: Draft, reverses: int | None = None) -> Entry:
    """Write a draft's lines, then its entry. The caller is `alone`. Raises `BeyondWhatIsOpen`."""
    number, series = fetch(
        "SELECT (SELECT COALESCE(MAX(id), 0) + 1 FROM ledger_entry), "
        "COALESCE((SELECT label FROM ledger_series WHERE name = 'entry'), '')"
    )[0]
    made = Entry(
        pk=number, series=series, kind=draft.kind, at=clock.now(), day=draft.day, by=by.name, key=draft.key,
        digest=draft.digest, about=draft.about, patient_id=draft.patient_id, reason=draft.reason, reverses_id=reverses,
    )  # fmt: skip
    accounts = _accounts(draft.legs)
    lines = [
        value
        for leg in draft.legs
        for value in (number, accounts[leg.kind, leg.of], leg.amount, leg.settles, leg.about)
    ]
    places = ", ".join([f"({marks(5)})"] * len(draft.legs))
    try:
        run(
            f"INSERT INTO ledger_line (entry_id, account_id, amount, settles_id, about) VALUES {places}",  # noqa: S608 - places only
            lines,
        )
    except DatabaseError as refused:
        if SAYS_OPEN not in str(refused):
            raise
        msg = "More was to be applied than is left. Look at what is open now."
        raise BeyondWhatIsOpen(msg) from refused
    run(
        'INSERT INTO ledger_entry (id, series, kind, at, day, "by", key, digest, about, patient_id, reason, reverses_id) '  # noqa: S608 - places only
        f"VALUES ({marks(12)})",
        [number, series, made.kind, made.at, made.day, made.by, made.key, made.digest, made.about, made.patient_id, made.reason, reverses],
    )  # fmt: skip
    made._state.adding, made._state.db = False, connection.alias  # noqa: SLF001 - what save() would note
    return made


def _accounts(legs: Sequence[Leg]) -> dict[tuple[str, str], int]:
    """Return the accounts' numbers; those that are not there yet are opened."""
    wanted = list(dict.fromkeys((leg.kind, leg.of) for leg in legs))
    found = _known(wanted)
    missing = [one for one in wanted if one not in found]
    if missing:
        places = ", ".join(["(%s, %s)"] * len(missing))
        run(
            f"INSERT INTO ledger_account (kind, of) VALUES {places} ON CONFLICT (kind, of) DO NOTHING",  # noqa: S608 - places only
            [value for one in missing for value in one],
        )
        found |= _known(missing)
    return found


def _known(wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    rows = fetch(
        # Row by row: SQLite looks a list of pairs up by going through all accounts.
        f"SELECT kind, of, id FROM ledger_account WHERE {' OR '.join(['(kind = %s AND of = %s)'] * len(wanted))}",  # noqa: S608 - places only
        [value for one in wanted for value in one],
    )
    return {(kind, of): pk for kind, of, pk in rows}


def _must_balance(draft: Draft) -> None:
    if (
        len(draft.legs) < 2
        or sum(leg.amount for leg in draft.legs) != 0
        or any(leg.amount == 0 for leg in draft.legs)
    ):
        msg = "What comes in and what goes out are not the same amount."
        raise NotBalanced(msg)


def _told(draft: Draft) -> dict[str, object]:
    moved = sum(leg.amount for leg in draft.legs if leg.amount > 0)
    return {"kind": str(draft.kind), "cents": moved, "day": draft.day.isoformat(), "about": draft.about}
