"""Ten thousand tampers with a sealed record, one at a time; each must be found, and named."""

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path

BATCHES = (40, 1, 23, 7, 60, 12, 31, 90, 3, 55)
"""Entries under each seal, so that a tamper falls on first, last and only ones."""
LATER = 5
"""Entries newer than the last seal: nothing is promised of them, and nothing is to be said against them."""


def prove(folder: Path, count: int, seed: int = 1) -> tuple[str, bool]:
    """Tamper `count` times in a process with a database of its own; return what was found, and whether it was all."""
    environment = {**os.environ, "FRONTDESK_DATA": str(folder), "FRONTDESK_LOG_LEVEL": "CRITICAL"}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.site.settings")
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.tampers", str(count), str(seed)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout.strip() or done.stderr[-2000:]), done.returncode == 0


def run(count: int, seed: int, anchor) -> tuple[str, bool]:
    """Fill and seal a record in the present database, tamper with it `count` times, each time from the whole record on."""
    from django.db import connection, transaction

    from frontdesk.office.audit import seals

    locks = import_module("frontdesk.office.audit.migrations.0003_locks_and_marks")
    record = Record(random.Random(seed))
    record.fill(anchor)
    locks.remove(connection)
    whole = anchor.path.read_bytes()
    wrong = [str(one) for one in seals.breaches(anchor)]
    kinds: Counter[str] = Counter()
    found, named, missed = 0, 0, []
    try:
        for number in range(count):
            deed, tamper = record.rng.choice(record.deeds)
            with transaction.atomic():
                expected = tamper(anchor)
                told = seals.breaches(anchor)
                transaction.set_rollback(True)
            anchor.path.write_bytes(whole)
            kinds[deed] += 1
            found += bool(told)
            if expected <= {(one.kind, n) for one in told for n in one.entries or (0,)}:
                named += 1
            else:
                missed.append(
                    f"{number} {deed}: expected {sorted(expected)[:5]}, told {[str(one) for one in told][:3]}"
                )
        wrong += [str(one) for one in seals.breaches(anchor)]
    finally:
        locks.install(connection)
    spread = ", ".join(f"{n:,} {kind}" for kind, n in sorted(kinds.items()))
    words = (
        f"{count:,} tampers with {sum(BATCHES)} entries under {len(BATCHES)} seals; {count - found} not found, "
        f"{count - named} not named; {len(wrong)} found in the untouched record; {spread}"
    )
    return "\n".join([words, *missed[:5], *wrong[:5]]), not missed and not wrong and found == count


