"""Read a file through: interchanges, groups and sets, each tested as it closes; the sets are walked by their guides."""

from collections.abc import Callable, Iterator

from frontdesk.formats.x12.checks import check_loop
from frontdesk.formats.x12.codes import CodeSets
from frontdesk.formats.x12.delimiters import Delimiters
from frontdesk.formats.x12.elements import faults
from frontdesk.formats.x12.findings import Finding, Level, shown
from frontdesk.formats.x12.guides import envelope, guide_for, guides
from frontdesk.formats.x12.guides.model import Guide
from frontdesk.formats.x12.nodes import Node
from frontdesk.formats.x12.parts import Closed, Group, Interchange, TransactionSet
from frontdesk.formats.x12.parts import element as _get
from frontdesk.formats.x12.reader import Reader, Source
from frontdesk.formats.x12.shapes import Plan, plan
from frontdesk.formats.x12.walk import Walker

REMEMBERED = 100_000  # control numbers of a group or interchange in which a second one is noticed
TOLD = 100_000  # findings of a file that are told; a file with more is not what it says it is
MOST = 1000  # findings of one set that are held for its acknowledgement; all are told
_TA1 = {
    1: "010",
    2: "011",
    3: "012",
    4: "013",
    5: "005",
    6: "006",
    7: "007",
    8: "008",
    9: "014",
    10: "015",
    11: "026",
    12: "017",
    13: "018",
    14: "019",
    15: "020",
    16: "027",
}


