"""Insurance cards that nobody carries, drawn as real ones are laid out: what stands on them is known, so reading can be judged."""

import io
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 1012, 638  # a card of ISO/IEC 7810 ID-1 at 300 dots an inch


@dataclass(frozen=True)
class Printed:
    """What stands on a card."""

    payer: str = "Harbor Mutual"
    member: str = "ANA M ITO"
    member_id: str = "HM48213977"
    group: str = "48213"
    plan: str = "Open Access"
    effective: str = "01/01/2026"
    copays: tuple[tuple[str, str], ...] = (("PCP", "$25"), ("Specialist", "$50"), ("ER", "$150"))
    phone: str = "1-800-555-0142"
    payer_number: str = "HARB7"


def front(card=None, layout="beside", **how):
    """The front of a card as the bytes of a JPEG; `layout` is a key of `LAYOUTS`, `how` as in `photographed`."""
    return photographed(LAYOUTS[layout](card or Printed()), **how)


def back(card=None, **how):
    """The back of a card."""
    one, (image, pen) = card or Printed(), _blank("#f4f4f0")
    pen.rectangle((0, 40, WIDTH, 120), fill="#333")
    lines = (
        "For medical emergencies call 911 or go to the nearest hospital.",
        f"Provider Services: {one.phone}",
        "Member Services: 1-800-555-0111",
        f"Payer ID: {one.payer_number}",
        "Send claims to: PO Box 1200, Springfield MA 01101",
    )
    for number, words in enumerate(lines):
        pen.text((50, 170 + 72 * number), words, fill="#111", font=_font(30))
    return photographed(image, **how)


def _beside(card):
    """Labels with their values behind them; what is due in a column at the right."""
    image, pen = _blank("#eef4fb")
    pen.rectangle((0, 0, WIDTH, 110), fill="#0b4f8a")
    pen.text((40, 28), card.payer, fill="white", font=_font(50))
    for number, words in enumerate(
        (
            f"Member: {card.member}",
            f"Member ID: {card.member_id}",
            f"Group: {card.group}",
            f"Plan: {card.plan}",
            f"Effective: {card.effective}",
        )
    ):
        pen.text((40, 160 + 78 * number), words, fill="#111", font=_font(34))
    for number, (what, due) in enumerate(card.copays):
        pen.text((680, 240 + 60 * number), f"{what} {due}", fill="#111", font=_font(30))
    pen.text((40, 580), "RxBIN 610014  RxPCN MEDD  RxGrp RX9921", fill="#333", font=_font(22))
    return image


def _above(card):
    """Small labels with their values beneath them, in two columns."""
    image, pen = _blank("#ffffff")
    pen.text((40, 30), card.payer, fill="#6a1b5d", font=_font(54))
    pen.text((700, 44), card.plan, fill="#444", font=_font(32))
    cells = (
        (40, 160, "MEMBER NAME", card.member),
        (40, 290, "ID NUMBER", card.member_id),
        (540, 160, "GROUP NO.", card.group),
        (540, 290, "EFFECTIVE DATE", card.effective),
    )
    for x, y, label, value in cells:
        pen.text((x, y), label, fill="#555", font=_font(22))
        pen.text((x, y + 34), value, fill="#111", font=_font(38))
    due = "   ".join(f"{what} {money}" for what, money in card.copays)
    pen.text((40, 450), f"Copays: {due}", fill="#111", font=_font(28))
    return image


def _blue(card):
    """A card of a Blue: identification number, plan in the middle, due amounts beneath each other."""
    image, pen = _blank("#e8f1fa")
    pen.text((60, 40), card.payer, fill="#00529b", font=_font(48))
    rows = (
        ("Subscriber Name", card.member),
        ("Identification Number", card.member_id),
        ("Group Number", card.group),
        ("Plan Name", card.plan),
    )
    for number, (label, value) in enumerate(rows):
        pen.text((60, 150 + 66 * number), label, fill="#333", font=_font(28))
        pen.text((430, 150 + 66 * number), value, fill="#000", font=_font(30))
    for number, (what, money) in enumerate(card.copays):
        pen.text((60, 440 + 48 * number), f"{what} Copay {money}", fill="#111", font=_font(26))
    return image


def _medicare(card):
    """The red, white and blue one."""
    image, pen = _blank("#ffffff")
    pen.rectangle((0, 0, WIDTH, 100), fill="#1c3f94")
    pen.text((220, 22), "MEDICARE HEALTH INSURANCE", fill="white", font=_font(40))
    pen.text((60, 150), "Name/Nombre", fill="#444", font=_font(24))
    pen.text((60, 184), card.member, fill="#111", font=_font(40))
    pen.text((60, 280), "Medicare Number/Número de Medicare", fill="#444", font=_font(24))
    pen.text((60, 314), card.member_id, fill="#111", font=_font(44))
    pen.text((60, 420), "Entitled to/Con derecho a", fill="#444", font=_font(24))
    pen.text((560, 420), "Coverage starts/Cobertura empieza", fill="#444", font=_font(24))
    pen.text((60, 460), "HOSPITAL (PART A)", fill="#111", font=_font(30))
    pen.text((560, 460), card.effective, fill="#111", font=_font(30))
    return image


LAYOUTS = {"beside": _beside, "above": _above, "blue": _blue, "medicare": _medicare}


def photographed(
    image, *, angle=0.0, blur=0.0, noise=0, shade=0, ground="#7a6a58", seed=1, edge=None, exif=None
):
    """A drawing as a telephone sees it: on a table, a little askew, out of focus, grainy, in half a shadow."""
    seen = Image.new("RGB", (image.width + 160, image.height + 160), ground)
    seen.paste(image, (80, 80))
    if angle:
        seen = seen.rotate(angle, Image.Resampling.BICUBIC, expand=abs(angle) > 20, fillcolor=ground)
    if shade:
        dark = (
            Image.linear_gradient("L")
            .resize(seen.size)
            .point(lambda v: min(255, 255 - shade + v * shade // 255))
        )
        seen = Image.composite(seen, Image.new("RGB", seen.size, "#000"), dark)
    if blur:
        seen = seen.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        draw = Random(seed)
        grain = Image.frombytes("L", seen.size, draw.randbytes(seen.width * seen.height))
        seen = Image.blend(seen, Image.merge("RGB", (grain,) * 3), noise / 100)
    if edge:
        seen.thumbnail((edge, edge))
    made = io.BytesIO()
    seen.save(made, "JPEG", quality=85, **({"exif": exif} if exif else {}))
    return made.getvalue()


def _blank(colour):
    image = Image.new("RGB", (WIDTH, HEIGHT), colour)
    return image, ImageDraw.Draw(image)


def _font(size):
    return ImageFont.load_default(size)
