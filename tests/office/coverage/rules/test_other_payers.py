"""Who pays beside the payer, or in its place."""

from datetime import date

import pytest

from frontdesk.office.coverage.rules.benefits import Benefit, Dates, Entity
from tests.factories.answers import codes, copay, costs, judged, line, sums


def other(insurance="", role="PRP", name="HUMANA", service="30", **more):
    return line(
        "R",
        service,
        insurance=insurance,
        entities=(Entity(role, name, "", "PI", "61101", "8005550142"),),
        **more,
    )


MEDICARE = Benefit("1", services=("30",), insurance="MB")
MEDICAID = Benefit("1", services=("30",), insurance="MC", plan="STATE PLAN")


@pytest.mark.parametrize("insurance", ["HN", "HM", "PR", "PS", "IN"])
def test_medicare_advantage_pays_in_medicares_place(insurance):
    made = judged(MEDICARE, sums("C", 283, "23", network=""), other(insurance))
    assert made.words == "GREAT LAKES Medicare Part B · HUMANA pays instead (Medicare Advantage)"
    assert (made.copay, made.deductible.individual) == (None, None)
    [task] = made.tasks
    assert (task.code, task.data["id"], task.data["id_kind"], task.data["phone"]) == (
        "managed_payer",
        "61101",
        "PI",
        "8005550142",
    )


def test_an_employers_plan_before_medicare_is_another_payer():
    made = judged(MEDICARE, other("12", name="BAY SHIPYARD"))
    [task] = made.tasks
    assert (task.code, task.data["order"]) == ("other_payer", "primary")
    assert (
        task.words
        == "The payer reports other insurance: BAY SHIPYARD (primary, Medicare secondary, working aged)."
    )


def test_a_managed_care_organization_pays_in_medicaids_place():
    made = judged(MEDICAID, copay(3, network=""), other("HM", "Y2", "HARBOR CARE"))
    assert made.words == "STATE PLAN · HARBOR CARE pays instead (Medicaid managed care)"
    assert codes(judged(MEDICAID, other("HM", "PRP", "BLUE"))) == ["other_payer"]


def test_a_plan_that_is_over_or_pays_for_drugs_only_is_nobodys_task():
    past = other("HN", dates=(Dates("290", date(2024, 1, 1), date(2025, 12, 31)),))
    assert codes(judged(MEDICARE, past)) == []
    assert codes(judged(MEDICARE, other("OT", service="88"))) == []


def test_a_payer_that_keeps_one_service_apart_is_named_for_that_service_only():
    behavioral = line("U", "MH", entities=(Entity("VN", "HARBOR MIND"),))
    assert codes(costs(behavioral)) == []
    [task] = costs(behavioral, services=("MH",)).tasks
    assert (task.code, task.data["name"]) == ("ask_payer", "HARBOR MIND")


def test_the_same_payer_told_twice_is_one_task():
    assert codes(costs(other(), other(service="98"))) == ["other_payer"]
