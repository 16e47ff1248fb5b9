"""Who a patient is (FHIR Patient), under which names and numbers, and what was merged into what."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from frontdesk.kit.sensitivity import HIDDEN, NO_DAY, hidden
from frontdesk.kit.versioned import Versioned

OLD_MRN = "merged-mrn"
"""The system under which a merged chart's record number goes on to find its survivor."""


class Patient(Versioned):
    """A person the practice cares for, or may. Never deleted.

    Coded fields are blank when nobody asked, and "declined" when the patient would not say: USCDI tells the two
    apart. `sex` is the administrative one (FHIR AdministrativeGender). `photo` is a small JPEG or PNG.
    """

    _is_shut = False

    class Status(models.TextChoices):
        ACTIVE = "active"
        INACTIVE = "inactive"
        MERGED = "merged"

    mrn = models.CharField("MRN", max_length=20, unique=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    legal_first = models.CharField(max_length=80)
    legal_middle = models.CharField(max_length=80, blank=True)
    legal_last = models.CharField(max_length=80)
    suffix = models.CharField(max_length=10, blank=True)
    preferred_name = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField()
    # Month and day together ("0314"), for callers who give only those.
    birthday = models.CharField(max_length=4, db_index=True, editable=False)
    sex = models.CharField(max_length=10)
    gender_identity = models.CharField(max_length=40, blank=True)
    pronouns = models.CharField(max_length=30, blank=True)
    races = models.JSONField(default=list)
    ethnicity = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=12, blank=True)
    interpreter_needed = models.BooleanField(null=True)
    deceased_on = models.DateField(null=True)
    is_deceased = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    confidential_note = models.CharField(max_length=300, blank=True)
    photo = models.BinaryField(null=True)
    # Sensitivity labels (kit.sensitivity), codes with commas between them.
    labels = models.CharField(max_length=120, blank=True, default="", db_default="")
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["birth_date", "legal_last"], name="patients_by_birth_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False) | ~Q(status="merged"),
                name="merged_into_somebody",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="never_merged_into_oneself"),
        ]

    @property
    def is_hidden(self) -> bool:
        """Say whether this record is hidden from whoever is looking (kit.sensitivity)."""
        return self._is_shut or hidden(self.labels, patient_id=self.pk)

    def hide(self) -> None:
        """Make this row, which was read for a list, show the mask: it is looked at and never saved."""
        self._is_shut = True
        self.birth_date, self.mrn, self.sex = NO_DAY, "", ""
        self.legal_first = self.legal_middle = self.legal_last = self.suffix = self.preferred_name = ""

    @property
    def name(self) -> str:
        """Return the name as it is called: preferred or first, and last; of a record hidden from who looks, the mask."""
        if self.is_hidden:
            return HIDDEN
        return f"{self.preferred_name or self.legal_first} {self.legal_last}"

    @property
    def legal_name(self) -> str:
        """Return the name as it stands on a card; of a record hidden from who looks, the mask."""
        if self.is_hidden:
            return HIDDEN
        parts = (self.legal_first, self.legal_middle, self.legal_last, self.suffix)
        return " ".join(part for part in parts if part)


class PatientName(Versioned):
    """Another name of a patient (FHIR HumanName): a maiden name, an alias; the legal one stands on the patient."""

    class Use(models.TextChoices):
        PREVIOUS = "previous"
        MAIDEN = "maiden"
        ALIAS = "alias"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    use = models.CharField(max_length=10, choices=Use)
    first = models.CharField(max_length=80, blank=True)
    last = models.CharField(max_length=80, blank=True)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)


class Identifier(models.Model):
    """A number another system knows the patient by (FHIR Identifier); a merged patient's MRN becomes one."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    system = models.CharField(max_length=120)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["value", "system"], name="one_patient_per_identifier")]


class MrnCounter(models.Model):
    """The last medical record number given out: one row. Numbers are never given twice."""

    last = models.PositiveBigIntegerField(default=100_000)


class MergeRecord(models.Model):
    """One chart merged into another, with every row that was moved, so that it can be undone exactly."""

    survivor = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    duplicate = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    moved = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    undone_at = models.DateTimeField(null=True)


class SuspectedPair(Versioned):
    """Two charts that may be one person, waiting for somebody to look. `first` has the lower number."""

    class Status(models.TextChoices):
        OPEN = "open"
        MERGED = "merged"
        DISTINCT = "distinct"

    first = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    score = models.DecimalField(max_digits=4, decimal_places=3)
    why = models.JSONField(default=list)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_row_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="lower_number_first"),
        ]
        indexes = [models.Index(fields=["status", "-score"], name="pairs_to_work")]


class BrokenGlass(Versioned):
    """Somebody opened a record that is hidden from their role, for a time, with a reason; a privacy officer looks at it.

    `user_id` is a plain number: the account lies below, and the row must stay whatever becomes of it.
    """

    class Reason(models.TextChoices):
        TREATMENT = "treatment", "The patient is here, or needs care now"
        CALLER = "caller", "The patient is on the telephone"
        BILLING = "billing", "A claim or a bill of theirs"
        SAFETY = "safety", "Somebody's safety"
        OTHER = "other", "Something else"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=150)
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField(max_length=300)
    labels = models.CharField(max_length=120)
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=150, blank=True)
    verdict = models.CharField(max_length=10, blank=True)
    verdict_note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "until"], name="glass_of_user"),
            models.Index(fields=["reviewed_at", "-id"], name="glass_to_review"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="glass_until_after_at"),
        ]
