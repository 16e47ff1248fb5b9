"""Settings come from the environment; a value that cannot be right stops the program at once and says which."""

import base64
import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from frontdesk.exchange.eligibility.connections import (
    BATCH,
    BOTH,
    ENVELOPES,
    MIME,
    MODES,
    REAL_TIME,
    Connection,
)
from frontdesk.exchange.gateway.processor import USUAL as CARD_PROCESSOR
from frontdesk.exchange.gateway.processor import Processor, Reader
from frontdesk.exchange.mail.server import Settings as MailServer
from frontdesk.exchange.single_sign_on import Provider

_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class UnsafeSettings(SystemExit):
    """The program was asked to start in a way that would be wrong or unsafe."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"frontdesk will not start: {sentence}")


def flag(name: str, *, default: bool) -> bool:
    """Read a yes-or-no setting: only "true" or "false" will do."""
    value = os.environ.get(name, "").lower()
    if value in {"", "true", "false"}:
        return default if not value else value == "true"
    msg = f"{name} is {value!r}; it must be true or false."
    raise UnsafeSettings(msg)


def whole(name: str, *, default: int, least: int, most: int) -> int:
    """Read a whole number within its bounds."""
    value = os.environ.get(name, "")
    if not value:
        return default
    if not value.isdigit() or not least <= int(value) <= most:
        msg = f"{name} is {value!r}; it must be a whole number from {least} to {most}."
        raise UnsafeSettings(msg)
    return int(value)


def listed(name: str, default: str) -> list[str]:
    """Read a setting of several values with commas between."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def data_folder() -> Path:
    """Return the folder of this installation's own files (FRONTDESK_DATA, else ./var), made private when made."""
    folder = Path(os.environ.get("FRONTDESK_DATA", "var")).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        msg = f"FRONTDESK_DATA is {folder}, which cannot be made ({trouble.strerror})."
        raise UnsafeSettings(msg) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        msg = f"FRONTDESK_DATA is {folder}, which this user may not write to."
        raise UnsafeSettings(msg)
    return folder


def folder(name: str) -> Path | None:
    """Read a setting that names a folder, None when it is not set. It need not be there at all times."""
    value = os.environ.get(name, "").strip()
    return Path(value).resolve() if value else None


