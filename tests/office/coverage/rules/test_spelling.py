"""What the payer writes otherwise is a task, and what only looks otherwise is none."""

from datetime import date

from frontdesk.office.coverage.rules.benefits import Known, Rejection
from tests.factories.answers import ACTIVE, DAY, judged


OURS = Known("O'Brien-Smith", "María", member_id="W12-34 5", birth_date=date(1962, 3, 14))


def spelled(ours=OURS, **theirs):
    made = judged(ACTIVE, asked=ours, subscriber=Known(**theirs))
    return [(task.data["field"], task.data["ours"], task.data["theirs"]) for task in made.tasks]


def test_what_the_payer_writes_otherwise_is_a_task_with_both_spellings():
    assert spelled(last="OBRYEN", first="MARIE", member_id="W99", birth_date=date(1962, 4, 13)) == [
        ("last", "O'Brien-Smith", "OBRYEN"),
        ("first", "María", "MARIE"),
        ("birth_date", "1962-03-14", "1962-04-13"),
        ("member_id", "W12-34 5", "W99"),
    ]


def test_capitals_accents_hyphens_and_signs_are_no_correction():
    assert (
        spelled(last="OBRIEN SMITH JR", first="MARIA", member_id="W12345", birth_date=date(1962, 3, 14)) == []
    )


def test_what_the_payer_did_not_tell_is_no_correction():
    assert spelled() == []
    assert spelled(ours=Known(), last="ITO", member_id="W1", birth_date=DAY) == []


def test_a_name_cut_short_by_the_payer_is_no_correction():
    assert spelled(ours=Known(last="Wolfeschlegelstein"), last="WOLFESCHLEGEL") == []


def test_a_dependents_member_id_is_the_subscribers():
    made = judged(ACTIVE, asked=OURS, subscriber=Known(member_id="W77"), dependent=Known(first="MARIA"))
    assert [task.data["theirs"] for task in made.tasks] == ["W77"]


def test_somebody_the_payer_rejected_is_not_compared():
    made = judged(asked=OURS, subscriber=Known(last="ECHO"), rejections=(Rejection("subscriber", "73"),))
    assert made.tasks == ()
