"""What the card network knows: objects, the answers given under each idempotency key, and events; in one SQLite file.

An answer leaves only when what it tells is on disk, so that a network that was killed still knows each charge.
"""

import json
import sqlite3
import threading
from pathlib import Path
from typing import Any, Self

Thing = dict[str, Any]
_TABLES = """
CREATE TABLE IF NOT EXISTS thing (id TEXT PRIMARY KEY, kind TEXT, created REAL, body TEXT);
CREATE INDEX IF NOT EXISTS things ON thing (kind, created);
CREATE TABLE IF NOT EXISTS answered (key TEXT PRIMARY KEY, said TEXT, status INTEGER, body TEXT);
CREATE TABLE IF NOT EXISTS post (seq INTEGER PRIMARY KEY, event TEXT, due REAL, tries INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS done (what TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS number (n INTEGER);
"""


class Store:
    """Used by many threads: whoever wants more than one look at it holds `lock`."""

    def __init__(self, file: Path | None = None) -> None:
        self.lock = threading.RLock()
        self._db = sqlite3.connect(
            str(file or ":memory:"), check_same_thread=False, isolation_level=None, timeout=10
        )
        if file is not None:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_TABLES)

    def __enter__(self) -> Self:
        """Begin a deed: all of it is kept, or nothing."""
        self.lock.acquire()
        self._db.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self._db.execute("COMMIT" if kind is None else "ROLLBACK")
        finally:
            self.lock.release()

    def close(self) -> None:
        """Let go of the file."""
        with self.lock:
            self._db.close()

    def next_id(self, kind: str) -> str:
        """Return a name that was never given before."""
        n = (self._db.execute("SELECT COALESCE(MAX(n), 0) FROM number").fetchone()[0]) + 1
        self._db.execute("DELETE FROM number")
        self._db.execute("INSERT INTO number VALUES (?)", [n])
        return f"{kind}_frontdesk{n:012d}"

    def get(self, name: str) -> Thing | None:
        """Return an object by its name."""
        row = self._db.execute("SELECT body FROM thing WHERE id = ?", [name]).fetchone()
        return None if row is None else json.loads(row[0])

    def put(self, thing: Thing) -> Thing:
        """Keep an object as it is now."""
        self._db.execute(
            "INSERT INTO thing VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            [thing["id"], thing["object"], thing.get("created", 0), json.dumps(thing)],
        )
        return thing

    def all(self, kind: str, since: float = 0, until: float = 1e12) -> list[Thing]:
        """Return the objects of a kind, the newest first."""
        rows = self._db.execute(
            "SELECT body FROM thing WHERE kind = ? AND created >= ? AND created < ? ORDER BY created DESC, id DESC",
            [kind, since, until],
        )
        return [json.loads(row[0]) for row in rows.fetchall()]

    def answered(self, key: str) -> tuple[str, int, str] | None:
        """Return what was asked under an idempotency key, and how it was answered."""
        row = self._db.execute("SELECT said, status, body FROM answered WHERE key = ?", [key]).fetchone()
        return None if row is None else (row[0], row[1], row[2])

    def keep_answer(self, key: str, said: str, status: int, body: str) -> None:
        """Keep an answer, to be given again."""
        self._db.execute("INSERT OR REPLACE INTO answered VALUES (?, ?, ?, ?)", [key, said, status, body])

    def first_time(self, what: str) -> bool:
        """Say whether something happens for the first time; from now on it has happened."""
        return self._db.execute("INSERT OR IGNORE INTO done VALUES (?)", [what]).rowcount == 1

    def post(self, event: str, due: float) -> None:
        """Have an event told at a moment."""
        self._db.execute("INSERT INTO post (event, due) VALUES (?, ?)", [event, due])

    def due(self, now: float) -> list[tuple[int, str, int]]:
        """Return (number, event, tries) of what is to be told now."""
        rows = self._db.execute(
            "SELECT seq, event, tries FROM post WHERE due <= ? ORDER BY due, seq LIMIT 50", [now]
        )
        return [(row[0], row[1], row[2]) for row in rows.fetchall()]

    def told(self, number: int, again: float | None = None) -> None:
        """Note that an event was told, or is to be told again at a moment."""
        if again is None:
            self._db.execute("DELETE FROM post WHERE seq = ?", [number])
        else:
            self._db.execute("UPDATE post SET due = ?, tries = tries + 1 WHERE seq = ?", [again, number])
