"""Deposit slip, day sheet and month sheet on letter paper. Nothing is looked up here: what is drawn was kept at the close."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from frontdesk.entrypoints.desk.templating import us_date, wall_time
from frontdesk.kit.money import dollars
from frontdesk.kit.walltime import to_wall
from frontdesk.office.payments.models import DayLock, Deposit, DrawerClose, MonthLock, Tender
from frontdesk.office.payments.rules import over_or_short
from frontdesk.office.practice.models import Location
from frontdesk.ui.paper import RULE, Column, Sheet


def deposit_slip(made: DrawerClose, deposit: Deposit, checks: Sequence[Tender], practice: str) -> bytes:
    """Return the slip that goes to the bank with the money: cash, each check, and what it comes to."""
    session, place = made.session, made.session.drawer.location
    at = to_wall(made.at, place.zone)
    sheet = Sheet(
        "Deposit slip",
        as_of=f"No. {deposit.number}",
        foot=f"{practice}, {place.name} · deposit {deposit.number}",
        made=made.at,
    )
    sheet.paragraph(practice, size=15, bold=True)
    sheet.paragraph(_address(place), quiet=True)
    sheet.ln(3)
    sheet.facts(
        [
            ("Deposit", deposit.number), ("To", deposit.bank), ("Bag", deposit.bag), ("Business day", us_date(session.day)),
            ("Made", f"{us_date(at.date())}, {wall_time(at)}, by {made.by_name}"), ("Out of", session.drawer.name),
        ]
    )  # fmt: skip
    sheet.heading("Cash")
    sheet.rows(
        (Column("", 4), Column("Amount", 1.3, right=True)),
        [
            ("Counted in the drawer, without the float that stays", dollars(deposit.cash)),
            *([("Dropped in the safe before", dollars(deposit.dropped))] if deposit.dropped else []),
            ("Cash", dollars(deposit.cash + deposit.dropped)),
        ],
    )
    sheet.heading(f"Checks and money orders: {len(checks)}")
    rows = [
        (str(n), one.get_kind_display(), one.reference, one.name_on_it, dollars(one.cents))
        for n, one in enumerate(checks, 1)
    ]
    if rows:
        heads = (
            Column("", 0.4),
            Column("Kind", 1),
            Column("Number", 1.2),
            Column("Name on it", 3),
            Column("Amount", 1.3, right=True),
        )
        sheet.rows(heads, [*rows, ("", "", "", "Checks and money orders", dollars(deposit.check_cents))])
    else:
        sheet.paragraph("None.", quiet=True)
    _sum(sheet, "Total deposit", dollars(deposit.cents))
    sheet.ln(4)
    sheet.blanks(("Put up by", "Checked by", "Received at the bank"), height=11)
    return sheet.bytes()


def day_sheet(lock: DayLock, practice: str) -> bytes:
    """Return what a day came to: by provider and tender, its drawers, and the trial balance that all of it equals."""
    found, place = lock.figures, lock.location
    sheet = Sheet(
        "Day sheet",
        as_of=f"{lock.day:%A}, {us_date(lock.day)}",
        foot=f"{practice}, {place.name} · {us_date(lock.day)}",
        made=lock.at,
    )
    sheet.paragraph(practice, size=15, bold=True)
    sheet.paragraph(place.name, quiet=True)
    totals = found["totals"]
    sheet.heading("By provider")
    heads = (Column("", 3), *(Column(one, 1.2, right=True) for one in ("Charges", "Payments", "Adjustments")))
    rows = [(row[0], *(dollars(cents) for cents in row[1:])) for row in found["providers"]]
    whole = ("All", *(dollars(totals[one]) for one in ("charges", "payments", "adjustments")))
    sheet.rows(heads, [*rows, whole])
    sheet.heading("Payments by tender")
    _table(
        sheet, ("", "Number", "Amount"),
        [*((name, str(many or ""), dollars(cents)) for name, many, cents in found["tenders"]), ("All", "", dollars(totals["payments"]))],
    )  # fmt: skip
    if found["adjustments"]:
        sheet.heading("Adjustments")
        _table(sheet, ("", "Amount"), [(code, dollars(cents)) for code, cents in found["adjustments"]])
    if found["drawers"]:
        sheet.heading("Drawers")
        _drawers(sheet, found["drawers"])
    batch = (lock.card, lock.expected_card)
    # What the last drawer was counted with stands there already.
    told = [(one["card"], one["expected_card"]) for one in found["drawers"][-1:] if not lock.reason]
    if lock.card is not None and batch not in told:
        said = over_or_short(lock.card - lock.expected_card)
        sheet.paragraph(f"Card batch {dollars(lock.card)}, {said}. {lock.reason}")
    sheet.heading("Trial balance of the day")
    trial = [(kind, dollars(debit), dollars(credit)) for kind, debit, credit in found["trial"]]
    sides = (sum(row[1] for row in found["trial"]), sum(row[2] for row in found["trial"]))
    _table(sheet, ("", "Debit", "Credit"), [*trial, ("All", *(dollars(one) for one in sides))])
    if lock.note:
        sheet.heading("For tomorrow")
        sheet.paragraph(lock.note)
    _signed(sheet, f"Closed {_at(lock.at, place.zone)} by {lock.by_name}.")
    return sheet.bytes()


def month_sheet(month: MonthLock, practice: str) -> bytes:
    """Return what a month came to, day by day, and how what is owed changed."""
    title = f"{month.first:%B %Y}"
    sheet = Sheet("Month", as_of=title, foot=f"{practice} · {title}", made=month.at)
    sheet.paragraph(practice, size=15, bold=True)
    sheet.heading("What patients and payers owe")
    _table(
        sheet, ("", "Amount"),
        [
            ("At the beginning", dollars(month.opening)), ("+ Charges", dollars(month.charges)), ("− Payments", dollars(month.payments)),
            ("− Adjustments", dollars(month.adjustments)), ("At the end", dollars(month.closing)),
        ],
    )  # fmt: skip
    sheet.heading("Day by day")
    owed, rows = month.opening, []
    for day, charges, payments, adjustments in month.figures:
        owed += charges - payments - adjustments
        rows.append((day, *(dollars(one) for one in (charges, payments, adjustments, owed))))
    _table(sheet, ("Day", "Charges", "Payments", "Adjustments", "Owed"), rows)
    _signed(sheet, f"Closed {us_date(month.at.date())} by {month.by_name}.")
    return sheet.bytes()


def _drawers(sheet: Sheet, drawers: list[dict[str, Any]]) -> None:
    heads = ("Drawer", "Float", "Expected", "Counted", "Over or short", "Stays", "Deposit")
    rows = []
    for one in drawers:
        expected, counted = one["expected_cash"] + one["expected_check"], one["cash"] + one["check"]
        deposit = f"{dollars(one['deposited'])}, no. {one['deposit']}" if one["deposit"] else "none"
        rows.append(
            (
                f"{one['name']}, {one['who']}", dollars(one["float"]), dollars(expected), dollars(counted),
                over_or_short(counted - expected), dollars(one["left"]), deposit,
            )
        )  # fmt: skip
    sheet.rows(
        tuple(Column(head, 2 if n in {0, 6} else 1.2, right=n > 0) for n, head in enumerate(heads)), rows
    )
    for one in drawers:
        card = one["card"]
        said = (
            [f"Card batch {dollars(card)}, {over_or_short(card - one['expected_card'])}."]
            if card is not None
            else []
        )
        said += [f"{one['reason']}."] if one["reason"] else []
        said += [f"Seen by {one['second']}."] if one["second"] else []
        if said:
            sheet.paragraph(f"{one['name']}: {' '.join(said)}", quiet=True)


def _table(sheet: Sheet, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet.rows([Column(head, 3 if n == 0 else 1.3, right=n > 0) for n, head in enumerate(heads)], rows)


def _sum(sheet: Sheet, words: str, amount: str) -> None:
    """Set what all of it comes to, between two lines, so that nobody looks for it."""
    sheet.set_draw_color(*RULE)
    top = sheet.get_y() + 2
    sheet.line(sheet.l_margin, top, sheet.w - sheet.r_margin, top)
    sheet.put(sheet.l_margin, top + 2, sheet.epw / 2, words, size=14, bold=True)
    under = sheet.put(
        sheet.l_margin + sheet.epw / 2, top + 2, sheet.epw / 2, amount, size=16, bold=True, right=True
    )
    sheet.line(sheet.l_margin, under + 2, sheet.w - sheet.r_margin, under + 2)
    sheet.set_y(under + 4)


def _signed(sheet: Sheet, words: str) -> None:
    sheet.ln(2)
    sheet.paragraph(words, quiet=True)
    sheet.ln(2)
    sheet.blanks(("Signed", "Signed"), height=11)


def _at(moment: datetime, zone: str) -> str:
    at = to_wall(moment, zone)
    return f"{us_date(at.date())}, {wall_time(at)}"


def _address(place: Location) -> str:
    town = f"{place.city}, {place.state} {place.zip}".strip(", ")
    return " · ".join(part for part in (place.name, place.line, town) if part)
