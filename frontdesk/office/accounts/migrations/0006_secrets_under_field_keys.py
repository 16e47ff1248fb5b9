"""Secrets of authenticator apps are sealed as all sealed fields are: with a key that can be changed, bound to whose they are.

Until now one key, derived from the secret key, sealed them (Fernet). What it does not open stays as it is, and
`frontdesk check` names it.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations

from frontdesk.kit.sealed import CannotBeOpened, Column

SECRET = Column("accounts.factor", "secret", owner="user_id")


def seal_anew(apps, _editor):
    box, rows = _box(), apps.get_model("accounts", "Factor").objects
    for pk, user_id, old in rows.exclude(secret="").values_list("pk", "user_id", "secret"):
        try:
            plain = box.decrypt(old.encode()).decode()
        except InvalidToken:
            continue
        rows.filter(pk=pk).update(secret=SECRET.seal(user_id, plain))


def as_before(apps, _editor):
    box, rows = _box(), apps.get_model("accounts", "Factor").objects
    for pk, user_id, old in rows.exclude(secret="").values_list("pk", "user_id", "secret"):
        try:
            plain = SECRET.open(user_id, old)
        except CannotBeOpened:
            continue
        rows.filter(pk=pk).update(secret=box.encrypt(plain.encode()).decode())


def _box():
    made = HKDF(SHA256(), 32, salt=None, info=b"frontdesk.accounts.factors").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(made))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_where_they_work_and_who_answers'),
    ]

    operations = [migrations.RunPython(seal_anew, as_before)]
