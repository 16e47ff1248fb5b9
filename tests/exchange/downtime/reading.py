"""Reading a pack as somebody without the system would: the page in a browser, the paper through poppler."""

import shutil
import subprocess

import pytest


def open_page(chromium, path, passphrase):
    """Open the file from disk, with no network at all, and type the passphrase; return the page."""
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_selector("#passphrase:focus")
    page.keyboard.type(passphrase)
    page.keyboard.press("Enter")
    page.wait_for_selector("#pack:not([hidden]), #says:text('does not open')")
    assert asked == [path.as_uri()]
    return page


def open_paper(path, passphrase):
    """Return the words of the PDF page by page; None when the passphrase does not open it."""
    if shutil.which("pdftotext") is None:
        pytest.skip("NO PDFTOTEXT ON THIS MACHINE: install Debian's poppler-utils to read the pages back")
    done = subprocess.run(
        ["pdftotext", "-upw", passphrase, "-layout", str(path), "-"], capture_output=True, check=False
    )
    return None if done.returncode else done.stdout.decode().split("\f")[:-1]
