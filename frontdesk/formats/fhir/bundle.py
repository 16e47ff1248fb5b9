"""Read a file of FHIR JSON: a Patient, a Bundle, or NDJSON with one resource a line (Bulk Data export)."""

import json
import re
from typing import Any

from frontdesk.formats.fhir.nodes import Node, kind_of
from frontdesk.formats.fhir.patient import read_patient
from frontdesk.formats.fhir.values import Document, Found, Problem

LARGEST = 256 * 1024 * 1024
DEEPEST = 64
MOST_ENTRIES = 1_000_000
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")


def read(raw: bytes) -> Document:
    """Read the bytes of a file. Anything that cannot be read is a `Problem`; nothing is raised."""
    if len(raw) > LARGEST:
        return _nothing(f"is {len(raw):,} bytes; {LARGEST:,} is the most")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        return _nothing(f"is not UTF-8: byte {wrong.start}")
    if not text.strip():
        return _nothing("is empty")
    value, why = _parse(text)
    if why and _is_ndjson(text):
        return _lines(text)
    return _nothing(why) if why else _document(value, 1)


def _nothing(why: str) -> Document:
    return Document((), (Problem("file", why, fatal=True),))


def _parse(text: str) -> tuple[Any, str]:
    """Return the JSON value, or why there is none."""
    if _depth(text) > DEEPEST:
        return None, f"is nested deeper than {DEEPEST}"
    try:
        return json.loads(text, parse_constant=_refuse_constant), ""
    except json.JSONDecodeError as wrong:
        return None, f"is not JSON: {wrong.msg} (line {wrong.lineno}, column {wrong.colno})"
    except (ValueError, RecursionError) as wrong:
        return None, f"is not JSON: {str(wrong)[:120]}"


def _refuse_constant(word: str) -> None:
    msg = f"{word} is not a JSON number"
    raise ValueError(msg)


def _depth(text: str) -> int:
    """Return how deep brackets nest, those inside text left out."""
    if text.count("{") + text.count("[") <= DEEPEST:
        return 0
    deepest = depth = 0
    for sign in _BRACKETS.findall(_QUOTED.sub("", text)):
        depth += 1 if sign in "{[" else -1
        deepest = max(deepest, depth)
    return deepest


def _is_ndjson(text: str) -> bool:
    lines = text.strip().splitlines()
    return len(lines) > 1 and all(
        line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines if line.strip()
    )


def _lines(text: str) -> Document:
    found: list[Found] = []
    problems: list[Problem] = []
    others = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        value, why = _parse(line)
        if why:
            problems.append(Problem(f"line {number}", why, fatal=True))
            continue
        part = _document(value, number)
        found += part.found
        problems += part.problems
        others += part.others
    return Document(tuple(found), tuple(problems), others)


def _document(value: Any, line: int) -> Document:
    if not isinstance(value, dict):
        return _nothing(f"should be one FHIR resource, is {kind_of(value)}")
    kind = value.get("resourceType")
    if kind == "Patient":
        return Document((_found(value, "Patient", line),))
    if kind == "Bundle":
        return _bundle(value, line)
    if isinstance(kind, str):
        return Document((), (), 1)
    return _nothing("has no resourceType")


def _bundle(value: dict[str, Any], line: int) -> Document:
    entries = value.get("entry")
    if entries is None:
        return Document(())
    if not isinstance(entries, list):
        return Document(
            (), (Problem("Bundle.entry", f"should be a list, is {kind_of(entries)}", fatal=True),)
        )
    found: list[Found] = []
    problems: list[Problem] = []
    others = 0
    for number, entry in enumerate(entries[:MOST_ENTRIES]):
        path = f"Bundle.entry[{number}].resource"
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            problems.append(Problem(path, f"should be an object, is {kind_of(resource)}"))
        elif resource.get("resourceType") == "Patient":
            found.append(_found(resource, path, line))
        elif resource.get("resourceType") == "Bundle":
            problems.append(Problem(path, "a Bundle inside a Bundle is not read"))
        else:
            others += 1
    return Document(tuple(found), tuple(problems), others)


def _found(value: dict[str, Any], path: str, line: int) -> Found:
    problems: list[Problem] = []
    patient = read_patient(Node(value, path, problems))
    return Found(path, patient, tuple(problems), line)
