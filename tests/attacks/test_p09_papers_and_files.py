"""P9: papers, files and pictures of what is not one's own: not there; and none without the right to print or export."""

import pytest

from tests.attacks.practice import changing_nothing, undone

pytestmark = pytest.mark.django_db
OF_A_VISIT = ("slip.pdf", "label.pdf", "visit-slip.pdf")


@pytest.mark.parametrize("paper", OF_A_VISIT)
@pytest.mark.parametrize("role", ["psr", "lead", "clinical", "provider", "manager"])
def test_a_paper_of_another_sites_visit_is_not_there(world, paper, role):
    with undone(), changing_nothing():
        answer = world.browsers[role].get(f"/visits/{world.oak.today.pk}/{paper}")
    assert answer.status_code == 404
    assert not answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("paper", OF_A_VISIT)
@pytest.mark.parametrize("role", ["biller", "trainee", "privacy", "kiosk"])
def test_who_may_not_print_gets_no_paper(world, paper, role):
    assert world.browsers[role].get(f"/visits/{world.elm.today.pk}/{paper}").status_code == 403


@pytest.mark.parametrize("path", ["/tomorrow/huddle.pdf", "/board/roster.pdf"])
def test_the_lists_on_paper_are_of_ones_own_site_whatever_the_address_says(world, path):
    answer = world.browsers["lead"].get(f"{path}?location={world.oak.location.pk}&day=2026-03-10")
    assert answer.status_code == 200
    assert world.browsers["trainee"].get(path).status_code == 403


def test_a_report_of_another_site_is_of_ones_own(world):
    """The filter knows only the sites one works at; another's number is no choice."""
    answer = world.browsers["manager"].get(f"/reports/no-shows?location={world.oak.location.pk}")
    assert answer.status_code == 200
    assert "Oak" not in answer.content.decode()


def test_a_pack_of_another_site_is_not_there(world):
    answer = world.browsers["lead"].get(f"/downtime/packs/{world.oak.location.pk}/20260303-140000/html")
    assert answer.status_code == 404


def test_another_site_cannot_be_chosen_to_work_at(world):
    with undone(), changing_nothing():
        answer = world.browsers["lead"].post("/location", {"location": str(world.oak.location.pk)})
    assert answer.status_code == 422
