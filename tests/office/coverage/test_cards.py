"""Insurance cards: the newest is on file and no earlier one is lost; what was read fills nothing until a person has looked."""

import pytest

from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid, NotFound, NotPermitted
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.coverage import queries, rules, scanning, services
from frontdesk.office.coverage.errors import CardSettled, NoSuchPolicy
from frontdesk.office.coverage.models import CardPicture, CardProposal, CardScan, EligibilityCheck, Policy
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.patients.models import Patient
from tests.factories.coverage import payer, policy, read, scanned
from tests.factories.eligibility import WIRE
from tests.factories.patients import ana, bo
from tests.factories.pictures import chunk, jpeg, part, png
from tests.people import lena, mia, rosa, sam

pytestmark = pytest.mark.django_db


def test_the_newest_sides_are_on_file_and_nothing_is_ever_replaced():
    held = policy(ana())
    first = scanned(held.patient, held)
    second = scanned(held.patient, held, front=jpeg(width=3))
    found = queries.cards_of(held.patient_id)[held.pk]
    assert (found.front.card_id, found.back.card_id) == (second.pk, first.pk)
    assert (found.scans, found.waiting) == ([second.pk, first.pk], [second.pk, first.pk])
    services.dismiss_card(rosa(), card_id=second.pk)
    assert queries.cards_of(held.patient_id)[held.pk].front.card_id == first.pk
    assert CardPicture.objects.count() == 3


def test_a_card_of_the_same_policy_in_two_charts_is_on_file_when_they_are_one():
    stays = policy(ana())
    goes = policy(ana(phone="6175550190"), payer_id=stays.payer_id)
    card = scanned(goes.patient, goes)
    patients.merge(lena(), survivor_id=stays.patient_id, duplicate_id=goes.patient_id)
    card.refresh_from_db()
    assert queries.cards_of(stays.patient_id)[stays.pk].front.card_id == card.pk
    assert queries.policy_of_card(card) == stays.pk


def test_only_the_picture_is_kept_and_what_is_none_is_refused():
    who = ana()
    one = scanned(who, front=png(2, 2, chunk(b"tEXt", b"Ana at home")), back=jpeg(part(0xE1, b"GPS 42.38 N")))
    assert [bytes(row.picture) for row in one.pictures.order_by("side")] == [jpeg(), png()]
    for bad in ({"front": b"%PDF-1.7"}, {"back": jpeg()[:-2]}, {"front": jpeg() * 200_000}, {}):
        with pytest.raises(Invalid):
            services.scan_card(rosa(), patient_id=who.pk, **bad)
    assert CardScan.objects.count() == 1


def test_each_look_at_a_picture_is_on_record_and_nobody_elses_is_found():
    card, other = scanned(ana()), bo()
    picture = card.pictures.first()
    assert services.see_card(rosa(), patient_id=card.patient_id, picture_id=picture.pk) == (
        jpeg(),
        "image/jpeg",
    )
    assert AuditEntry.objects.filter(action="coverage.see_card", patient_id=card.patient_id).count() == 1
    with pytest.raises(NotFound):
        services.see_card(rosa(), patient_id=other.pk, picture_id=picture.pk)
    with pytest.raises(NoSuchPolicy):
        services.scan_card(rosa(), patient_id=other.pk, policy_id=policy(card.patient).pk, front=jpeg())


def test_what_was_read_waits_for_a_person_and_confirming_it_corrects_the_policy_and_asks_the_payer(settings):
    held = policy(ana(), note="Card is laminated")
    card = read(scanned(held.patient, held), ("member_id", "W999", 97), ("group_number", "G7", 60))
    held.refresh_from_db()
    assert (held.member_id, held.group_number, held.version) == ("W123456789", "", 1)
    settings.CONNECTIONS = WIRE
    given = {
        "payer_id": held.payer_id,
        "member_id": " w999 ",
        "group_number": "G-1",
        "note": "Card is laminated",
    }
    services.confirm_card(rosa(), card_id=card.pk, policy_id=held.pk, version=1, fields=given)
    held.refresh_from_db()
    assert (held.member_id, held.group_number, held.note) == ("W999", "G-1", "Card is laminated")
    assert EligibilityCheck.objects.get().policy_id == held.pk
    assert dict(CardProposal.objects.values_list("field", "settled")) == {
        "member_id": "taken",
        "group_number": "left",
    }
    with pytest.raises(CardSettled):
        services.dismiss_card(mia(), card_id=card.pk)


def test_a_card_that_says_what_is_on_file_changes_nothing_and_is_kept_as_unchanged():
    held = policy(ana())
    card = read(scanned(held.patient, held), ("member_id", "W123456789", 97))
    given = {"payer_id": held.payer_id, "member_id": "W123456789", "group_number": "", "begins": None}
    services.confirm_card(rosa(), card_id=card.pk, policy_id=held.pk, version=1, fields=given)
    held.refresh_from_db()
    card.refresh_from_db()
    assert (held.version, card.settled) == (1, "same")


