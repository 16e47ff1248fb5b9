"""fhir: HL7 FHIR R4 JSON, read into plain typed values.

`read(raw)` takes the bytes of a file (a Patient, a Bundle, or NDJSON) and returns a `Document`: the patients found, and
what is wrong with each, as a path and a reason. It raises nothing on any input. Standard: https://hl7.org/fhir/R4/
"""

from frontdesk.formats.fhir.bundle import read
from frontdesk.formats.fhir.values import (
    Address,
    Category,
    Communication,
    Contact,
    Document,
    Found,
    HumanName,
    Identifier,
    Link,
    Patient,
    Period,
    Problem,
    Telecom,
)

__all__ = [
    "Address",
    "Category",
    "Communication",
    "Contact",
    "Document",
    "Found",
    "HumanName",
    "Identifier",
    "Link",
    "Patient",
    "Period",
    "Problem",
    "Telecom",
    "read",
]
