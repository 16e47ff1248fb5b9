"""Reading a PDF back, as somebody who holds the paper would."""

import shutil
import subprocess

import pytest


def words(pdf):
    """Return the words of a PDF, line by line as they stand on the page."""
    if shutil.which("pdftotext") is None:
        pytest.skip("NO PDFTOTEXT ON THIS MACHINE: install Debian's poppler-utils to read the pages back")
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