def test_a_policy_is_noted_from_a_card_of_none_or_nothing_is():
    who, aetna = ana(), payer()
    card = read(scanned(who), ("payer_id", str(aetna.pk), 95), ("member_id", "W123456789", 97))
    with pytest.raises(Invalid):
        services.confirm_card(rosa(), card_id=card.pk, fields={"payer_id": aetna.pk, "member_id": ""})
    card.refresh_from_db()
    assert (card.settled, Policy.objects.count()) == ("", 0)
    made = services.confirm_card(
        rosa(), card_id=card.pk, fields={"payer_id": aetna.pk, "member_id": "W123456789"}
    )
    card.refresh_from_db()
    assert (card.policy, made.rank) == (made, 1)
    assert queries.card_on_file(who.pk) == card.scanned_at


def test_a_card_is_read_once_and_again_only_when_a_worker_is_gone(morning):
    from datetime import timedelta

    from frontdesk.kit import clock

    card = scanned(ana())
    taken = scanning.lease("one")
    assert (taken.id, len(taken.pictures), scanning.lease("two")) == (card.pk, 2, None)
    with clock.fixed(morning + scanning.LEASE + timedelta(seconds=1)):
        assert scanning.lease("two").id == card.pk
        for worker, kept in (("one", False), ("two", True)):
            assert services.settle_card(SYSTEM, card_id=card.pk, worker=worker, outcome="nothing") is kept
    assert not scanning.anything_to_read()


def test_what_somebody_settled_meanwhile_is_not_proposed_any_more():
    held = policy(ana())
    card = scanned(held.patient, held)
    scanning.lease("one")
    services.dismiss_card(rosa(), card_id=card.pk)
    told = [rules.Proposed("member_id", "W9", "W9", 90)]
    assert not services.settle_card(SYSTEM, card_id=card.pk, worker="one", outcome="read", proposed=told)
    assert not CardProposal.objects.exists()


def test_who_may_only_look_scans_and_confirms_nothing():
    card = scanned(ana())
    for deed in (
        lambda: services.scan_card(sam(), patient_id=card.patient_id, front=jpeg()),
        lambda: services.confirm_card(sam(), card_id=card.pk, fields={}),
        lambda: services.dismiss_card(sam(), card_id=card.pk),
        lambda: services.settle_card(mia(), card_id=card.pk, worker="", outcome="read"),
    ):
        with pytest.raises(NotPermitted):
            deed()
    assert services.open_card(sam(), card_id=card.pk) == card


def test_a_restricted_record_hides_its_cards():
    card = scanned(ana())
    Patient.objects.filter(pk=card.patient_id).update(labels=["vip"])
    for verb, asked in (
        (services.open_card, {"card_id": card.pk}),
        (services.see_card, {"patient_id": card.patient_id, "picture_id": card.pictures.first().pk}),
        (services.scan_card, {"patient_id": card.patient_id, "front": jpeg()}),
        (services.dismiss_card, {"card_id": card.pk}),
        (queries.is_being_read, {"card_id": card.pk}),
    ):
        with pytest.raises(Restricted):
            verb(rosa(), **asked)


def test_cards_go_with_the_chart_they_are_in_when_two_become_one():
    who, once = ana(), ana(phone="(617) 555-0188")
    card = scanned(once)
    patients.merge(mia(), survivor_id=who.pk, duplicate_id=once.pk, reason="Registered twice")
    card.refresh_from_db()
    assert card.patient_id == who.pk


@pytest.mark.parametrize(
    ("field", "read_as", "on_file", "how"),
    [
        ("member_id", "HM-482 1", "HM4821", "same"),
        ("member_id", "HM4822", "HM4821", "other"),
        ("plan_name", "OPEN ACCESS", "Open Access", "same"),
        ("group_number", "48213", "", "new"),
        ("begins", "2026-01-01", None, "new"),
    ],
)
def test_what_was_read_is_the_same_another_or_new(field, read_as, on_file, how):
    assert rules.stands(rules.Proposed(field, read_as, read_as, 90), on_file) == how


def test_a_name_on_a_card_may_be_the_patients_though_its_blanks_were_not_read():
    assert rules.may_be("ANAMITO", "Ana", "Ito")
    assert rules.may_be("Ana Maria Ito", "Ana", "Ito")
    assert not rules.may_be("Mika Ito", "Ana", "Ito")
    assert not rules.may_be("Ito", "Ana", "Ito")


def test_a_payer_is_meant_by_its_number_its_name_or_the_name_its_words_begin_with():
    aetna = payer("Aetna", "60054")
    harbor = payer("Harbor Mutual", "HARB7")
    assert queries.meant(["Aetna Better Things"], "harb7").payer_id == harbor.pk
    assert queries.meant(["Customer Service", "AETNA"]).payer_id == aetna.pk
    begun = queries.meant(["Harbor Mutual Health Plans"])
    assert (begun.payer_id, begun.words, begun.share) == (harbor.pk, "Harbor Mutual", 0.5)
    assert queries.meant(["ANA M ITO", "Rx"]) is None
    payer("Harbor Dental", "HD1")
    assert queries.meant(["Harbor"]) is None
