"""Worker and card network are killed a few times while cards are charged; `python -m tests.soak cards` does it hundreds of times."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from frontdesk.kit import clock
from frontdesk.office.payments.models import CardCharge, CardRefund
from frontdesk.outside.cardnet.server import free_port
from tests.exchange.mail.test_killed import _address
from tests.factories import practice
from tests.factories.patients import ana
from tests.soak import charges


@pytest.mark.django_db(transaction=True)
def test_whatever_is_killed_each_card_is_charged_at_most_once_and_posted_once(tmp_path, monkeypatch):
    # The worker is a process of its own, and lives in the real present.
    monkeypatch.setattr(clock, "_source", clock._real)
    practice.practice()
    practice.location()
    for _ in range(6):
        ana()
    ids, place = charges.people(6)
    with patch.dict("os.environ"):
        play = charges.Play(tmp_path, {"DATABASE_URL": _address()}, free_port(18299))
        play.up("cardnet")
        play.up("worker")
        try:
            charges.work(play, ids, place, 14, 3)
            left = charges.settled(_time_passes)
            words, good = charges.verdict(play, left)
        finally:
            play.down()
    assert good, words


def _time_passes():
    """What a dead worker had leased is free again before its time."""
    soon = clock.now() + timedelta(seconds=20)
    for model in (CardCharge, CardRefund):
        model.objects.filter(settled_at=None, lease_until__lt=soon).update(lease_until=None)
