"""A pack opens with its passphrase alone, without server or network, says all there is to say, and nothing when shut."""

import re
import stat
from datetime import timedelta

import pytest

from frontdesk.exchange.downtime import html, pdf, sealing, writing
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.downtime import services
from frontdesk.office.downtime.rules import shown
from tests.exchange.downtime.conftest import PASSPHRASE, somebody
from tests.exchange.downtime.reading import open_page, open_paper

MOMENT = "as of 7:30 am EDT, Tuesday, March 10, 2026"


@pytest.fixture
def pack(the):
    the.booked(9, patient=somebody())
    the.booked(10)
    return services.open_pack(SYSTEM, location_id=the.location.pk)


@pytest.fixture
def files(pack, keys, tmp_path):
    page, paper = tmp_path / "pack.html", tmp_path / "pack.pdf"
    page.write_bytes(html.draw(pack, keys))
    paper.write_bytes(pdf.draw(pack, keys))
    return page, paper


def test_the_page_opens_from_disk_and_says_all_there_is(chromium, files, pack):
    page = open_page(chromium, files[0], PASSPHRASE)
    words = page.inner_text("[data-part='list-0']")
    entry = pack.days[0].entries[0]
    for part in (
        MOMENT, "9:00 am", "Zoë Núñez-O’Brien", "born 3/14/1962 (63)", f"MRN {entry.mrn}", "(617) 555-0142 mobile",
        "Office visit, 20 min", "Dana Lee, MD", "Interpreter: Spanish", "Alert: Uses a <wheelchair>",
        "Coverage: Not on file here: copy the card", "Needs: Interpreter for Spanish: arrange one", shown(entry.number),
    ):  # fmt: skip
        assert part in words, part
    page.click("[data-show='forms-0']")
    numbers = [e.get_attribute("data-number") for e in page.query_selector_all("[data-part='forms-0'] .form")]
    assert numbers == [*(one.number for one in pack.days[0].entries), *pack.days[0].blanks]
    page.click("[data-show='help']")
    assert "911" in page.inner_text("[data-part='help']")
    page.context.close()


def test_a_wrong_passphrase_says_so_and_shows_nothing(chromium, files):
    page = open_page(chromium, files[0], "lantern paper pencil cloak")
    assert "does not open it" in page.inner_text("#says")
    assert page.query_selector(".visit") is None
    page.context.close()


def test_a_name_is_found_and_the_page_locks_itself_again(chromium, files):
    page = open_page(chromium, files[0], PASSPHRASE)
    page.keyboard.type("núñez 0142")
    assert page.locator("[data-part='list-0'] .visit:visible").count() == 1
    page.click("#lock")
    assert page.query_selector(".visit") is None
    assert page.locator("#passphrase:focus").count() == 1
    page.context.close()


def test_printed_every_page_of_it_carries_the_moment(chromium, files, tmp_path):
    page = open_page(chromium, files[0], PASSPHRASE)
    page.click("[data-show='forms-0']")
    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    page.context.close()
    pages = open_paper(tmp_path / "printed.pdf", "")
    assert len(pages) >= 4
    assert all(MOMENT in one for one in pages)
    assert f"Page 1 of {len(pages)}" in pages[0]


def test_the_paper_opens_with_the_same_passphrase_and_no_other(files, pack):
    pages = open_paper(files[1], PASSPHRASE)
    assert open_paper(files[1], "lantern paper pencil cloak") is None
    assert open_paper(files[1], "") is None
    words = "\n".join(pages)
    for part in (
        "Zoë Núñez-O’Brien",
        "(617) 555-0142",
        "Interpreter: Spanish",
        "Uses a <wheelchair>",
        "call 911 first",
    ):
        assert part in words, part
    for day in pack.days:
        for number in (*(entry.number for entry in day.entries), *day.blanks, *day.receipts):
            assert shown(number) in words


def test_every_page_of_paper_says_as_of_when_and_which_it_is(files):
    pages = open_paper(files[1], PASSPHRASE)
    assert len(pages) > 10
    for at, page in enumerate(pages, 1):
        assert MOMENT in page
        assert f"Page {at} of {len(pages)}" in page


def test_the_contents_lead_to_the_right_pages(files):
    pages = open_paper(files[1], PASSPHRASE)
    found = re.findall(r"(Tuesday, March 10 [a-z ]+?)\s+page (\d+)", pages[0])
    assert len(found) == 4
    for title, number in found:
        assert pages[int(number) - 1].startswith(title)


def test_shut_they_say_nothing_of_a_patient(files, pack):
    for path in files:
        raw = path.read_bytes()
        for entry in pack.days[0].entries:
            for secret in (
                entry.name.split()[0],
                entry.name.split()[1],
                entry.mrn,
                entry.number,
                "5550142",
                "wheelchair",
            ):
                assert secret.encode() not in raw
                assert secret not in path.name


