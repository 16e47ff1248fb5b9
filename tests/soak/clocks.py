"""Every five minutes of every American zone on the days when clocks change, for ten years."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from frontdesk.kit.errors import Invalid
from frontdesk.kit.walltime import midnight_utc, to_utc, to_wall

ZONES = """
America/New_York America/Detroit America/Kentucky/Louisville America/Kentucky/Monticello America/Indiana/Indianapolis
America/Indiana/Vincennes America/Indiana/Winamac America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay
America/Chicago America/Indiana/Tell_City America/Indiana/Knox America/Menominee America/North_Dakota/Center
America/North_Dakota/New_Salem America/North_Dakota/Beulah America/Denver America/Boise America/Phoenix America/Los_Angeles
America/Anchorage America/Juneau America/Sitka America/Metlakatla America/Yakutat America/Nome America/Adak
Pacific/Honolulu America/Puerto_Rico America/St_Thomas Pacific/Guam Pacific/Saipan Pacific/Pago_Pago
""".split()
YEARS = range(2026, 2036)
CELL = timedelta(minutes=5)


def prove() -> tuple[str, bool]:
    slots = wrong = skipped = 0
    for zone in ZONES:
        for day in (d for year in YEARS for d in changes(zone, year)):
            shown = set()
            at, end = midnight_utc(day, zone), midnight_utc(day + timedelta(days=1), zone)
            while at < end:
                wall = to_wall(at, zone)
                back = to_utc(wall.replace(fold=0), zone, wall.fold)
                slots += 1
                wrong += back != at or to_wall(back, zone) != wall
                shown.add(wall.replace(fold=0))
                at += CELL
            skipped += refused(day, zone, shown)
            wrong += refused(day, zone, shown) != 288 - len(shown)
    words = f"{slots:,} five-minute slots, {len(ZONES)} zones, {YEARS[0]} to {YEARS[-1]}; {wrong} wrong; {skipped:,} skipped times refused"
    return words, not wrong


def changes(zone: str, year: int) -> list[date]:
    """The days on which the clocks change, and where they never do the days they would in New York."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    noon = lambda day, where: (
        datetime(day.year, day.month, day.day, 12, tzinfo=UTC).astimezone(ZoneInfo(where)).utcoffset()
    )
    for where in (zone, "America/New_York"):
        found = [b for a, b in zip(days, days[1:], strict=False) if noon(a, where) != noon(b, where)]
        if found:
            return found
    return []


def refused(day: date, zone: str, shown: set[datetime]) -> int:
    """How many wall times of a day the program refuses because the clocks skip them."""
    count = 0
    for n in range(288):
        wall = datetime(day.year, day.month, day.day) + n * CELL
        try:
            to_utc(wall, zone)
        except Invalid:
            count += 1
            assert wall not in shown
    return count
