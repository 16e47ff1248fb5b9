"""The record of deeds, the keys of forms already acted on, and the seals that make tampering show."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AuditEntry(models.Model):
    """One deed or one look: who, whose record, what, why, when, from where. Never changed, never deleted.

    `before` and `after` hold only the fields that changed. `patient_id` is a plain number and not a foreign key:
    this room lies below all others, and the record must outlive what it speaks of.
    """

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    # The role they acted with then, whatever it is now.
    acting_as = models.CharField(max_length=16, blank=True)
    action = models.CharField(max_length=64)
    is_read = models.BooleanField(default=False)
    outcome = models.CharField(max_length=16, default="done")
    subject = models.CharField(max_length=80, blank=True)
    patient_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    extra = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    source = models.CharField(max_length=32, blank=True)
    location_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["patient_id", "id"], name="audit_by_patient"),
            models.Index(fields=["actor_id", "id"], name="audit_by_actor"),
            models.Index(fields=["subject", "id"], name="audit_by_subject"),
            models.Index(fields=["at", "id"], name="audit_by_day"),
        ]


class FormKey(models.Model):
    """A form render that has been acted on, and what came of it: a second post has no second effect."""

    key = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    actor_id = models.BigIntegerField(null=True)
    body = models.CharField(max_length=64)
    outcome = models.JSONField(default=list)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "action"], name="one_effect_per_form_key")]


class AuditSeal(models.Model):
    """A SHA-256 over a run of entries, chained to the seal before; what it says is also noted outside the database.

    `root` is of the entries alone, `digest` of everything the seal says and the digest before. `marks` holds number and
    keyed mark of each entry (`seals.lines`), `form` which columns of an entry were sealed.
    """

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    form = models.PositiveSmallIntegerField()
    root = models.CharField(max_length=64)
    marks = models.BinaryField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
