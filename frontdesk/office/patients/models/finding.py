"""What the search looks up: plain B-trees, the same on both databases. Written by `services.index`, read by `services.search`."""

from typing import Any

from django.db import models

from frontdesk.office.patients.models.identity import Patient


class Folded(models.CharField):  # type: ignore[type-arg] # Django's fields cannot be subscripted at run time
    """Text compared byte by byte, so that a prefix is a range of the index on PostgreSQL too."""

    def db_parameters(self, connection: Any) -> Any:
        """Return the column's type, with the collation that both databases sort by bytes."""
        found = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            found["collation"] = "C"
        return found


class SearchName(models.Model):
    """One way to call a patient: a family token with a given token, folded to plain lower-case letters."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    family = Folded(max_length=40)
    given = Folded(max_length=40)

    class Meta:
        indexes = [
            models.Index(fields=["family", "given", "patient"], name="search_family_given"),
            models.Index(fields=["given", "family", "patient"], name="search_given_family"),
        ]


class SearchPhone(models.Model):
    """A telephone number somebody may call from or give: the patient's own, a guarantor's, a contact's.

    `backwards` holds its digits from the last to the first, so that the last four, seven or ten typed are a prefix.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")
    backwards = Folded(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["backwards", "patient"], name="search_phone_backwards")]


class NameToken(models.Model):
    """Every name token there is, once, so that a misspelt one can be brought to those that exist."""

    token = Folded(max_length=40, unique=True)


class TokenKey(models.Model):
    """A key under which a token is found in spite of a slip: itself less one letter, or how it sounds ("~KTRN")."""

    key = Folded(max_length=41)
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["key", "token"], name="search_token_key")]
