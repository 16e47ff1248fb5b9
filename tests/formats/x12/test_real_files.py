"""Files from elsewhere that are called valid have no finding; each exception is explained."""

import os
from pathlib import Path

import pytest

from frontdesk.formats import x12

CASES = Path(os.environ.get("FRONTDESK_CASES", "../shared/cases"))
pytestmark = pytest.mark.skipif(
    not (CASES / "x12").exists(),
    reason="NO SAMPLE FILES: set FRONTDESK_CASES to the folder of real sample files",
)

# Why a finding in a file called valid is right: by its code, else by the file and code.
ALWAYS = {
    "not-npi": "the NPIs of these samples are made up, with a check digit that is wrong or digits too few",
    "guide-unknown": "a note, not an error: institutional claims have no guide here",
}
EXPLAINED = {
    (
        "Kartik-Hirijaganer__271_ls_le_wrapper.x12",
        "group-of-other-kind",
    ): "GS01 is HS, an inquiry, around a 271",
    (
        "Kartik-Hirijaganer__271_ls_le_wrapper.x12",
        "out-of-order",
    ): "LS holds a REF that belongs before it, a DTP follows LE",
    ("Kartik-Hirijaganer__271_multiple_eb_segments.x12", "group-of-other-kind"): "GS01 is HS around a 271",
    ("cosyte__277.edi", "element-not-used"): "STC03 is not used in X212 (it is in X214)",
    ("cosyte__277-unknown-status.edi", "element-not-used"): "STC03 is not used in X212",
    ("LinuxForHealth__demo.ambulance.example5.837", "element-missing"): "CLM05-2 is empty and required",
    (
        "LinuxForHealth__demo.cob.example3.A.837",
        "loop-missing",
    ): "the other subscriber has no other payer, 2330B",
    ("LinuxForHealth__demo.cob.example3.B.837", "not-zip"): "a ZIP of four digits",
    (
        "LinuxForHealth__demo.cob.example4.837",
        "qualifier-unknown",
    ): "AMT*F2 was in 4010, and is not in 2320 of 5010",
    **{
        (f"LinuxForHealth__demo.{name}.837", code): "ISA16 says ':', the components are parted by '>'"
        for name in ("example9", "example11")
        for code in (
            "too-long",
            "element-missing",
            "qualifier-unknown",
            "segment-missing",
            "diagnosis-absent",
        )
    },
    ("cosyte__837p-canonical.edi", "not-icd10"): "a diagnosis with its point, which X12 leaves out",
}


def called_valid():
    found = []
    for line in (CASES / "MANIFEST.tsv").read_text().splitlines()[1:]:
        _, kind, _, _, _, _, valid, note = line.split("\t")
        if kind.startswith("x12/") and valid == "yes" and "envelope=ok" in note:
            name = next(word for word in note.split("; ") if word.startswith("file "))
            found.append(CASES / name.removeprefix("file ").split("/", 1)[1])
    return found


def test_a_file_called_valid_has_no_finding_that_is_not_explained():
    files = called_valid()
    assert len(files) >= 30
    used = set()
    for path in files:
        for finding in x12.check(path):
            key = (path.name, finding.code)
            assert finding.code in ALWAYS or key in EXPLAINED, f"{path.name}: {finding}"
            used |= {key, finding.code}
    assert set(EXPLAINED) | set(ALWAYS) == used & (set(EXPLAINED) | set(ALWAYS)), (
        "an explanation nothing needs"
    )


def test_what_is_called_valid_is_written_as_it_was_read():
    for path in called_valid():
        text = "".join(segment + "~" for segment in x12.Reader(path))
        marks = x12.Reader(path)
        list(marks)
        for found in x12.parse(path):
            again = x12.build(found, marks.delimiters).decode().replace(marks.delimiters.segment, "~")
            assert again in text, path.name


def test_the_remittance_whose_figures_are_known_gives_them():
    """The payer's own table of the same file: a row for each service line, with its amounts."""
    (found,) = x12.parse_835(CASES / "x12/835/keironstoddart__united_healthcare_legacy_sample.txt")
    table = (CASES / "x12/835-expected/keironstoddart__united_healthcare_legacy_sample.csv").read_text()
    rows = [line.split(",") for line in table.strip().splitlines()[1:]]
    lines = [(one, line) for one in found.claims for line in one.services]
    assert len(rows) == len(lines)
    for row, (one, line) in zip(rows, lines, strict=True):
        assert (row[1], row[3]) == (one.patient_control_number, line.procedure.code)
        assert (float(row[9]), float(row[11])) == (float(line.charge), float(line.paid))
