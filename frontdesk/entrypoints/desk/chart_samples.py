"""Invented figures for the catalogue's pictures."""

from dataclasses import replace

from frontdesk.entrypoints.desk.reports.pictures import Cell, Mark, Pair, Picture

_AHEAD = (("Under a day", 1.7, 17), ("1–2 days", 2.1, 21), ("3–7 days", 4.4, 43), ("2–4 weeks", 6.6, 64), ("Over 4 weeks", 10.3, 100))  # fmt: skip
_WAITS = (("Dr. Dana Lee", 14, 46, 83), ("Dr. Chidi Okafor", 11, 37, 60), ("Dr. Mira Patel", 17, 56, 100))


def _mark(place: int, of: int, label: str, said: str, at: float, to: float, *, small: bool = False) -> Mark:
    slot = 100 / of
    return Mark(
        label=label, said=said, note="only 7 visits" if small else "31 of 301", at=at, to=to, href="/catalogue",
        small=small, x=place * slot + slot * 0.16, middle=place * slot + slot / 2, width=slot * 0.68,
        short=said, tip=to,
    )  # fmt: skip


COLUMNS = [
    _mark(n, len(_AHEAD), label, f"{rate}%", at, at, small=n == 1)
    for n, (label, rate, at) in enumerate(_AHEAD)
]
BARS = [_mark(n, 3, label, f"{median} min", at, to) for n, (label, median, at, to) in enumerate(_WAITS)]
LINE = Picture(
    "line", [_mark(n, 5, f"{n + 8} am", f"{9 + n * 3}", 30 + n * 9, 50 + n * 12) for n in range(5)], mean=42
)
PAIRS = [
    Pair(
        "1–2 weeks",
        "5.3 points less",
        [
            replace(_mark(0, 1, "Reminded", "6.4%", 38, 55), note="31 of 484"),
            replace(_mark(0, 1, "Not reminded", "11.7%", 80, 100), note="22 of 188", is_other=True),
        ],
    ),
    Pair(
        "Under a day",
        "",
        [replace(_mark(0, 1, "Not reminded", "2.3%", 20, 20, small=True), is_other=True)],
    ),
]
HEAT = Picture(
    "heat",
    corner="Weekday",
    heads=["8 am", "9 am", "10 am", "11 am"],
    rows=[
        (day, [Cell(str(8 + more + n * 4), min(n + more, 5), f"{day}, {8 + more + n * 4} min", "/catalogue") if n or more else None for n in range(4)])
        for more, day in enumerate(("Monday", "Tuesday", "Wednesday"))
    ],
)  # fmt: skip
