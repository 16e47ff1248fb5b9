"""Reads about insurance cards: which are on file, what was read on one, which payer a card means. No picture is read here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from frontdesk.kit.actor import Actor
from frontdesk.office.coverage import rules
from frontdesk.office.coverage.models import (
    CardPicture,
    CardProposal,
    CardScan,
    Payer,
    PayerName,
    PayerNumber,
    Policy,
)
from frontdesk.office.coverage.queries.listing import offered
from frontdesk.office.patients.queries import find_patient

Settled, State, Side = CardScan.Settled, CardScan.State, CardPicture.Side
MOST = 200
_SHORTEST = 4  # letters of a beginning that may stand for a payer's whole name


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a card: the row of its picture, of its scan, when it was taken and by whom."""

    picture_id: int
    card_id: int
    side: str
    at: datetime
    by: str


@dataclass(slots=True)
class Cards:
    """The cards of one policy: the newest front and back, which scans wait for somebody, and how many there are in all."""

    front: Face | None = None
    back: Face | None = None
    waiting: list[int] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)

    @property
    def faces(self) -> list[Face]:
        """The sides that are there, the front first."""
        return [one for one in (self.front, self.back) if one]


@dataclass(frozen=True, slots=True)
class Meant:
    """The payer a card means, the words that say so, and how much of them it is (0 to 1)."""

    payer_id: int
    words: str
    share: float


def cards_of(patient_id: int) -> dict[int | None, Cards]:
    """Return a patient's cards by policy, under None those of no policy yet; one query, two more where charts were merged.

    What somebody dismissed is counted, and is not the card on file.
    """
    rows = CardPicture.objects.filter(scan__patient_id=patient_id).order_by("-scan_id")
    columns = (
        "id",
        "scan_id",
        "side",
        "scan__policy_id",
        "scan__scanned_at",
        "scan__scanned_by",
        "scan__settled",
        "scan__policy__patient_id",
    )
    listed = list(rows.values_list(*columns)[:MOST])
    own = _own(patient_id, {row[3] for row in listed if row[3] is not None and row[-1] != patient_id})
    found: dict[int | None, Cards] = {}
    for pk, scan, side, policy, at, by, settled, _ in listed:
        mine = found.setdefault(own.get(policy, policy), Cards())
        if scan not in mine.scans:
            mine.scans.append(scan)
            if not settled:
                mine.waiting.append(scan)
        if settled != Settled.DISMISSED and getattr(mine, side) is None:
            setattr(mine, side, Face(pk, scan, side, at, by))
    return found


def policy_of_card(row: CardScan) -> int | None:
    """Return the policy a card is of, as its patient has it now; None for none, or one they do not have."""
    return _own(row.patient_id, {row.policy_id}).get(row.policy_id) if row.policy_id else None


def _own(patient_id: int, policy_ids: Collection[int]) -> dict[int | None, int | None]:
    """Return for each policy the patient's own that is the same: a merge leaves the duplicate's policy in the other chart."""
    found: dict[int | None, int | None] = {}
    rows = Policy.objects.filter(pk__in=policy_ids) if policy_ids else Policy.objects.none()
    for row in rows:
        same = Q(payer=row.payer_id, member_id=row.member_id, ended_at=None, patient=patient_id)
        own = row.pk if row.patient_id == patient_id else None
        found[row.pk] = own or Policy.objects.filter(same).values_list("pk", flat=True).first()
    return found


def faces_of(card_id: int) -> list[Face]:
    """Return the sides of one card, the front first."""
    rows = CardPicture.objects.filter(scan=card_id).order_by("-side").select_related("scan").defer("picture")
    return [Face(one.pk, card_id, one.side, one.scan.scanned_at, one.scan.scanned_by) for one in rows]


def scans_of(patient_id: int, policy_id: int | None) -> list[CardScan]:
    """Return the scans of a policy, or those of none yet, newest first."""
    of_it = Q(policy=policy_id) if policy_id else Q(policy__isnull=True)
    return list(CardScan.objects.filter(of_it, patient_id=patient_id).order_by("-id")[:20])


def proposed(card_id: int) -> dict[str, rules.Proposed]:
    """Return what was read on a card, by field."""
    rows = CardProposal.objects.filter(scan=card_id)
    return {one.field: rules.Proposed(one.field, one.value, one.printed, one.sure) for one in rows}


def is_being_read(by: Actor, card_id: int) -> bool:
    """Say whether a card has not been read yet; nobody's business who may not see the patient. Raises `Restricted`."""
    row = CardScan.objects.filter(pk=card_id).exclude(state=State.DONE).only("patient_id").first()
    if row is not None:
        find_patient(by, row.patient_id)
    return row is not None


def card_on_file(patient_id: int) -> datetime | None:
    """Return when the newest card of a policy in use was taken, None when there is none; one query."""
    rows = CardScan.objects.filter(patient_id=patient_id, policy__ended_at=None, policy__isnull=False)
    newest = rows.exclude(settled=Settled.DISMISSED).order_by("-id").values_list("scanned_at", flat=True)
    return newest.first()


def meant(names: Sequence[str], number: str = "") -> Meant | None:
    """Return the one payer that words off a card mean: by its number, by a whole name, by a name they begin with.

    The words of `names` are tried whole and then without their last ones, in their order: "Harbor Mutual Health Plans"
    means Harbor Mutual. What several payers are called means none.
    """
    if number:
        by_number = set(_numbered(number))
        if len(by_number) == 1:
            return Meant(by_number.pop(), number, 1.0)
    for exact in (True, False):
        for name in names:
            words = name.split()
            for kept in range(len(words), 0, -1):
                text = " ".join(words[:kept])
                found = _named(text) if exact else _begun(text)
                if found is not None:
                    return Meant(found, text, (kept / len(words)) * (1.0 if exact else 0.8))
    return None


def _numbered(number: str) -> list[int]:
    rows = PayerNumber.objects.filter(
        number__iexact=number[:80], payer__ended_at=None, payer__merged_into=None
    )
    return list(rows.values_list("payer_id", flat=True).distinct())


def _named(text: str) -> int | None:
    key = rules.search_key(text)
    in_use = PayerName.objects.filter(payer__ended_at=None, payer__merged_into=None)
    found = set(in_use.filter(search=f" {key}").values_list("payer_id", flat=True)[:2]) if key else set()
    return found.pop() if len(found) == 1 else None


def _begun(text: str) -> int | None:
    """Return the only payer offered for the beginning of a name, long enough to be one."""
    key = rules.search_key(text)
    if len(key) < _SHORTEST or key.isdigit():
        return None
    found: list[Payer] = offered(text, limit=2)
    return found[0].pk if len(found) == 1 else None
