"""Insurance cards in the demo: drawn, plainly of nobody, for some of those who come today; two of them wait to be read."""

import io
from datetime import timedelta
from random import Random

from PIL import Image, ImageDraw, ImageFont

from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.models import CardPicture, CardScan, Policy
from frontdesk.office.scheduling.models import Appointment

DRAWN, WAITING = 14, 2
_WIDTH, _HEIGHT = 1012, 638  # ISO/IEC 7810 ID-1 at 300 dots an inch
_GROUNDS = ("#0b4f8a", "#7a2d58", "#24614a", "#8a4b12", "#3d3f8f")
_COPAYS = (("PCP $20", "Specialist $40", "ER $150"), ("PCP $35", "Specialist $60", "ER $250"))


def add_cards(plan: Plan, seed: int) -> None:
    """Put a card on file for some of today's patients, as somebody scanned it on an earlier visit; two of them just now."""
    rng = Random(f"cards-{seed}")
    today = Appointment.objects.filter(starts__date=plan.today).order_by("starts", "id")
    who = list(dict.fromkeys(today.values_list("patient_id", flat=True)))[: DRAWN * 4]
    held = Policy.objects.filter(patient__in=who, rank=1).select_related("payer", "patient")
    by_patient = {one.patient_id: one for one in held.defer("patient__photo")}
    chosen = [by_patient[one] for one in who if one in by_patient][:DRAWN]
    for number, policy in enumerate(chosen):
        front, back = _front(policy, rng), _back(policy)
        if number < WAITING:
            coverage.scan_card(
                SYSTEM, patient_id=policy.patient_id, policy_id=policy.pk, front=front, back=back
            )
            continue
        at = plan.now - timedelta(days=rng.randint(20, 300))
        done = {"state": CardScan.State.DONE, "done_at": at, "outcome": CardScan.Outcome.READ}
        settled = {"settled": CardScan.Settled.TAKEN, "settled_at": at, "settled_by": "Rosa Diaz"}
        row = CardScan.objects.create(
            patient=policy.patient, policy=policy, scanned_at=at, scanned_by="Rosa Diaz", **done, **settled
        )
        for side, picture in ((CardPicture.Side.FRONT, front), (CardPicture.Side.BACK, back)):
            CardPicture.objects.create(scan=row, side=side, picture=picture)


def _front(policy: Policy, rng: Random) -> bytes:
    image, pen = _blank("#f3f7fb")
    pen.rectangle((0, 0, _WIDTH, 118), fill=_GROUNDS[policy.payer_id % len(_GROUNDS)])
    pen.text((40, 30), policy.payer.name, fill="white", font=_font(46))
    who = policy.patient
    lines = (
        f"Member:  {who.legal_first}  {who.legal_last}",
        f"Member ID:  {policy.member_id}",
        f"Group:  {policy.group_number}" if policy.group_number else "",
        f"Plan:  {policy.plan_name}" if policy.plan_name else "",
        f"Effective:  {policy.begins:%m/%d/%Y}" if policy.begins else "",
    )
    for number, words in enumerate(one for one in lines if one):
        pen.text((40, 165 + 74 * number), words, fill="#14202b", font=_font(34))
    for number, words in enumerate(rng.choice(_COPAYS)):
        pen.text((730, 250 + 58 * number), words, fill="#14202b", font=_font(28))
    pen.text((40, 580), "SPECIMEN: a card of the demo, of nobody", fill="#a3262a", font=_font(26))
    return _jpeg(image)


def _back(policy: Policy) -> bytes:
    image, pen = _blank("#f7f6f1")
    pen.rectangle((0, 44, _WIDTH, 128), fill="#2d2f33")
    number = policy.payer.numbers.filter(transaction="claims").values_list("number", flat=True).first() or ""
    for row, words in enumerate(
        (
            f"Provider Services: {policy.payer.phone or '1-800-555-0142'}",
            "Member Services: 1-800-555-0111",
            f"Payer ID: {number}",
            "In an emergency call 911.",
        )
    ):
        pen.text((44, 190 + 76 * row), words, fill="#14202b", font=_font(32))
    pen.text((44, 580), "SPECIMEN: a card of the demo, of nobody", fill="#a3262a", font=_font(26))
    return _jpeg(image)


def _blank(colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (_WIDTH, _HEIGHT), colour)
    return image, ImageDraw.Draw(image)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _jpeg(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.save(made, "JPEG", quality=82, optimize=True)
    return made.getvalue()
