"""P91: the record of deeds, by hand: through the program's own tables, and at the database's own prompt."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from frontdesk.office.audit import seals
from frontdesk.office.audit.models import AuditEntry, AuditSeal
from frontdesk.office.practice.services import open_practice
from tests.people import gus

pytestmark = pytest.mark.django_db


@pytest.fixture
def anchor(tmp_path):
    made = seals.Anchor(tmp_path / "anchor.txt", (b"the key of today",), tmp_path / "copy.txt")
    for n in range(4):
        open_practice(gus(), name=f"Elm {n}")
    seals.seal(made, settled=timedelta(0))
    return made


THROUGH_THE_TABLES = {
    "an update": lambda: AuditEntry.objects.update(actor_name="Somebody else"),
    "a saved row": lambda: AuditEntry.objects.first().save(),
    "a deletion": lambda: AuditEntry.objects.all().delete(),
    "a deleted row": lambda: AuditEntry.objects.first().delete(),
    "a bulk update": lambda: AuditEntry.objects.bulk_update([AuditEntry.objects.first()], ["reason"]),
    "a deleted seal": lambda: AuditSeal.objects.all().delete(),
    "a changed seal": lambda: AuditSeal.objects.update(root="x"),
}
AT_THE_PROMPT = (
    "UPDATE audit_auditentry SET actor_id = 1",
    "UPDATE audit_auditentry SET at = at WHERE id = (SELECT MIN(id) FROM audit_auditentry)",
    "DELETE FROM audit_auditentry",
    "DELETE FROM audit_auditentry WHERE id = (SELECT MAX(id) FROM audit_auditentry)",
    "DELETE FROM audit_auditseal",
    "WITH x AS (SELECT 1) UPDATE audit_auditentry SET reason = 'x'",
)


@pytest.mark.parametrize("how", THROUGH_THE_TABLES)
def test_the_program_itself_cannot_change_it(anchor, how):
    before = list(AuditEntry.objects.values_list()), list(AuditSeal.objects.values_list())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        THROUGH_THE_TABLES[how]()
    assert (list(AuditEntry.objects.values_list()), list(AuditSeal.objects.values_list())) == before


@pytest.mark.parametrize("statement", AT_THE_PROMPT)
def test_nor_somebody_at_the_databases_prompt(anchor, statement):
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert seals.breaches(anchor) == []


def slipped_in(**fields):
    row = {
        name: value for name, value in AuditEntry.objects.order_by("pk").values()[0].items() if name != "id"
    }
    return AuditEntry.objects.create(**{**row, **fields})


def test_an_entry_put_among_those_that_are_sealed_is_found_and_named(anchor):
    """A number below the last: refused at once where the database can say so, found by the seals where it cannot."""
    last = AuditEntry.objects.latest("pk").pk
    try:
        with transaction.atomic():
            made = AuditEntry(**{**AuditEntry.objects.values().order_by("pk")[0], "id": last - 100_000})
            made.save(force_insert=True)
    except DatabaseError as refused:
        assert "never changed" in str(refused)
        return
    assert made.pk in {pk for found in seals.breaches(anchor) for pk in found.entries}


def test_an_entry_of_yesterday_written_today_shows_by_its_place(anchor):
    """Back-dated and put at the end, it stands sealed between entries of today: its moment runs against its number."""
    slipped_in(at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    rows = list(AuditEntry.objects.order_by("pk").values_list("at", flat=True))
    assert rows != sorted(rows)
    seals.seal(anchor, settled=timedelta(0))
    assert AuditSeal.objects.latest("pk").at > rows[-1] + timedelta(hours=20)