class Record:
    """A sealed record, and what can be done to it. Each deed says what has to be found: kinds, and numbers of entries."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.given = 0
        self.numbers: list[int] = []
        self.gaps: list[int] = []  # numbers that were given to deeds which were then refused
        self.runs: list[list[int]] = []
        self.deeds: list[tuple[str, Callable]] = [
            ("edits", self.edit),
            ("edits of one sign", self.edit_a_sign),
            ("deletions", self.delete),
            ("cut tails", self.cut),
            ("insertions", self.insert),
            ("swaps", self.swap),
            ("re-hashes of the whole chain", self.rehash),
            ("re-hashes after a deletion", self.rehash_without),
            ("seals changed", self.change_seal),
            ("seals deleted", self.delete_seal),
            ("lines of the anchor changed", self.change_line),
            ("record and anchor cut alike", self.cut_both),
        ]

    def fill(self, anchor) -> None:
        from frontdesk.kit import clock
        from frontdesk.office.audit import seals
        from frontdesk.office.audit.models import AuditEntry

        for size in [*BATCHES, LATER]:
            made = [
                AuditEntry(
                    pk=self.next_number(),
                    at=clock.now() - timedelta(minutes=10),
                    actor_kind="staff",
                    actor_id=self.rng.randint(1, 9),
                    actor_name=self.rng.choice(["Rosa Díaz", "Lena", "Sam"]),
                    acting_as="psr",
                    action=self.rng.choice(
                        ["patients.open_chart", "scheduling.book", "patients.change_contact"]
                    ),
                    is_read=self.rng.random() < 0.5,
                    subject=f"patients.patient:{self.rng.randint(1, 99)}",
                    patient_id=self.rng.randint(1, 99),
                    before=None
                    if self.rng.random() < 0.5
                    else {"phone": "+16175550134", "b": [1, {"z": None, "a": 2}]},
                    after={"phone": f"+1617555{self.rng.randint(0, 9999):04}"},
                    extra={"n": self.rng.random()},
                    source="desk",
                    location_id=1,
                )
                for _ in range(size)
            ]
            numbers = [one.pk for one in AuditEntry.objects.bulk_create(made)]
            if size != LATER:
                seals.seal(anchor)
                self.runs.append(numbers)
                self.numbers += numbers

    def next_number(self) -> int:
        self.given += 1
        if self.rng.random() < 0.1 and self.given > 1 and len(self.runs) < len(BATCHES):
            self.gaps.append(self.given)
            self.given += 1
        return self.given

    def edit(self, anchor) -> set:
        return {("edited", self._edit())}

    def _edit(self) -> int:
        from frontdesk.office.audit.models import AuditEntry

        one = self.rng.choice(self.numbers)
        change = self.rng.choice(
            [
                {"actor_id": 77},
                {"actor_name": "Nobody"},
                {"acting_as": "admin"},
                {"patient_id": None},
                {"patient_id": 1000},
                {"subject": ""},
                {"reason": "because"},
                {"outcome": "refused"},
                {"after": {}},
                {"after": None},
                {"extra": {"n": 2}},
                {"source": "cli"},
                {"location_id": 2},
                {"action": "patients.view"},
                {"actor_kind": "system"},
            ]
        )
        AuditEntry.objects.filter(pk=one).update(**change)
        return one

    def edit_a_sign(self, anchor) -> set:
        """The smallest change there is: a microsecond, a bit, one letter's case."""
        from django.db.models import F

        from frontdesk.office.audit.models import AuditEntry

        one = AuditEntry.objects.filter(pk=self.rng.choice(self.numbers))
        number = one.get().pk
        if self.rng.random() < 0.5:
            one.update(at=one.get().at + timedelta(microseconds=1))
        elif self.rng.random() < 0.5:
            one.update(is_read=not one.get().is_read)
        else:
            one.update(actor_id=F("actor_id") + 1)
        return {("edited", number)}

    def delete(self, anchor) -> set:
        from frontdesk.office.audit.models import AuditEntry

        some = self.rng.sample(self.numbers, self.rng.randint(1, 3))
        AuditEntry.objects.filter(pk__in=some).delete()
        return {("deleted", number) for number in some}

    def cut(self, anchor) -> set:
        """Everything from some entry on, with its seals; or the entries alone."""
        return self._cut()[0]

    def _cut(self) -> tuple[set, list[int]]:
        from frontdesk.office.audit.models import AuditEntry, AuditSeal

        runs = self.runs[self.rng.randrange(1, len(self.runs)) :]
        AuditEntry.objects.filter(pk__gte=runs[0][0]).delete()
        if self.rng.random() < 0.3:
            return {("deleted", n) for run in runs for n in run}, []
        AuditSeal.objects.filter(last_id__gte=runs[0][0]).delete()
        told = {("cut", n) for run in runs for n in range(run[0], run[-1] + 1)} - {
            ("cut", n) for n in self.gaps
        }
        return told, [run[-1] for run in runs]

    def insert(self, anchor) -> set:
        from frontdesk.kit import clock
        from frontdesk.office.audit.models import AuditEntry

        number = self.rng.choice([0, -1, -self.rng.randint(2, 2**60), *self.gaps])
        AuditEntry.objects.create(
            pk=number, at=clock.now(), actor_kind="staff", actor_name="x", action="patients.open_chart"
        )
        return {("inserted", number)}

    def swap(self, anchor) -> set:
        from frontdesk.office.audit.models import AuditEntry

        while True:
            one, other = (AuditEntry.objects.get(pk=n) for n in self.rng.sample(self.numbers, 2))
            said = [f.attname for f in AuditEntry._meta.concrete_fields if not f.primary_key]
            if any(getattr(one, name) != getattr(other, name) for name in said):
                break
        one.pk, other.pk = other.pk, one.pk
        one.save()
        other.save()
        return {("swapped", one.pk), ("swapped", other.pk)}

    def rehash(self, anchor) -> set:
        one = self._edit()
        self._seal_anew()
        return {("edited", one), ("seal", next(run[-1] for run in self.runs if one in run))}

    def rehash_without(self, anchor) -> set:
        """An entry is removed, its mark too, and every digest made to fit."""
        from frontdesk.office.audit.models import AuditEntry, AuditSeal

        run = self.rng.choice([run for run in self.runs if len(run) > 1])
        one = self.rng.choice(run[:-1])
        AuditEntry.objects.filter(pk=one).delete()
        made = AuditSeal.objects.get(last_id=run[-1])
        place, marks = run.index(one) * 16, bytes(made.marks)
        made.marks = marks[:place] + marks[place + 16 :]
        made.save()
        self._seal_anew()
        # The entry after it no longer follows its mark; and a mark is missing from the run.
        return {("edited", run[run.index(one) + 1]), ("unfit", run[-1])}

    def _seal_anew(self) -> None:
        from frontdesk.office.audit.models import AuditSeal
        from frontdesk.office.audit.seals import lines, making

        before = ""
        for made in AuditSeal.objects.order_by("last_id"):
            rows = lines.run_of(made.first_id, made.last_id)
            made.count, made.root = len(rows), lines.root_of(rows)
            made.digest = before = making.digest_of(before, made)
            made.save()

    def change_seal(self, anchor) -> set:
        from frontdesk.office.audit.models import AuditSeal

        made = AuditSeal.objects.get(last_id=self.rng.choice(self.runs)[-1])
        change = self.rng.choice(
            [
                {"count": made.count + 1},
                {"root": "0" * 64},
                {"digest": "f" * 64},
                {"marks": b""},
                {"marks": bytes(made.marks)[:-1] + b"x"},
                {"at": made.at + timedelta(microseconds=1)},
                {"first_id": made.first_id + 1},
            ]
        )
        AuditSeal.objects.filter(pk=made.pk).update(**change)
        return {("seal", made.last_id)}

    def delete_seal(self, anchor) -> set:
        from frontdesk.office.audit.models import AuditSeal

        last = self.rng.choice(self.runs)[-1]
        AuditSeal.objects.filter(last_id=last).delete()
        return {("seal", last)}

    def change_line(self, anchor) -> set:
        text = anchor.path.read_text()
        at = self.rng.randrange(len(text) - 1)
        other = self.rng.choice([c for c in "0123456789abcdef" if c != text[at]])
        anchor.path.write_text(text[:at] + other + text[at + 1 :])
        return {("anchor", 0)}

    def cut_both(self, anchor) -> set:
        """Record, seals and the anchor's lines about them; only the copy elsewhere still knows."""
        _, seals_cut = self._cut()
        if seals_cut:
            kept = anchor.path.read_text().splitlines(keepends=True)[: -len(seals_cut)]
            anchor.path.write_text("".join(kept))
            return {("anchor", 0)}
        return set()


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from frontdesk.office.audit import seals

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    call_command("migrate", interactive=False, verbosity=0)
    folder = Path(os.environ["FRONTDESK_DATA"])
    try:
        anchor = seals.Anchor(
            folder / "anchor.txt", (b"a key nobody in the database knows",), folder / "copy.txt"
        )
        words, good = run(int(sys.argv[1]), int(sys.argv[2]), anchor)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(words)
    sys.exit(not good)


if __name__ == "__main__":
    main()
