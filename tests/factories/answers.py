"""Answers of payers, line by line, and what is judged of them for an office visit on a Tuesday in March."""

from datetime import date
from decimal import Decimal

from frontdesk.office.coverage.rules import verdict
from frontdesk.office.coverage.rules.benefits import Benefit, Told

DAY = date(2026, 3, 3)
ACTIVE = Benefit("1", services=("30",), plan="GOLD")


def line(information, service="98", amount=None, **more):
    services = (service,) if isinstance(service, str) else service
    return Benefit(
        information, services=services, amount=None if amount is None else Decimal(str(amount)), **more
    )


def copay(amount, service="98", network="Y", period="27", **more):
    return line("B", service, amount, network=network, period=period, **more)


def judged(*lines, day=DAY, services=("98",), in_network=True, asked=None, **told):
    return verdict(
        Told(payer="GREAT LAKES", lines=lines, **told),
        day=day,
        services=services,
        in_network=in_network,
        asked=asked,
    )


def costs(*lines, **asked):
    return judged(ACTIVE, *lines, **asked)


def codes(made):
    return [task.code for task in made.tasks]


def sums(information, amount, period, network="Y", level="IND", service="30", **more):
    return line(information, service, amount, period=period, network=network, level=level, **more)
