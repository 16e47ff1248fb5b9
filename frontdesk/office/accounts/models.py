"""Who can sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

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
