import pytest

from frontdesk.kit.errors import Invalid, NotPermitted, StaleVersion
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.practice import services
from tests.factories.practice import practice
from tests.people import mia, rosa


@pytest.mark.django_db
def test_the_practice_has_one_npi_that_payers_are_asked_under():
    ours = practice()
    changed = services.change_practice(mia(), version=ours.version, npi=" 1234567893 ", name="Elm Street")
    assert (changed.npi, changed.name) == ("1234567893", "Elm Street")
    entry = AuditEntry.objects.get(action="practice.change_practice")
    assert (entry.before["npi"], entry.after["npi"]) == (ours.npi, "1234567893")


@pytest.mark.django_db
def test_what_cannot_be_an_npi_or_is_stale_changes_nothing():
    ours = practice()
    for fields, named in (
        ({"npi": "1234567890"}, "npi"),
        ({"npi": "12345678９3"}, "npi"),
        ({"name": " "}, "name"),
        ({"id": "5"}, "id"),
    ):
        with pytest.raises(Invalid) as wrong:
            services.change_practice(mia(), version=ours.version, **fields)
        assert set(wrong.value.fields) == {named}
    with pytest.raises(StaleVersion):
        services.change_practice(mia(), version=ours.version + 1, name="Other")
    with pytest.raises(NotPermitted):
        services.change_practice(rosa(), version=ours.version, name="Other")
    ours.refresh_from_db()
    assert ours.version == 1
