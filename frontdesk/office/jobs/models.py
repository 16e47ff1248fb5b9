"""Work that must still be done."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q


class Job(models.Model):
    """An event on its way to its reactions, or scheduled work.

    A worker leases a job until `lease_until`; a job whose worker died is taken up again when the lease runs out.
    `last_error` names the kind of failure and the place, never a patient's data.
    """

    name = models.CharField(max_length=100)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    dedupe = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 - NULLs may repeat, blanks may not
    created_at = models.DateTimeField()
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_by = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["run_at", "id"], name="jobs_waiting", condition=Q(done_at=None, failed_at=None)
            ),
        ]
