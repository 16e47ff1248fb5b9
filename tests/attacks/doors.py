"""The ways in, as those who attack them use them: passwords right and wrong, an app's codes, a browser signed in."""

import re
from datetime import timedelta

from django.test import Client

from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.accounts.rules import STEP, app_code

PASSWORD = "a long enough password"
RIGHT = {"username": "rosa", "password": PASSWORD}
WRONG = {"username": "rosa", "password": "not the right password"}


def add_app(user):
    with clock.fixed(clock.now() - timedelta(minutes=5)):
        secret = accounts.begin_app(actor_for(user))
        accounts.confirm_app(actor_for(user), code=code_of(secret))
    return secret


def code_of(secret, later=0):
    return app_code(secret, int(clock.now().timestamp()) // STEP + later)


def signed_in(username="rosa", **headers):
    browser = Client(headers=headers)
    browser.post("/sign-in", {"username": username, "password": PASSWORD})
    return browser


def is_in(browser):
    return browser.get("/").status_code == 200


def sentence(answer):
    return re.sub(r"<[^>]+>", " ", re.search(r'note-title">([^<]*)<', answer.content.decode())[1])


def own_certificate(folder):
    """A certificate for this machine that nobody has signed but itself: paths of certificate and key."""
    import datetime
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder / "cert.pem", folder / "key.pem"
