"""P79: everything two people can do with one time, done by both at the same moment, in all pairs."""

from itertools import combinations_with_replacement
from threading import Barrier, Thread

import pytest
from django.db import connections

from frontdesk.kit.errors import Refusal
from frontdesk.office.scheduling import services as book
from frontdesk.office.scheduling.models import Appointment
from tests.factories import scheduling as make
from tests.office.scheduling.sound import breaches

pytestmark = pytest.mark.django_db(transaction=True)
STANDS = ("scheduled", "confirmed", "done")


def together(*deeds):
    """Do both on connections of their own; return what each came to, and what broke."""
    barrier, told = Barrier(len(deeds)), {}

    def run(at, deed):
        try:
            barrier.wait(10)
            told[at] = deed() or True
        except Refusal as refusal:
            told[at] = refusal
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return [told.get(at) for at in range(len(deeds))]


def test_of_two_who_want_one_time_one_has_it_whatever_they_do():
    the = make.Book(days=3)
    reason = {"reason_code": "patient_asked"}
    for number, pair in enumerate(
        combinations_with_replacement(("book", "hold", "move", "hold and book"), 2)
    ):
        slot = the.at(8 + number // 3, 20 * (number % 3))
        deeds = []
        for at, name in enumerate(pair):
            by, who = make.actor(id=10 + at, name=f"Clerk {at}"), make.patient()
            ask = the.ask(slot)
            if name == "move":
                other = the.at(9 + number % 6, 20 * at, day=the.day.replace(day=the.day.day + 1 + at))
                mine = book.book(by, patient_id=who.pk, **the.ask(other))
                deeds.append(
                    lambda by=by, pk=mine.pk: book.reschedule(by, appointment_id=pk, starts=slot, **reason)
                )
            elif name == "book":
                deeds.append(lambda by=by, who=who, ask=ask: book.book(by, patient_id=who.pk, **ask))
            elif name == "hold":
                deeds.append(lambda by=by, ask=ask: book.hold(by, **ask))
            else:
                deeds.append(
                    lambda by=by, who=who, ask=ask: book.book(
                        by, patient_id=who.pk, hold_id=book.hold(by, **ask).pk, **ask
                    )
                )
        told = together(*deeds)
        assert None not in told, (pair, told)
        assert sum(isinstance(one, Refusal) for one in told) == 1, (pair, told)
        assert breaches() == {}, pair


def test_what_two_do_with_one_visit_comes_to_one_of_both_and_never_to_two_visits():
    the = make.Book(days=3)
    reason = {"reason_code": "patient_asked"}
    names = ("confirm", "move", "cancel", "move elsewhere", "miss")
    for number, pair in enumerate(combinations_with_replacement(names, 2)):
        who = make.patient()
        slot = the.at(8 + number // 3, 20 * (number % 3))
        visit = book.book(make.actor(), patient_id=who.pk, **the.ask(slot))
        do = {
            "confirm": lambda: book.confirm(make.actor(id=2), appointment_id=visit.pk),
            "move": lambda: book.reschedule(
                make.actor(id=3), appointment_id=visit.pk, starts=slot.replace(day=slot.day + 1), **reason
            ),
            "move elsewhere": lambda: book.reschedule(
                make.actor(id=4), appointment_id=visit.pk, starts=slot.replace(day=slot.day + 2), **reason
            ),
            "cancel": lambda: book.cancel(make.actor(id=5), appointment_id=visit.pk, **reason),
            "miss": lambda: book.mark_no_show(make.actor(id=6), appointment_id=visit.pk),
        }
        told = together(*(do[name] for name in pair))
        assert None not in told, (pair, told)
        standing = Appointment.objects.filter(patient=who, status__in=STANDS).count()
        assert standing <= 1, (pair, told)
        assert breaches() == {}, pair
