"""A second opinion: pyx12 reads what we call sound and what we answer, where it has a map. It is no dependency:
`FRONTDESK_PYX12` names a Python that has it (`python -m venv p && p/bin/pip install pyx12==4.0.0`)."""

import os
import subprocess
from datetime import datetime
from pathlib import Path

from frontdesk.formats import x12
from tests.formats.x12 import corpus
from tests.formats.x12.test_faults import ONE

MAPPED = ("835", "837P", "277CA", "999")
ASK = """
import logging, sys
logging.disable(logging.CRITICAL)
import pyx12.params, pyx12.x12n_document
for path in sys.argv[1:]:
    print(pyx12.x12n_document.x12n_document(pyx12.params.params(), path, None, None))
"""


def prove(folder: Path) -> tuple[str, bool]:
    """Ask pyx12 about our sound files, and about the answers to all our faulty ones."""
    python = os.environ.get("FRONTDESK_PYX12", "")
    if not python:
        return "FRONTDESK_PYX12 names no Python that has pyx12: nothing was asked", False
    folder.mkdir(parents=True, exist_ok=True)
    at = datetime(2026, 3, 3, 9, 0)
    files = {f"our {kind}": corpus.valid(kind).replace(b"005010X222A2", b"005010X222A1") for kind in MAPPED}
    files |= {
        f"the answer to our {kind}": x12.acknowledge(corpus.valid(kind), at).content
        for kind in corpus.SETS
        if kind != "999"
    }
    for what, ((kind, segment, change), *_) in ONE.items():
        files[f"the answer to: {what}"] = x12.acknowledge(corpus.changed(kind, segment, **change), at).content
    paths = []
    for number, content in enumerate(files.values()):
        paths.append(folder / f"{number}.edi")
        paths[-1].write_bytes(content)
    asked = [python, "-c", ASK, *map(str, paths)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    refused = [name for name, word in zip(files, said, strict=True) if word != "True"]
    return (
        f"{len(files)} files that we call sound; pyx12 refuses {len(refused)}: {', '.join(refused) or 'none'}",
        not refused,
    )
