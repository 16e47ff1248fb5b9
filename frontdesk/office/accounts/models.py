"""Who can sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from frontdesk.kit import sealed
from frontdesk.kit.permissions import PSR, ROLES
from frontdesk.kit.versioned import Versioned


class UserManager(BaseUserManager["User"]):
    """Finds people by their user name."""


class User(Versioned, AbstractBaseUser):
    """A person who works at the practice. Never shared, never deleted, its number never reused.

    `one_time_until` is set while their password is one that somebody else knows: until it is changed they can do
    nothing else, and after that moment it lets nobody in.
    """

    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=list(ROLES.items()), default=PSR)
    one_time_until = models.DateTimeField(null=True)
    # Where an invitation or word of something unusual reaches them; never a way to sign in.
    email = models.CharField(max_length=254, blank=True)
    # Whether their password is one that is enough only together with a second factor (8 characters instead of 15).
    short_password = models.BooleanField(default=False)
    # What opens a covered screen of their own again, hashed as a password is; "" while they have none.
    pin = models.CharField(max_length=128, blank=True)
    # Until when they hold wider rights because something could not wait; the why stands in EmergencyAccess.
    emergency_until = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    # The site a person usually works at; a plain number because practice lies above this room.
    home_location_id = models.BigIntegerField(null=True)
    # The sites whose book, day and messages they may know of, by number; none said is all of them.
    site_ids = models.JSONField(null=True)
    # Who answers for a service account: it may never do more than they may, and nothing once they have left.
    owner = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    preferences = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    @property
    def must_change_password(self) -> bool:
        """Say whether their password is one that was given to them."""
        return self.one_time_until is not None


class Factor(models.Model):
    """A second proof of who somebody is: an authenticator app (RFC 6238) or a passkey (WebAuthn).

    `secret` is an app's shared secret, sealed; `public` a passkey's credential data, which is no secret.
    A factor counts once `confirmed_at` is set. `last_step` is the newest half minute a code was taken of.
    """

    APP, PASSKEY = "app", "passkey"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(APP, "Authenticator app"), (PASSKEY, "Passkey")])
    name = models.CharField(max_length=40)
    secret = models.CharField(max_length=200, blank=True)
    credential = models.CharField(max_length=400, null=True, unique=True)  # noqa: DJ001 - apps have none, and "" is one
    public = models.TextField(blank=True)
    sign_count = models.BigIntegerField(default=0)
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(kind="app"), name="one_app_per_person"
            ),
        ]


APP_SECRET = sealed.declare("accounts.factor", "secret", owner="user_id")


class Identity(models.Model):
    """Whom the practice's provider means by a name of its own; linked by that person, never guessed from an e-mail."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_per_identity"),
            models.UniqueConstraint(fields=["issuer", "user"], name="one_identity_per_person"),
        ]


class RecoveryCode(models.Model):
    """A code on paper for the day the telephone is lost; each lets in once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="one_of_each_recovery_code")]


class SignInPolicy(Versioned):
    """What the practice asks of those who sign in. There is one, or none while nobody has changed anything."""

    second_factor_roles = models.JSONField(default=list)


class SignIn(models.Model):
    """A session: whose, begun when and how, on what and from where, and how it ended.

    `session_key` names the session while it lives and is emptied when it ends, so that no key is left lying about.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, blank=True)
    how = models.CharField(max_length=40)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=60, blank=True)
    location_id = models.BigIntegerField(null=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "ended_at", "-began_at"], name="sign_ins_of_a_person"),
            models.Index(fields=["session_key"], name="sign_in_of_a_session"),
        ]


class Tally(models.Model):
    """Tries within a while, counted for all processes together. A row each for a bounded number of keys."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField()


class Invitation(models.Model):
    """A way in for somebody new, sent to their address: works once, and not for long.

    The link itself is kept nowhere: it follows from this row and the installation's secret.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    sent_to = models.CharField(max_length=254)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Device(models.Model):
    """A screen that works by itself at one location: a wall or a kiosk. It is no person, and holds no password.

    It shows a secret that only it knows, of which a digest is kept; taking that away ends it.
    """

    WALL, KIOSK = "wall", "kiosk"

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=[(WALL, "Wall screen"), (KIOSK, "Kiosk")])
    location_id = models.BigIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField()
    registered_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)


class EmergencyAccess(models.Model):
    """An hour of wider rights somebody took because it could not wait, and why; somebody else looks at it after."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=16)
    reason = models.CharField(max_length=400)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    seen_by_id = models.BigIntegerField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-ends_at"], name="emergency_of_a_person")]