def database_url(data: Path) -> str:
    """Return DATABASE_URL, else the address of a file in `data`."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{data / 'frontdesk.sqlite3'}"


def database(url: str) -> dict[str, Any]:
    """Return the database at an address; one that cannot be read is not repeated, it may hold a password."""
    try:
        read: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError:
        read = {}
    if (
        read.get("ENGINE") not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
        or not read["NAME"]
    ):
        msg = "DATABASE_URL cannot be read; it is written postgresql://user:password@host:5432/name or sqlite:///file."
        raise UnsafeSettings(msg)
    host, tls = str(read.get("HOST") or ""), read.get("OPTIONS", {}).get("sslmode")
    if (
        host not in _THIS_MACHINE | {""}
        and not host.startswith("/")
        and tls not in {"verify-full", "verify-ca"}
    ):
        msg = (
            "DATABASE_URL names another machine; records do not travel in the open, nor to whoever answers there. "
            "End it with ?sslmode=verify-full (and &sslrootcert=file for a certificate of your own)."
        )
        raise UnsafeSettings(msg)
    return read


def one_of(name: str, default: str, choices: tuple[str, ...]) -> str:
    """Read a setting that is one of a few words."""
    value = os.environ.get(name, "") or default
    if value not in choices:
        msg = f"{name} is {value!r}; it must be one of {', '.join(choices)}."
        raise UnsafeSettings(msg)
    return value


def secret_key(data: Path) -> str:
    """Return FRONTDESK_SECRET_KEY, or the key kept in `data`, made on the first start. Refuses weak or open keys."""
    given = os.environ.get("FRONTDESK_SECRET_KEY", "")
    return _long_enough("FRONTDESK_SECRET_KEY", given) if given else _kept_key(data / "secret_key")


def audit_keys(data: Path) -> tuple[bytes, ...]:
    """Return the keys the seals of the record are noted under, the newest first; earlier ones prove earlier lines.

    From FRONTDESK_AUDIT_KEY (commas between), else from `audit_key` in `data` (one a line), made on the first start.
    """
    given = listed("FRONTDESK_AUDIT_KEY", "") or _kept_key(data / "audit_key").split()
    return tuple(_long_enough("FRONTDESK_AUDIT_KEY", key).encode() for key in given)


def field_keys(secret_key: str, *, beyond_this_machine: bool) -> tuple[tuple[str, bytes], ...]:
    """Return the keys that fields are sealed with, (id, 32 bytes), the newest first: those of FRONTDESK_FIELD_KEYS.

    The last is always "0", derived from the secret key: it is for a trial on this machine alone, and opens what was
    sealed in one. Beyond this machine a key of its own is asked for, since sealed values outlive a secret key.
    """
    given = tuple(_field_key(text) for text in listed("FRONTDESK_FIELD_KEYS", ""))
    ids = [name for name, _ in given]
    if len(set(ids)) < len(ids):
        msg = "FRONTDESK_FIELD_KEYS has two keys of one id."
        raise UnsafeSettings(msg)
    if not given and beyond_this_machine:
        msg = (
            "FRONTDESK_FIELD_KEYS is not set: it holds the key that seals social security numbers and second factors. "
            "It is written 1:KEY; draw the key once, with `openssl rand -base64 32`, and keep a copy elsewhere."
        )
        raise UnsafeSettings(msg)
    own = HKDF(SHA256(), 32, salt=None, info=b"frontdesk.fields").derive(secret_key.encode())
    return (*given, ("0", own))


def _field_key(text: str) -> tuple[str, bytes]:
    name, _, secret = text.partition(":")
    try:
        key = base64.b64decode(secret, validate=True)
    except ValueError:  # no base64, or not even ASCII
        key = b""
    if not re.fullmatch(r"[a-z1-9][a-z0-9]{0,11}", name) or len(key) != 32:
        msg = "FRONTDESK_FIELD_KEYS is written id:key,id:key, the newest first; a key is 32 bytes in base64."
        raise UnsafeSettings(msg)
    return name, key


def _long_enough(name: str, key: str) -> str:
    if len(key) < 32:
        msg = f"{name} is shorter than 32 characters."
        raise UnsafeSettings(msg)
    return key


def _kept_key(path: Path) -> str:
    """Return the key in a file only this user reads, made when it is not there."""
    try:
        _write_private(path, secrets.token_urlsafe(48))
    except OSError as trouble:
        msg = f"{path} cannot be written ({trouble.strerror})."
        raise UnsafeSettings(msg) from None
    if path.stat().st_mode & 0o077:
        msg = f"{path} can be read by others; run: chmod 600 {path}"
        raise UnsafeSettings(msg)
    return path.read_text().strip()


def mail() -> MailServer | None:
    """Return the mail server of SMTP_HOST, None when there is none. Refuses what would send words in the open."""
    host = os.environ.get("SMTP_HOST", "").strip()
    if not host:
        return None
    tls = os.environ.get("SMTP_TLS", "").lower() or "starttls"
    user, password = os.environ.get("SMTP_USER", ""), os.environ.get("SMTP_PASSWORD", "")
    sender = os.environ.get("SMTP_FROM", "").strip()
    port = os.environ.get("SMTP_PORT", "") or {"starttls": "587", "tls": "465"}.get(tls, "25")
    if tls not in {"starttls", "tls", "none"}:
        msg = f"SMTP_TLS is {tls!r}; it must be starttls, tls or none."
        raise UnsafeSettings(msg)
    if tls == "none" and host not in _THIS_MACHINE:
        msg = (
            "SMTP_TLS=none is for a mail server on this machine; words to patients do not travel in the open."
        )
        raise UnsafeSettings(msg)
    if not port.isdigit() or not 0 < int(port) < 65536:
        msg = f"SMTP_PORT is {port!r}; it must be a number."
        raise UnsafeSettings(msg)
    if not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+", sender):
        msg = "SMTP_FROM must be the address that patients see, like desk@example.org."
        raise UnsafeSettings(msg)
    if bool(user) != bool(password):
        msg = "SMTP_USER and SMTP_PASSWORD go together; one of them is missing."
        raise UnsafeSettings(msg)
    return MailServer(host, int(port), sender, user, password, tls)


def single_sign_on() -> Provider | None:
    """Return the provider of OIDC_ISSUER, None when there is none. Refuses what would send secrets in the open."""
    issuer = os.environ.get("OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)):
        msg = "OIDC_ISSUER must begin with https://."
        raise UnsafeSettings(msg)
    client, secret = (os.environ.get(name, "").strip() for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"))
    if not client or not secret:
        msg = "OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it."
        raise UnsafeSettings(msg)
    name = os.environ.get("OIDC_NAME", "").strip() or parts.hostname or issuer
    return Provider(issuer, client, secret, name)


def connections() -> dict[str, Connection]:
    """Return the ways to payers by name, the usual one first: FRONTDESK_PAYER_URL, and FRONTDESK_PAYER_<NAME>_URL.

    Each has beside its URL an ENVELOPE (mime or soap), USER, PASSWORD, SENDER and RECEIVER; a MODE (realtime, batch or
    both), and for both BATCH, the address batches go to, with BATCH_USER and BATCH_PASSWORD where they differ. Files over
    sftp:// need the HOST_KEY, a PASSWORD or a KEY, and may name their folders OUTBOUND, INBOUND and ARCHIVE. Refuses what
    would send health information in the open, or to whoever answers there.
    """
    names = sorted(
        found[1].lower()
        for found in (re.fullmatch(r"FRONTDESK_PAYER_([A-Z0-9]+)_URL", key) for key in os.environ)
        if found
    )
    ways = [_connection(name) for name in ("", *names)]
    return {one.name: one for one in ways if one is not None}


def _connection(name: str) -> Connection | None:
    begins = f"FRONTDESK_PAYER_{name.upper()}_" if name else "FRONTDESK_PAYER_"

    def of(what: str, default: str = "") -> str:
        return os.environ.get(begins + what, "").strip() or default

    url, batch = of("URL"), of("BATCH")
    if not url:
        return None
    for what, address in (("URL", url), ("BATCH", batch)):
        parts = urlsplit(address)
        if address and not _is_closed(parts.scheme, parts.hostname or ""):
            msg = f"{begins}{what} must begin with https:// or sftp://; what payers are asked does not travel in the open."
            raise UnsafeSettings(msg)
    envelope = of("ENVELOPE", MIME).lower()
    if envelope not in ENVELOPES:
        msg = f"{begins}ENVELOPE is {envelope!r}; it must be mime or soap."
        raise UnsafeSettings(msg)
    names = {what: of(what, default) for what, default in (("SENDER", "FRONTDESK"), ("RECEIVER", "PAYER"))}
    for what, value in names.items():
        if not re.fullmatch(r"[A-Za-z0-9 .-]{2,15}", value):
            msg = f"{begins}{what} must be 2 to 15 letters and digits, as the other side knows it."
            raise UnsafeSettings(msg)
    made = Connection(
        name, url, envelope, of("USER"), of("PASSWORD"), names["SENDER"], names["RECEIVER"],
        mode=_mode(begins, of("MODE"), url, batch), batch=batch, batch_user=of("BATCH_USER"),
        batch_password=of("BATCH_PASSWORD"), host_key=of("HOST_KEY"), key_file=of("KEY"),
        outbound=of("OUTBOUND", "outbound"), inbound=of("INBOUND", "inbound"), archive=of("ARCHIVE", "archive"),
    )  # fmt: skip
    if made.files.startswith("sftp:"):
        _can_drop(begins, made)
    return made


def _is_closed(scheme: str, host: str) -> bool:
    return bool(host) and (scheme in {"https", "sftp"} or (scheme == "http" and host in _THIS_MACHINE))


def _mode(begins: str, said: str, url: str, batch: str) -> str:
    """Return how a connection is asked: as MODE says, else as its addresses do."""
    files_only = url.startswith("sftp:")
    mode = said.lower() or (BATCH if files_only else BOTH if batch else REAL_TIME)
    if mode not in MODES:
        msg = f"{begins}MODE is {mode!r}; it must be one of {', '.join(MODES)}."
        raise UnsafeSettings(msg)
    if files_only and mode != BATCH:
        msg = f"{begins}URL is a place for files, which nobody answers at once; {begins}MODE must be batch."
        raise UnsafeSettings(msg)
    if (mode == BOTH) != bool(batch):
        msg = f"{begins}BATCH is the address batches go to when {begins}MODE is both; one is set without the other."
        raise UnsafeSettings(msg)
    return mode


def _can_drop(begins: str, made: Connection) -> None:
    """Refuse files over SFTP to a host whose key nobody pinned, or without a way in."""
    if len(made.host_key.split()) < 2 or not made.host_key.startswith(
        ("ssh-ed25519 ", "ecdsa-sha2-", "ssh-rsa ")
    ):
        msg = (
            f"{begins}HOST_KEY must be the key of the host the files go to, a line like ssh-ed25519 AAAA…; "
            "`ssh-keyscan` shows it, and the other side says whether it is theirs."
        )
        raise UnsafeSettings(msg)
    user, password = made.files_login
    if not user or not (password or made.key_file):
        msg = (
            f"{begins}USER needs a {begins}PASSWORD or a {begins}KEY, the file of a private key, for sftp://."
        )
        raise UnsafeSettings(msg)
    if made.key_file and not Path(made.key_file).is_file():
        msg = f"{begins}KEY names no file."
        raise UnsafeSettings(msg)


def cards() -> Processor | None:
    """Return where cards are charged, None when FRONTDESK_CARD_KEY is not set. Refuses what would speak in the open.

    Beside the key: FRONTDESK_CARD_URL (else Stripe's own), FRONTDESK_CARD_WEBHOOK_SECRET (commas between the old and the new
    one), and FRONTDESK_CARD_READER: `tmr_1`, or `Front desk=tmr_1, 2/Annex=tmr_2` with a location's number before its name.
    """
    key = os.environ.get("FRONTDESK_CARD_KEY", "").strip()
    url = os.environ.get("FRONTDESK_CARD_URL", "").strip().rstrip("/") or CARD_PROCESSOR
    if not key:
        return None
    parts = urlsplit(url)
    if parts.path or parts.scheme == "sftp" or not _is_closed(parts.scheme, parts.hostname or ""):
        msg = "FRONTDESK_CARD_URL must begin with https:// and name a host; what cards are charged does not travel in the open."
        raise UnsafeSettings(msg)
    if not re.fullmatch(r"[A-Za-z0-9_]{16,255}", key):
        msg = "FRONTDESK_CARD_KEY is no key of a card processor; a restricted key looks like rk_live_…"
        raise UnsafeSettings(msg)
    secrets_ = tuple(listed("FRONTDESK_CARD_WEBHOOK_SECRET", ""))
    if any(len(one) < 16 for one in secrets_):
        msg = "FRONTDESK_CARD_WEBHOOK_SECRET is too short; the processor shows it beside the webhook, like whsec_…"
        raise UnsafeSettings(msg)
    return Processor(url, key, secrets_, tuple(_reader(one) for one in listed("FRONTDESK_CARD_READER", "")))


def _reader(text: str) -> Reader:
    found = re.fullmatch(r"(?:(?:([0-9]{1,9})/)?([^=/]{1,40})=)?([A-Za-z0-9_]{3,60})", text)
    if found is None:
        msg = f"FRONTDESK_CARD_READER names {text!r}; a reader is written tmr_1, or Front desk=tmr_1, or 2/Front desk=tmr_1."
        raise UnsafeSettings(msg)
    location, name, reader = found.groups()
    return Reader((name or "Card reader").strip(), reader, int(location) if location else None)


def outbound() -> list[str]:
    """Return the further hosts of FRONTDESK_OUTBOUND this program may ask, and the inner networks they may be in."""
    found = listed("FRONTDESK_OUTBOUND", "")
    if wrong := next(
        (one for one in found if not re.fullmatch(r"[A-Za-z0-9.:\[\]/-]+", one) or "//" in one), ""
    ):
        msg = f"FRONTDESK_OUTBOUND names {wrong!r}; it lists hosts and networks, like idp.example.org, 10.1.0.0/16."
        raise UnsafeSettings(msg)
    return found


def public_url() -> str:
    """Return FRONTDESK_URL, the address patients can reach, without a slash at its end. Refuses plain HTTP elsewhere."""
    url = os.environ.get("FRONTDESK_URL", "").strip().rstrip("/")
    if not url:
        return ""
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and (parts.hostname or "") in _THIS_MACHINE)
    if not safe or not parts.netloc or parts.query or parts.fragment:
        msg = "FRONTDESK_URL must begin with https:// and be the address patients can reach."
        raise UnsafeSettings(msg)
    return url


def texts_secret(public_url: str) -> str:
    """Return TEXTS_SECRET, "" when there is no carrier. Refuses a weak one, or one that nothing can be signed with."""
    secret = os.environ.get("TEXTS_SECRET", "").strip()
    if secret and len(secret) < 24:
        msg = "TEXTS_SECRET is shorter than 24 characters."
        raise UnsafeSettings(msg)
    if secret and not public_url:
        msg = "TEXTS_SECRET needs FRONTDESK_URL: carriers sign the address they call."
        raise UnsafeSettings(msg)
    return secret


def _write_private(path: Path, text: str) -> None:
    if path.exists():
        return
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(text)
