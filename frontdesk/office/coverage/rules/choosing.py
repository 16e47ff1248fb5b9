"""Which lines of an answer speak for one visit, and which of them speaks loudest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from frontdesk.office.coverage.rules import service_types, terms
from frontdesk.office.coverage.rules.benefits import Benefit, Told

OTHER_NETWORK = 3
PART_A = "MA"  # EB04
_IN, _OUT = {"Y": 0, "W": 1, "N": OTHER_NETWORK}, {"N": 0, "W": 1, "Y": OTHER_NETWORK}
_DIAGNOSES = frozenset({"BF", "BK", "ABF", "ABK"})
FAMILY = frozenset({"FAM", "ECH", "ESP"})
_DEPENDENTS = frozenset({"DEP", "CHD", "SPO", "SPC"})


@dataclass(frozen=True)
class Visit:
    """What is asked of an answer: the day, the kinds of service nearest first, the network, and of whom it is."""

    told: Told
    day: date
    services: tuple[str, ...]
    in_network: bool | None

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The kinds of service that speak for the visit, the nearest first."""
        return service_types.order(self.services)

    @cached_property
    def in_hospital(self) -> bool:
        """Whether it is one that a hospital's insurance pays: Part A of Medicare."""
        return bool(set(self.services) & service_types.HOSPITAL)

    @cached_property
    def speaking(self) -> tuple[tuple[int, Benefit], ...]:
        """The lines that may speak for the visit, with their indexes.

        Passed over: a line the payer could not answer, one for a single procedure or diagnosis, for another place,
        another time, or for somebody else of the family; of Medicare what Part A does not pay.
        """
        return tuple((at, line) for at, line in enumerate(self.told.lines) if self._speaks(line))

    def lines(self, information: str) -> Iterator[tuple[int, Benefit]]:
        """Yield the lines of one kind (EB01) that may speak for the visit, with their indexes."""
        return ((at, line) for at, line in self.speaking if line.information == information)

    def in_force(self, line: Benefit) -> bool:
        """Say whether a line's own dates do not put it into another time."""
        return not line.dates or terms.term(line.dates, self.day).stands(self.day) not in {"over", "not_yet"}

    def service(self, line: Benefit) -> int | None:
        """Return how near the line's kinds of service are to the visit's: 0 is exact, None not at all."""
        own = line.services or (service_types.PLAN,)
        return min((at for at, wanted in enumerate(self.order) if wanted in own), default=None)

    def network(self, line: Benefit) -> int:
        """Return how near the line's network is: 0 as asked, 1 both, 2 not said, 3 the other one.

        Where nobody knows the practice's network it is taken to be in it, and said with an "if".
        """
        ranks = _OUT if self.in_network is False else _IN
        return ranks.get(line.network, 2)

    def covers(self, line: Benefit) -> bool:
        """Say whether a line is about just this service (30 does not count), in this network."""
        near = self.service(line)
        return (
            near is not None and self.order[near] != service_types.PLAN and self.network(line) < OTHER_NETWORK
        )

    def _speaks(self, line: Benefit) -> bool:
        return not (
            line.rejections
            or line.procedure
            or self._elsewhere(line)
            or self._anothers(line.level)
            or (line.insurance == PART_A and not self.in_hospital)
            or not self.in_force(line)
        )

    def _elsewhere(self, line: Benefit) -> bool:
        if any(place.kind in _DIAGNOSES for place in line.places):
            return True
        told = {place.code.zfill(2) for place in line.places if place.kind == "ZZ" and place.code}
        own = service_types.places(self.services) if told else frozenset()
        return bool(own and not told & own)

    def _anothers(self, level: str) -> bool:
        dependent = self.told.dependent
        if dependent is None:
            return level in _DEPENDENTS
        others = {"01": {"CHD"}, "19": {"SPO", "SPC"}}.get(dependent.relationship, set())
        return level == "EMP" or level in others
