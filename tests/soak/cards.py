"""How well cards are read: layouts, payers and photos drawn by lot, each field counted as right, wrong, or not found.

`python -m tests.soak.cards [CARDS]`. What is drawn here is kinder than life: one typeface, no hologram, no thumb. The
figures say where reading fails, not how often it will at a desk.
"""

import sys
import time
from collections import Counter
from random import Random

from frontdesk.exchange.cards import fields, pictures, sight
from tests.factories import cards

PAYERS = (
    "Harbor Mutual",
    "Bay State Blue",
    "Pilgrim Health Plan",
    "Connecticut Valley Health",
    "Elder Advantage",
)
PEOPLE = ("ANA ITO", "BO BRANDT", "MARIA LOPEZ-REYES", "JOHN Q SMITH", "SINEAD O'BRIEN", "WEI ZHANG")
PLANS = ("Open Access", "Choice HMO", "PPO", "Saver", "Advantage PPO")
LETTERS = "ABCDEFGHJKMNPRSTUVWXYZ"
MBI = "ACDEFGHJKMNPQRTUVWXY"


def main():
    """Draw, read, count, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    draw, told, spent = Random(417), {}, 0.0
    for number in range(count):
        layout = list(cards.LAYOUTS)[number % len(cards.LAYOUTS)]
        card, how = _card(draw, layout), _photo(draw, number)
        picture = pictures.tidied(cards.front(card, layout, **how))
        begun = time.perf_counter()
        found = {one.field: one for one in fields.read(sight.words(picture))}
        spent += time.perf_counter() - begun
        for field, wanted in _wanted(card, layout).items():
            tally = told.setdefault(field, Counter())
            one = found.get(field)
            if one is None:
                tally["not found"] += 1
            else:
                right = _plain(one.value) == _plain(wanted)
                tally["right" if right else "wrong, sure" if one.sure >= 0.85 else "wrong, doubted"] += 1
                tally["right, doubted"] += right and one.sure < 0.85
    print(f"{count} cards, {spent / count:.2f} s each")
    heads = ("right", "right, doubted", "wrong, doubted", "wrong, sure", "not found")
    print("| field | cards | " + " | ".join(heads) + " |")
    for field, tally in told.items():
        of = sum(tally.values()) - tally["right, doubted"]
        print(f"| {field} | {of} | " + " | ".join(f"{100 * tally[head] / of:.1f} %" for head in heads) + " |")


def _card(draw, layout):
    if layout == "medicare":
        member = "".join(
            draw.choice(one) for one in ("123456789", MBI, MBI, "0123456789", MBI, MBI, "0123456789", MBI, MBI, "0123456789", "0123456789")
        )  # fmt: skip
        member = f"{member[:4]}-{member[4:7]}-{member[7:]}"
    else:
        member = "".join(draw.choices(LETTERS, k=draw.choice((1, 2, 3)))) + "".join(
            draw.choices("0123456789", k=9)
        )
        if draw.random() < 0.2:
            member = member[:5] + draw.choice(LETTERS) + member[6:]
    return cards.Printed(
        payer=draw.choice(PAYERS), member=draw.choice(PEOPLE), member_id=member, group=str(draw.randint(1000, 999999)),
        plan=draw.choice(PLANS), effective=f"{draw.randint(1, 12):02}/01/{draw.randint(2020, 2026)}",
    )  # fmt: skip


def _photo(draw, number):
    """A third as a scanner gives it, a third as a steady hand does, a third as one in a hurry."""
    if number % 3 == 0:
        return {}
    rough = number % 3 == 2
    return {
        "angle": draw.uniform(-6, 6) if rough else draw.uniform(-2, 2),
        "blur": draw.uniform(0.8, 2.2) if rough else draw.uniform(0, 0.8),
        "noise": draw.randrange(6, 18) if rough else draw.randrange(6),
        "shade": draw.randrange(60, 150) if rough else draw.randrange(60),
        "seed": number,
    }


def _wanted(card, layout):
    first, last = card.member.split()[0], card.member.split()[-1]
    whole = {
        "member_id": card.member_id.replace("-", ""),
        "subscriber": f"{first} {last}",
        "group_number": card.group,
        "plan_name": card.plan,
        "begins": f"{card.effective[6:]}-{card.effective[:2]}-{card.effective[3:5]}",
        "copays": " · ".join(f"{what} {money}" for what, money in card.copays),
    }
    left_out = {"medicare": {"group_number", "plan_name", "copays"}, "blue": {"begins"}}
    return {name: value for name, value in whole.items() if name not in left_out.get(layout, ())}


def _plain(text):
    return "".join(c for c in text.casefold() if c.isalnum())


if __name__ == "__main__":
    main()
