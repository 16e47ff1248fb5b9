"""Sets as objects in the field's words: `parse_271(file)` reads them, `build` writes them byte for byte.

A file that is not what is asked for gives no objects; what is wrong with it is told to `say`, never raised.
"""

from collections.abc import Callable, Iterator

from frontdesk.formats.x12.envelope import Pass
from frontdesk.formats.x12.findings import Finding
from frontdesk.formats.x12.nodes import Node
from frontdesk.formats.x12.parts import TransactionSet
from frontdesk.formats.x12.reader import Source
from frontdesk.formats.x12.records import (
    acknowledgement,
    authorization,
    claim,
    eligibility,
    remittance,
    status,
)
from frontdesk.formats.x12.records.acknowledgement import Acknowledgement, InterchangeAnswered
from frontdesk.formats.x12.records.authorization import Authorization
from frontdesk.formats.x12.records.building import Loops, Segments, view
from frontdesk.formats.x12.records.claim import Claim, Claims
from frontdesk.formats.x12.records.eligibility import EligibilityAnswer, EligibilityInquiry
from frontdesk.formats.x12.records.levels import Set
from frontdesk.formats.x12.records.remittance import ClaimPayment, Remittance
from frontdesk.formats.x12.records.status import (
    ClaimAcknowledgement,
    StatusAnswer,
    StatusInquiry,
)

Say = Callable[[Finding], None]
_KINDS: dict[str, tuple[type[Set], Loops, Segments]] = {
    "270": (EligibilityInquiry, eligibility.INQUIRY, eligibility.SEGMENTS),
    "271": (EligibilityAnswer, eligibility.ANSWER, eligibility.SEGMENTS),
    "276": (StatusInquiry, {**status.LOOPS, "ST": StatusInquiry}, status.SEGMENTS),
    "277": (StatusAnswer, {**status.LOOPS, "ST": StatusAnswer}, status.SEGMENTS),
    "277CA": (ClaimAcknowledgement, {**status.LOOPS, "ST": ClaimAcknowledgement}, status.SEGMENTS),
    "278": (Authorization, authorization.LOOPS, authorization.SEGMENTS),
    "835": (Remittance, remittance.LOOPS, remittance.SEGMENTS),
    "837P": (Claims, claim.LOOPS, claim.SEGMENTS),
    "999": (Acknowledgement, acknowledgement.LOOPS, acknowledgement.SEGMENTS),
}


def parse(source: Source, say: Say | None = None) -> Iterator[Set]:
    """Yield every set of a file whose guide is here, each held whole."""
    for seen in Pass(source, say or _unsaid, keep=True).run():
        if (
            isinstance(seen, TransactionSet)
            and seen.root is not None
            and seen.guide
            and seen.guide.id in _KINDS
        ):
            _, loops, own = _KINDS[seen.guide.id]
            made = view(seen.root, loops, own, seen.marks)
            assert isinstance(made, Set)
            yield made


def parse_270(source: Source, say: Say | None = None) -> list[EligibilityInquiry]:
    """Return the eligibility inquiries of a file."""
    return [found for found in parse(source, say) if isinstance(found, EligibilityInquiry)]


def parse_271(source: Source, say: Say | None = None) -> list[EligibilityAnswer]:
    """Return the eligibility answers of a file."""
    return [found for found in parse(source, say) if isinstance(found, EligibilityAnswer)]


def parse_276(source: Source, say: Say | None = None) -> list[StatusInquiry]:
    """Return the claim status inquiries of a file."""
    return [found for found in parse(source, say) if isinstance(found, StatusInquiry)]


def parse_277(source: Source, say: Say | None = None) -> list[StatusAnswer]:
    """Return the claim status answers of a file."""
    return [found for found in parse(source, say) if isinstance(found, StatusAnswer)]


def parse_277ca(source: Source, say: Say | None = None) -> list[ClaimAcknowledgement]:
    """Return the claim acknowledgements of a file."""
    return [found for found in parse(source, say) if isinstance(found, ClaimAcknowledgement)]


def parse_278(source: Source, say: Say | None = None) -> list[Authorization]:
    """Return the authorization requests and answers of a file."""
    return [found for found in parse(source, say) if isinstance(found, Authorization)]


def parse_835(source: Source, say: Say | None = None) -> list[Remittance]:
    """Return the remittances of a file, each held whole; `stream_835` holds one claim at a time."""
    return [found for found in parse(source, say) if isinstance(found, Remittance)]


def parse_837p(source: Source, say: Say | None = None) -> list[Claims]:
    """Return the claim batches of a file, each held whole; `stream_837p` holds one claim at a time."""
    return [found for found in parse(source, say) if isinstance(found, Claims)]


def parse_999(source: Source, say: Say | None = None) -> list[Acknowledgement]:
    """Return the acknowledgements of a file."""
    return [found for found in parse(source, say) if isinstance(found, Acknowledgement)]


def parse_ta1(source: Source, say: Say | None = None) -> list[InterchangeAnswered]:
    """Return what a file says of whole interchanges; a TA1 is a segment between ISA and IEA, in no set."""
    reading = Pass(source, say or _unsaid)
    for _ in reading.run():
        """The rest of the file is tested on the way."""
    return [InterchangeAnswered.of(elements) for elements in reading.answered]


def stream_835(source: Source, say: Say | None = None) -> Iterator[ClaimPayment]:
    """Yield the claims of a remittance one by one, in the memory of one; the file is tested on the way."""
    reading = Pass(source, say or _unsaid, loops=frozenset({"2100"}))
    for seen in reading.run():
        if isinstance(seen, Node) and reading.set and reading.set.guide and reading.set.guide.id == "835":
            made = view(seen, remittance.LOOPS, remittance.SEGMENTS, reading.set.marks)
            if isinstance(made, ClaimPayment):
                yield made


def stream_837p(source: Source, say: Say | None = None) -> Iterator[Claim]:
    """Yield the claims of a batch one by one, in the memory of one; the file is tested on the way."""
    reading = Pass(source, say or _unsaid, loops=frozenset({"2300"}))
    for seen in reading.run():
        if isinstance(seen, Node) and reading.set and reading.set.guide and reading.set.guide.id == "837P":
            made = view(seen, claim.LOOPS, claim.SEGMENTS, reading.set.marks)
            if isinstance(made, Claim):
                yield made


def _unsaid(_: Finding) -> None:
    """Tell nobody."""
