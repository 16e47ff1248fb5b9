"""The card at the desk: scanned, shown beside its policy, confirmed by a person; a broken picture leaves nothing behind."""

import io

import pytest

from frontdesk.exchange.cards.reader import Reader
from frontdesk.exchange.cards import sight
from frontdesk.kit import clock
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.coverage.models import CardPicture, CardScan, Policy
from tests.factories import cards
from tests.factories.coverage import payer, policy, read, scanned
from tests.factories.patients import ana, bo

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


def file(content, name="card.jpg"):
    made = io.BytesIO(content)
    made.name = name
    return made


def text(answer):
    return answer.content.decode()


def test_a_card_is_scanned_and_shown_beside_its_policy_each_look_on_record(
    desk, django_assert_max_num_queries
):
    held = policy(ana())
    home = f"/patients/{held.patient_id}/insurance"
    assert "Aetna" in text(desk.get(f"{home}/cards/scan?policy={held.pk}", **HX))
    sent = {
        "front": file(cards.front()),
        "back": file(cards.back()),
        "policy": held.pk,
        "_patient": held.patient_id,
    }
    answer = desk.post(f"{home}/cards/scan", sent, **HX)
    card = CardScan.objects.get()
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"{home}/cards/{card.pk}")
    assert "Being read" in text(desk.get(f"{home}/cards/{card.pk}"))
    assert desk.get(f"{home}/cards/{card.pk}/reading", **HX).status_code == 204
    with django_assert_max_num_queries(45):
        html = text(desk.get(home))
    front = card.pictures.get(side="front")
    assert f'src="{home}/cards/pictures/{front.pk}"' in html
    assert "Card of 9:00 am" in html
    image = desk.get(f"{home}/cards/pictures/{front.pk}")
    assert (image["Content-Type"], image["Cache-Control"]) == ("image/jpeg", "no-store")
    assert "sandbox" in image["Content-Security-Policy"]
    assert AuditEntry.objects.filter(action="coverage.see_card", patient_id=held.patient_id).count() == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", cards.front()[:5000], b"\x89PNG\r\n\x1a\n<script>"])
def test_what_is_no_picture_is_refused_at_its_field_and_nothing_is_kept(desk, content):
    held = policy(ana())
    sent = {"front": file(content, "card.svg"), "back": file(cards.back()), "policy": held.pk}
    answer = desk.post(f"/patients/{held.patient_id}/insurance/cards/scan", sent, **HX)
    assert answer.status_code == 422
    assert 'id="f-front-error"' in text(answer)
    assert (CardScan.objects.count(), CardPicture.objects.count()) == (0, 0)


def test_what_differs_is_marked_and_taken_over_by_one_key_where_it_was_read_surely(desk):
    held = policy(ana(), group_number="48213")
    card = read(scanned(held.patient, held), ("member_id", "W999", 97), ("group_number", "48213", 96))
    at = f"/patients/{held.patient_id}/insurance/cards/{card.pk}"
    html = text(desk.get(at))
    assert "One field differs" in html
    assert "card-field-other" in html
    assert 'value="W123456789"' in html  # what is on file stands in the field until somebody takes the other
    given = {"policy": held.pk, "version": 1, "payer": f"Aetna [{held.payer_id}]", "member_id": "W123456789",
             "group_number": "48213", "relationship": "self", "take": "all"}  # fmt: skip
    assert desk.post(at, given, **HX)["HX-Redirect"].endswith("/insurance")
    held.refresh_from_db()
    assert held.member_id == "W999"
    assert "Taken over" in text(desk.get(at))
    assert desk.post(at, given, **HX).status_code == 409


def test_what_was_hard_to_read_is_not_taken_all_at_once(desk):
    held = policy(ana())
    card = read(scanned(held.patient, held), ("member_id", "W9O9", 60))
    html = text(desk.get(f"/patients/{held.patient_id}/insurance/cards/{card.pk}"))
    assert "Look twice" in html
    assert 'value="all"' not in html


def test_a_policy_is_added_from_a_card_and_a_refusal_keeps_what_was_typed(desk):
    who, aetna = ana(), payer()
    card = read(
        scanned(who), ("payer_id", str(aetna.pk), 95), ("member_id", "W777777", 97), ("name", "Mika Ito", 90),
        ("copays", "PCP $25", 96),
    )  # fmt: skip
    at = f"/patients/{who.pk}/insurance/cards/{card.pk}"
    html = text(desk.get(at))
    assert "The card names Mika Ito" in html
    assert 'value="W777777"' in html
    given = {"policy": "new", "payer": f"Aetna [{aetna.pk}]", "member_id": "W777777", "relationship": "child",
             "subscriber_first": "Mika", "subscriber_last": "Ito", "note": "On the card: PCP $25"}  # fmt: skip
    refused = desk.post(at, given, **HX)
    assert refused.status_code == 422
    assert "asks for the subscriber" in text(refused)
    assert 'value="Mika"' in text(refused)
    assert not Policy.objects.exists()
    assert desk.post(at, given | {"subscriber_birth_date": "2/1/1940"}, **HX).status_code == 204
    card.refresh_from_db()
    assert card.policy == Policy.objects.get()


def test_nothing_of_a_card_is_used_and_it_stays_on_record(desk):
    card = read(scanned(ana()), ("member_id", "W9", 60))
    home = f"/patients/{card.patient_id}/insurance"
    assert desk.post(f"{home}/cards/{card.pk}/dismiss", {}, **HX)["HX-Redirect"] == home
    assert "A card of no policy yet" not in text(desk.get(home))
    assert "Not used" in text(desk.get(f"{home}/cards/{card.pk}"))


def test_a_card_of_somebody_else_is_none_of_this_page(desk):
    card, other = scanned(ana()), bo()
    for path in (f"{card.pk}", f"{card.pk}/reading", f"pictures/{card.pictures.first().pk}"):
        read_too = desk.get(f"/patients/{other.pk}/insurance/cards/{path}")
        assert read_too.status_code in {404, 204}
        assert b"jpeg" not in read_too.content
    assert desk.post(f"/patients/{other.pk}/insurance/cards/{card.pk}/dismiss", {}).status_code == 404


def test_where_tesseract_is_missing_the_page_says_so_in_place(desk, monkeypatch):
    monkeypatch.setattr(sight.shutil, "which", lambda _name: None)
    held = policy(ana())
    card = scanned(held.patient, held)
    Reader("a worker").round()
    html = text(desk.get(f"/patients/{held.patient_id}/insurance/cards/{card.pk}"))
    assert "Tesseract is missing" in html
    assert 'name="member_id"' in html


def test_the_visit_says_of_when_the_card_is_and_comes_back_after_a_scan(desk, site):
    from tests.journeys.office import Office

    office, held = Office(site), policy(ana())
    with clock.fixed(office.at(8)):
        visit = office.book(held.patient)
        assert "No picture of the card on file yet" in text(desk.get(f"/visits/{visit.pk}"))
        card = read(scanned(held.patient, held), ("member_id", "W123456789", 97))
        html = text(desk.get(f"/visits/{visit.pk}"))
        assert "Card on file of 8:00 am" in html
        assert f"/insurance/cards/scan?visit={visit.pk}" in html
        given = {"policy": held.pk, "version": 1, "payer": f"Aetna [{held.payer_id}]", "member_id": "W123456789",
                 "relationship": "self", "visit": visit.pk}  # fmt: skip
        at = f"/patients/{held.patient_id}/insurance/cards/{card.pk}"
        assert desk.post(at, given, **HX)["HX-Redirect"] == f"/visits/{visit.pk}"
