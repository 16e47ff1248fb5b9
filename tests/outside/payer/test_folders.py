"""Files dropped over SFTP are answered in another folder, faults included; only who has the password or a key comes in."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import asyncssh
import pytest

from frontdesk.formats import x12
from frontdesk.outside.payer import members
from frontdesk.outside.payer.desk import Payer
from frontdesk.outside.payer.sftp import Folders
from tests.outside.payer.asking import inquiry
from tests.outside.payer.conftest import AT


@pytest.fixture
def folders(tmp_path):
    made = []

    def make(**words):
        one = Folders(
            Payer(members.load(members.DEFAULT), now=lambda: AT), 0, place=tmp_path / "f", moment=0, **words
        )
        one.start()
        made.append(one)
        return one

    yield make
    for one in made:
        one.stop()


def visit(place, work, **login):
    async def whole():
        how = {"username": "practice", "password": "stand-in", "client_keys": None, **login}
        known = ([asyncssh.import_public_key(place.host_key)], [], [])
        async with (
            asyncssh.connect(
                "127.0.0.1", place.port, known_hosts=known, config=None, agent_path=None, **how
            ) as line,
            line.start_sftp_client() as there,
        ):
            return await work(there)

    # In a thread of its own: a browser's tests may have left a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, whole()).result()


def dropped(place, payload, expects):
    """Drop a file as a careful sender does; return what comes back by name, once `expects` files are there."""

    async def drop(there):
        async with there.open("outbound/q.x12.part", "wb") as file:
            await file.write(payload)
        await there.rename("outbound/q.x12.part", "outbound/q.x12")

    visit(place, drop)
    inbound = place.place / "inbound"
    upto = time.monotonic() + 5
    while time.monotonic() < upto and len(list(inbound.glob("*.x12"))) < expects:
        threading.Event().wait(0.01)
    return {one.name: one.read_bytes() for one in inbound.glob("*.x12")}


def test_a_file_has_its_999_and_its_271_and_is_gone(folders):
    place = folders()
    came = dropped(place, inquiry("PRAC-ACTIVE-0001", sets=3), 2)
    assert set(came) == {"999-q.x12", "271-q.x12"}
    assert len(x12.parse_271(came["271-q.x12"])) == 3
    [taken] = x12.parse_999(came["999-q.x12"])
    assert taken.verdict.answer == "A"
    assert [list(x12.check(one)) for one in came.values()] == [[], []]
    assert not list((place.place / "outbound").iterdir())


def test_a_faulty_file_has_a_999_alone(folders):
    came = dropped(folders(), inquiry("PRAC-ACTIVE-0001").replace(b"*19580912*F", b"*19581340*F"), 1)
    assert set(came) == {"999-q.x12"}


@pytest.mark.parametrize(("word", "whole"), [("HALF", False), ("BROKEN", False), ("LATE", True)])
def test_faults_are_played_by_the_file(folders, word, whole):
    came = dropped(folders(late=0.05), inquiry(f"PRAC-{word}-0001"), 2)
    assert (list(x12.check(came["271-q.x12"])) == []) == whole


def test_nobody_comes_in_without_the_password_or_a_key(folders, tmp_path):
    key = asyncssh.generate_private_key("ssh-ed25519")
    allowed = tmp_path / "keys"
    allowed.write_bytes(key.export_public_key())
    place = folders(allowed=allowed)

    async def look(there):
        return sorted(await there.listdir("."))

    for wrong in ({"password": "x"}, {"username": "other"}, {"password": None}):
        with pytest.raises(asyncssh.PermissionDenied):
            visit(place, look, **wrong)
    assert "inbound" in visit(place, look, password=None, client_keys=[key])


def test_nothing_outside_of_its_folders_is_reached(folders):
    place = folders()
    (place.place.parent / "secret").write_text("x")

    async def climb(there):
        return await there.exists("../secret"), await there.exists("/etc/passwd")

    assert visit(place, climb) == (False, False)