class Pass:
    """One reading of a file. `run` yields each set when it has ended, and each group and interchange.

    `say` is told every finding as it is found. Loops named in `loops` are yielded as they close, before they are let
    go. With `keep` a set is held whole, otherwise in the memory of one claim.
    """

    def __init__(
        self,
        source: Source,
        say: Callable[[Finding], None],
        *,
        fuller: CodeSets | None = None,
        loops: frozenset[str] = frozenset(),
        keep: bool = False,
        today: str = "",
    ) -> None:
        self.reader = Reader(source, self._told)
        self.interchange: Interchange | None = None
        self.group: Group | None = None
        self.set: TransactionSet | None = None
        self._say, self._fuller, self._keep = say, fuller, keep
        self._loops = loops
        self.answered: list[list[str]] = []  # the TA1s of the file
        self._ready: list[Node] = []
        self._walker: Walker | None = None
        self._today = today
        self._early: list[Finding] = []
        self._told_already = 0
        self._own_plans: dict[Delimiters, Plan] = {}

    def run(self) -> Iterator[TransactionSet | Closed | Node]:
        """Read the file to its end."""
        reader = self.reader
        handlers = {
            "ISA": self._isa,
            "IEA": self._iea,
            "GS": self._gs,
            "GE": self._ge,
            "ST": self._st,
            "SE": self._se,
        }
        for raw in reader:
            elements = raw.split(reader.delimiters.element)
            handler = handlers.get(elements[0])
            if handler is not None:
                yield from handler(raw, elements)
            elif self._walker is not None:
                self._walker.feed(raw, elements, reader.number)
                if self._ready:
                    yield from self._ready
                    self._ready.clear()
            elif self.set is not None:
                if self._keep:
                    self.set.loose.append(elements)
            elif elements[0] == "TA1" and self.interchange is not None and self.group is None:
                self._tested("TA1", elements, self.interchange.marks)
                self.answered.append(elements)
            else:
                words = f"The segment {shown(elements[0], 12)} stands outside any transaction set."
                self._tell("outside-set", words, elements, ack="022")
        yield from self._close_set("The file ends inside a transaction set: its trailer (SE) is missing.")
        yield from self._close_group("The file ends inside a group: its trailer (GE) is missing.")
        yield from self._close_interchange(
            "The file ends inside an interchange: its trailer (IEA) is missing."
        )

    def _isa(self, _raw: str, elements: list[str]) -> Iterator[TransactionSet | Closed | Node]:
        yield from self._close_set(
            "A new interchange begins inside a transaction set: its trailer (SE) is missing."
        )
        yield from self._close_group("A new interchange begins inside a group: its trailer (GE) is missing.")
        yield from self._close_interchange("A new interchange begins before the last was ended (IEA).")
        self.interchange = Interchange(elements, self.reader.delimiters, self.reader.number)
        self.interchange.findings += self._early
        self._early.clear()
        self._tested("ISA", elements, Delimiters(self.reader.delimiters.element, "\0", "", "\0"))

    def _iea(self, _raw: str, elements: list[str]) -> Iterator[TransactionSet | Closed | Node]:
        yield from self._close_set(
            "The interchange ends inside a transaction set: its trailer (SE) is missing."
        )
        yield from self._close_group("The interchange ends inside a group: its trailer (GE) is missing.")
        interchange = self.interchange
        if interchange is None:
            self._tell("trailer-alone", "An interchange is ended (IEA) that was never begun.", elements)
            return
        self._tested("IEA", elements, interchange.marks)
        if _number(_get(elements, 1)) not in {interchange.groups, None}:
            words = f"IEA01 '{shown(_get(elements, 1))}' is not the number of groups in the interchange, {interchange.groups}."
            self._tell("count", words, elements, 1, "021")
        if _get(elements, 2) != _get(interchange.elements, 13):
            words = (
                f"IEA02 '{shown(_get(elements, 2))}' is not the interchange control number of the ISA, "
                f"'{shown(_get(interchange.elements, 13))}'."
            )
            self._tell("control-number", words, elements, 2, "001")
        self.interchange = None
        yield Closed(interchange)

    def _gs(self, _raw: str, elements: list[str]) -> Iterator[TransactionSet | Closed | Node]:
        yield from self._close_set(
            "A new group begins inside a transaction set: its trailer (SE) is missing."
        )
        yield from self._close_group("A new group begins before the last was ended (GE).")
        interchange = self.interchange or Interchange([], self.reader.delimiters, 0)
        interchange.groups += 1
        self.group = Group(elements, interchange, self.reader.number)
        self._tested("GS", elements, interchange.marks)
        control = _get(elements, 6)
        if control in interchange.controls:
            words = (
                f"GS06 '{shown(control)}' is the control number of an earlier group of this interchange too."
            )
            self._tell("control-number-again", words, elements, 6, "6")
        if len(interchange.controls) < REMEMBERED:
            interchange.controls.add(control)

    def _ge(self, _raw: str, elements: list[str]) -> Iterator[TransactionSet | Closed | Node]:
        yield from self._close_set("The group ends inside a transaction set: its trailer (SE) is missing.")
        group = self.group
        if group is None:
            self._tell("trailer-alone", "A group is ended (GE) that was never begun.", elements)
            return
        group.stated = _get(elements, 1)
        self._tested("GE", elements, group.interchange.marks)
        if _number(_get(elements, 1)) not in {group.sets, None}:
            words = f"GE01 '{shown(_get(elements, 1))}' is not the number of transaction sets in the group, {group.sets}."
            self._tell("count", words, elements, 1, "5")
        if _get(elements, 2) != _get(group.elements, 6):
            words = (
                f"GE02 '{shown(_get(elements, 2))}' is not the control number of the group, "
                f"'{shown(_get(group.elements, 6))}' (GS06)."
            )
            self._tell("control-number", words, elements, 2, "4")
        self.group = None
        yield Closed(group)

    def _st(self, raw: str, elements: list[str]) -> Iterator[TransactionSet | Closed | Node]:
        yield from self._close_set("A new set begins before the last was ended (SE).")
        marks, number, group = self.reader.delimiters, self.reader.number, self.group
        transaction, control = _get(elements, 1), _get(elements, 2)
        version = _get(elements, 3) or (group.version if group else "")
        guide = guide_for(transaction, version)
        found = TransactionSet(transaction, control, version, guide, group, marks, number, _get(elements, 3))
        self.set = found
        if group is None:
            self._tell(
                "set-outside-group", "A transaction set begins outside any group (GS).", elements, ack="6"
            )
        else:
            group.sets += 1
            self._same_kind(elements, group, guide)
            if control in group.controls:
                words = f"ST02 '{shown(control)}' is the control number of an earlier set of this group too."
                self._tell("control-number-again", words, elements, 2, "23")
            if len(group.controls) < REMEMBERED:
                group.controls.add(control)
        if guide is None:
            guide = found.guide = self._unknown_guide(elements, transaction, version)
        if guide is None:
            if self._keep:
                found.loose.append(elements)
            return
        self._walker = Walker(
            guide,
            marks,
            self._told,
            self._plan(marks),
            fuller=self._fuller,
            closed=self._closed,
            keep=self._keep,
        )
        self._walker.today = self._today
        if group is not None:
            self._walker.names = group.claims
        found.root = self._walker.root
        self._walker.feed(raw, elements, number)

    def _plan(self, marks: Delimiters) -> Plan:
        if not self._fuller:
            return plan(marks)
        return self._own_plans.setdefault(marks, Plan(marks))

    def _closed(self, walker: Walker, node: Node) -> None:
        check_loop(walker, node)
        if node.loop.id in self._loops:
            self._ready.append(node)

    def _same_kind(self, elements: list[str], group: Group, guide: Guide | None) -> None:
        if guide and _get(group.elements, 1) != guide.group:
            words = (
                f"The group is marked '{shown(_get(group.elements, 1))}' (GS01), but a {guide.transaction} "
                f"belongs in a group of '{guide.group}'."
            )
            self._tell("group-of-other-kind", words, elements, 1, "6")
        stated = _get(elements, 3)
        if stated and group.version and stated != group.version:
            words = (
                f"ST03 '{shown(stated)}' is not the version of the group, '{shown(group.version)}' (GS08)."
            )
            self._tell("versions-differ", words, elements, 3, "I6")

    def _unknown_guide(self, elements: list[str], transaction: str, version: str) -> Guide | None:
        """Say that a set's guide is not known; the only one of its transaction serves where there is just one."""
        named = [guide for guide in guides().values() if guide.transaction == transaction]
        other = version[6:7] == "X"  # 005010X223A2 is another guide; '5010' only says the release
        if len(named) == 1 and not other:
            words = f"The version '{shown(version)}' is not known; the set is read as {named[0].versions[0]}."
            self._tell("version-unknown", words, elements, 3, "I6")
            return named[0]
        words = (
            f"There is no guide here for transaction '{shown(transaction)}' of version '{shown(version)}': "
            "only its envelope was tested."
        )
        self._tell("guide-unknown", words, elements, 3 if named else 1, note=True)
        return None

    def _se(self, raw: str, elements: list[str]) -> Iterator[TransactionSet | Closed | Node]:
        found = self.set
        if found is None:
            self._tell("trailer-alone", "A transaction set is ended (SE) that was never begun.", elements)
            return
        number = self.reader.number
        count = number - found.number + 1
        if self._walker is not None:
            self._walker.feed(raw, elements, number)
        elif self._keep:
            found.loose.append(elements)
        if self._walker is None:
            self._tested("SE", elements, found.marks)
        if _number(_get(elements, 1)) not in {count, None}:
            words = f"SE01 '{shown(_get(elements, 1))}' is not the number of segments in the set, {count}."
            self._tell("count", words, elements, 1, "4")
        if _get(elements, 2) != found.control:
            words = f"SE02 '{shown(_get(elements, 2))}' is not the control number of the set, '{shown(found.control)}' (ST02)."
            self._tell("control-number", words, elements, 2, "3")
        yield from self._close_set("")

    def _close_set(self, sentence: str) -> Iterator[TransactionSet | Closed | Node]:
        found = self.set
        if found is None:
            return
        if sentence:
            self._tell("trailer-missing", sentence, ["SE"], ack="2")
        if self._walker is not None:
            self._walker.end()
            self._walker = None
            yield from self._ready
            self._ready.clear()
        found.segments = self.reader.number - found.number + (0 if sentence else 1)
        self.set = None
        yield found

    def _close_group(self, sentence: str) -> Iterator[Closed]:
        if self.group is not None:
            self._tell("trailer-missing", sentence, ["GE"], ack="3")
            group, self.group = self.group, None
            yield Closed(group)

    def _close_interchange(self, sentence: str) -> Iterator[Closed]:
        if self.interchange is not None:
            self._tell("trailer-missing", sentence, ["IEA"], ack="023")
            interchange, self.interchange = self.interchange, None
            yield Closed(interchange)

    def _tested(self, ident: str, elements: list[str], marks: Delimiters) -> None:
        """Test a segment of the envelope, element by element."""
        use = envelope()[ident]
        for fault in faults(use, elements, marks):
            if ident == "ISA" and (fault.code == "blank" or fault.position in {11, 16}):
                continue  # ISA is padded with spaces; its delimiters are looked at where they are taken up
            ack = (
                _TA1.get(fault.position, "022")
                if ident in {"ISA", "IEA", "TA1"}
                else ("6" if ident in {"GS", "GE"} else "5")
            )
            said = f" '{shown(fault.value)}'" if fault.value else ""
            words = f"{ident}{fault.position:02d}{said} of the {use.name} {fault.words}."
            self._tell(fault.code, words, elements, fault.position, ack)

    def _tell(
        self,
        code: str,
        sentence: str,
        elements: list[str],
        position: int = 0,
        ack: str = "",
        *,
        note: bool = False,
    ) -> None:
        value = shown(_get(elements, position)) if position else ""
        inner = self.reader.number - self.set.number + 1 if self.set else 0
        self._told(
            Finding(
                code,
                Level.ENVELOPE,
                sentence,
                segment=self.reader.number,
                segment_id=shown(elements[0], 12),
                position=position,
                value=value,
                set_segment=inner,
                ack=ack,
                note=note,
            )
        )

    def _told(self, finding: Finding) -> None:
        self._told_already += 1
        if self._told_already >= TOLD:
            if self._told_already == TOLD:
                words = f"More than {TOLD:,} things are wrong with the file; the others are not told."
                self._say(Finding("too-many", Level.STRUCTURE, words, segment=self.reader.number, note=True))
            return
        holder = self.set or self.group or self.interchange
        kept = holder.findings if holder else self._early
        if len(kept) < MOST:
            kept.append(finding)
        self._say(finding)


def _number(value: str) -> int | None:
    """Return a count, or None where it is no number, which is told elsewhere."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None
