"""Who pays, by keys alone: a new injury from its visit, a visit somebody pays for themselves, Medicare unchanged."""

from datetime import timedelta

from frontdesk.kit import clock
from frontdesk.office.coverage.models import Case, MedicareAnswers, Policy
from frontdesk.office.coverage.services import answer_medicare
from frontdesk.office.visits.models import Paying
from tests.factories.coverage import AT_WORK, medicare, payer, policy
from tests.factories.patients import ana, bo
from tests.journeys.office import Keys, Office
from tests.people import rosa


def test_a_case_a_self_pay_visit_and_medicare_are_settled_by_keys(page, elm_street):
    office, who = Office(elm_street), ana(birth_date=clock.now().date().replace(year=1958))
    payer("Pioneer Comp", "PWC01", kind="workers_comp")
    second, first = medicare(who), policy(who)
    with clock.fixed(office.at(8) - timedelta(days=120)):
        answer_medicare(rosa(), patient_id=who.pk, answers=AT_WORK)
    with clock.fixed(office.at(8)):
        injured, other = office.book(who), office.book(bo(), hour=10)
        page.goto(f"/visits/{injured.pk}")
        page.locator("#visit-card a").first.focus()
        keys = Keys(page).press("d").see(".visit-card:not(:has-text('ask who pays first'))")
        assert MedicareAnswers.objects.get(unchanged__isnull=False).code == "12"

        page.locator("#visit-card a").first.focus()
        keys.press("h").see("#sheet select")
        page.locator("#sheet h2").first.evaluate("one => document.activeElement.blur()")
        keys.press("n").see("#sheet #f-injury")
        page.focus("#f-injury")
        keys.type("Cut left hand").press("Tab").type("3/9/2026").press("Tab").press("Tab").type("MA").press(
            "Tab"
        )
        keys.type("pioneer").press("Tab").type("WC-1").press("Enter").see(".visit-card:has-text('no copay')")
        assert (Case.objects.get().claim_number, Paying.objects.get().how) == ("WC-1", "case")

        page.goto(f"/visits/{other.pk}")
        page.locator("#visit-card a").first.focus()
        keys.press("h").see("#sheet select")
        page.focus("#sheet select")
        keys.type("self-pay: has").press("Tab").press("Enter").see(
            ".visit-card:has-text('the patient has no insurance')"
        )
        assert Paying.objects.get(appointment=other).reason == "uninsured"

        page.goto(f"/patients/{who.pk}/insurance")
        keys.press("w").see("main:has-text('In the right order')")
    assert list(Policy.objects.order_by("rank").values_list("pk", flat=True)) == [first.pk, second.pk]