def test_the_page_brings_everything_along_and_may_run_nothing_else(files):
    text = files[0].read_text()
    assert not re.search(
        r"""(src|href)=|url\(|import |https?://""", text.split('id="sealed"')[0] + text.split("</script>")[1]
    )
    assert "default-src 'none'" in text


def test_what_stands_beside_the_lock_cannot_be_exchanged(chromium, files):
    """The moment in the clear is part of what is locked: yesterday's pack does not pass for today's."""
    text = files[0].read_text()
    files[0].write_text(text.replace("2026-03-10T11:30", "2026-03-10T15:30"))
    page = open_page(chromium, files[0], PASSPHRASE)
    assert "does not open it" in page.inner_text("#says")
    page.context.close()


def test_the_passphrase_is_kept_nowhere_and_the_keys_for_us_alone(keys, tmp_path):
    sealing.keep(keys, tmp_path / "downtime")
    path = tmp_path / "downtime" / "keys.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "lantern" not in path.read_text()
    assert sealing.kept(tmp_path / "downtime") == keys
    path.chmod(0o644)
    with pytest.raises(sealing.OpenKeys, match="chmod 600"):
        sealing.kept(tmp_path / "downtime")


@pytest.mark.parametrize("words", ["short", "aaaaaaaaaaaaaaaaaaaa", "päper päper päper päper", "x" * 101])
def test_a_passphrase_that_is_guessed_or_hard_to_type_is_refused(words):
    with pytest.raises(Invalid):
        sealing.make_keys(words)


def test_a_made_up_passphrase_can_be_said(keys):
    made = sealing.make_passphrase()
    assert re.fullmatch(r"([b-z][aeiou][b-z][aeiou]-){4}[b-z][aeiou][b-z][aeiou]", made)
    assert made != sealing.make_passphrase()


def test_it_is_written_whole_for_us_alone_and_on_record(the, keys, tmp_path):
    sealing.keep(keys, tmp_path)
    made = writing.write(SYSTEM, the.location.pk, tmp_path)
    place = writing.folder_of(tmp_path, the.location)
    assert sorted(path.name for path in place.iterdir()) == [
        "downtime-20260310T113000Z.html",
        "downtime-20260310T113000Z.pdf",
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}
    entry = AuditEntry.objects.get(action="downtime.note_pack")
    assert set(entry.extra["sha256"]) == {"html", "pdf"}
    assert writing.packs_of(tmp_path, the.location) == [made]


def test_without_a_passphrase_nothing_is_written_and_it_says_so(the, tmp_path):
    with pytest.raises(sealing.NoPassphrase, match="frontdesk downtime passphrase"):
        writing.write(SYSTEM, the.location.pk, tmp_path)
    assert not list(tmp_path.iterdir())


def test_old_packs_go_and_a_pack_grows_late(the, keys, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "draw", lambda *_: b"paper")
    sealing.keep(keys, tmp_path)
    for quarter in range(writing.KEPT + 3):
        with clock.fixed(the.at(7, 30) + quarter * writing.PAUSE):
            writing.write(SYSTEM, the.location.pk, tmp_path)
    packs = writing.packs_of(tmp_path, the.location)
    assert len(packs) == writing.KEPT
    with clock.fixed(packs[0].as_of + timedelta(minutes=19)):
        assert not packs[0].is_late
    with clock.fixed(packs[0].as_of + timedelta(minutes=21)):
        assert packs[0].is_late


def test_a_copy_keeps_its_name_and_one_that_fails_spoils_nothing(the, keys, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "draw", lambda *_: b"paper")
    sealing.keep(keys, tmp_path / "own")
    desk = tmp_path / "desk"
    made = writing.write(SYSTEM, the.location.pk, tmp_path / "own", to=desk)
    assert made.file("html").exists()
    assert "No such file" in writing.copy_trouble(tmp_path / "own", the.location)
    desk.mkdir()
    made = writing.write(SYSTEM, the.location.pk, tmp_path / "own", to=desk)
    assert (desk / "downtime-elm.html").read_bytes() == made.file("html").read_bytes()
    assert writing.copy_trouble(tmp_path / "own", the.location) == ""


def test_who_dies_while_writing_leaves_the_old_pack_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "downtime-elm.html"
    writing.put(path, b"old")
    monkeypatch.setattr(writing.os, "fsync", lambda _: (_ for _ in ()).throw(OSError("power cut")))
    with pytest.raises(OSError, match="power cut"):
        writing.put(path, b"new and longer")
    assert path.read_bytes() == b"old"
