"""The night's questions as they travel: a file of many to one connection, and the files that come back."""

import uuid

from django.db import models
from django.db.models import Q


class QuestionFile(models.Model):
    """Many questions of one night in one interchange (X12 270), to a connection that answers files.

    `connection` is a key of settings.CONNECTIONS, `number` the name the file has on both sides (CAQH CORE PayloadID).
    It waits, is `begun` before anything of it leaves, `placed` once all of it lies on the other side under a name nobody
    there looks at (SFTP), `sent` once the other side has it, and done when none of its questions waits any more. Each is
    committed before the next is tried, so that whoever takes it up after a crash knows what can have happened.
    `order` are its questions by id as their sets stand in it. `look_at` is when it is taken up next, `said` what the other side said of the file itself (999, TA1).
    """

    class Phase(models.TextChoices):
        WAITING = "waiting"
        BEGUN = "begun"
        PLACED = "placed"
        SENT = "sent"
        DONE = "done"

    connection = models.CharField(max_length=24, blank=True)
    number = models.UUIDField(unique=True, default=uuid.uuid4)
    phase = models.CharField(max_length=7, choices=Phase, default=Phase.WAITING)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    order = models.JSONField(default=list)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["look_at"], condition=~Q(phase="done"), name="files_to_look_at")]


class AnswerFile(models.Model):
    """A file that came back over a connection (271, 999, TA1), kept word for word, and taken up once.

    It is known by its `digest` (SHA-256 of its bytes): the same file under another name is the same file.
    """

    connection = models.CharField(max_length=24, blank=True)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.TextField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "digest"], name="an_answer_file_is_taken_up_once")
        ]
