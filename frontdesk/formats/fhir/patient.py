"""Read one FHIR R4 Patient, with the extensions US Core puts on it (http://hl7.org/fhir/us/core/)."""

from frontdesk.formats.fhir.nodes import Node
from frontdesk.formats.fhir.values import (
    Address,
    Category,
    Communication,
    Contact,
    HumanName,
    Identifier,
    Link,
    Patient,
    Period,
    Telecom,
)

GENDERS = frozenset({"male", "female", "other", "unknown"})
NAME_USES = frozenset({"usual", "official", "temp", "nickname", "anonymous", "old", "maiden"})
ADDRESS_USES = frozenset({"home", "work", "temp", "old", "billing"})
SYSTEMS = frozenset({"phone", "fax", "email", "pager", "url", "sms", "other"})
TELECOM_USES = frozenset({"home", "work", "temp", "old", "mobile"})
LINK_TYPES = frozenset({"replaced-by", "replaces", "refer", "seealso"})
CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"
_SEX_CODES = {"248153007": "M", "248152002": "F", "184115007": "OTH"}


def read_patient(node: Node) -> Patient:
    """Read the Patient at `node`; what is wrong is put down in the node's problems."""
    extensions = _extensions(node)
    deceased_at = node.day("deceasedDateTime") if node.text("deceasedDateTime") else None
    return Patient(
        id=node.text("id"),
        active=node.flag("active") is not False,
        identifiers=tuple(filter(None, map(_identifier, node.objects("identifier")))),
        names=_names(node),
        telecom=_telecom(node),
        addresses=tuple(_address(found) for found in node.objects("address")),
        gender=node.choice("gender", GENDERS),
        birth_date=node.day("birthDate", fatal=True),
        deceased=bool(node.flag("deceasedBoolean")) or bool(node.text("deceasedDateTime")),
        deceased_at=deceased_at,
        marital_status=_first_code(node.object("maritalStatus")),
        birth_sex=_birth_sex(extensions),
        race=_categories(extensions.get(CORE + "us-core-race")),
        ethnicity=_categories(extensions.get(CORE + "us-core-ethnicity")),
        gender_identity=_coded(extensions.get(CORE + "us-core-genderIdentity")),
        pronouns=_coded(extensions.get("http://hl7.org/fhir/StructureDefinition/individual-pronouns")),
        interpreter_needed=_interpreter(extensions),
        communication=tuple(filter(None, map(_communication, node.objects("communication")))),
        contacts=tuple(_contact(found) for found in node.objects("contact")),
        links=tuple(filter(None, map(_link, node.objects("link")))),
        multiple_birth=_multiple_birth(node),
    )


def _names(node: Node) -> tuple[HumanName, ...]:
    names = tuple(_name(found) for found in node.objects("name"))
    if not any(name.family or name.given or name.text for name in names):
        node.child("name").say("there is no name", fatal=True)
    return names


def _name(node: Node) -> HumanName:
    return HumanName(
        use=node.choice("use", NAME_USES),
        family=node.text("family"),
        given=node.texts("given"),
        prefix=node.texts("prefix"),
        suffix=node.texts("suffix"),
        text=node.text("text"),
        period=_period(node),
    )


def _period(node: Node) -> Period:
    found = node.object("period")
    return Period(found.edge("start", last=False), found.edge("end", last=True)) if found else Period()


def _telecom(node: Node) -> tuple[Telecom, ...]:
    return tuple(
        Telecom(
            system=found.choice("system", SYSTEMS) or "other",
            value=value,
            use=found.choice("use", TELECOM_USES),
            rank=found.number("rank"),
            period=_period(found),
        )
        for found in node.objects("telecom")
        if (value := found.text("value"))
    )


def _address(node: Node) -> Address:
    return Address(
        use=node.choice("use", ADDRESS_USES),
        lines=node.texts("line") or ((node.text("text"),) if node.text("text") else ()),
        city=node.text("city"),
        district=node.text("district"),
        state=node.text("state"),
        postal_code=node.text("postalCode"),
        country=node.text("country"),
        period=_period(node),
    )


def _identifier(node: Node) -> Identifier | None:
    value = node.text("value")
    if not value:
        return None
    return Identifier(node.text("system"), value, _first_code(node.object("type")), node.text("use"))


def _first_code(concept: Node | None) -> str:
    """Return the first code of a CodeableConcept, its text where it has none."""
    if concept is None:
        return ""
    codes = (coding.text("code") for coding in concept.objects("coding"))
    return next((code for code in codes if code), "") or concept.text("text")


def _communication(node: Node) -> Communication | None:
    concept = node.object("language")
    code = _first_code(concept)
    if concept is None or not code:
        return None
    shown = concept.text("text") or next((c.text("display") for c in concept.objects("coding")), "")
    return Communication(code, shown, bool(node.flag("preferred")))


def _contact(node: Node) -> Contact:
    name, address = node.object("name"), node.object("address")
    return Contact(
        relationship=tuple(filter(None, map(_first_code, node.objects("relationship")))),
        name=_name(name) if name else None,
        telecom=_telecom(node),
        address=_address(address) if address else None,
        gender=node.choice("gender", GENDERS),
    )


def _link(node: Node) -> Link | None:
    other = node.object("other")
    reference, kind = other.text("reference") if other else "", node.choice("type", LINK_TYPES)
    return Link(reference, kind) if reference and kind else None


def _multiple_birth(node: Node) -> bool:
    return bool(node.flag("multipleBirthBoolean")) or bool(node.number("multipleBirthInteger"))


def _extensions(node: Node) -> dict[str, Node]:
    """Return the first extension of each address."""
    found: dict[str, Node] = {}
    for extension in node.objects("extension"):
        found.setdefault(extension.text("url"), extension)
    return found


def _categories(extension: Node | None) -> tuple[Category, ...]:
    """Return the OMB categories of a US Core race or ethnicity extension, then the detailed ones."""
    if extension is None:
        return ()
    parts = extension.objects("extension")
    codings = [
        part.object("valueCoding")
        for url in ("ombCategory", "detailed")
        for part in parts
        if part.text("url") == url
    ]
    return tuple(
        Category(coding.text("code"), coding.text("display"), coding.text("system"))
        for coding in codings
        if coding and coding.text("code")
    )


def _coded(extension: Node | None) -> str:
    """Return what a coded extension says, in the words it shows."""
    if extension is None:
        return ""
    inner = next((p for p in extension.objects("extension") if p.text("url") == "value"), extension)
    concept, coding = inner.object("valueCodeableConcept"), inner.object("valueCoding")
    if concept is not None:
        shown = next((c.text("display") for c in concept.objects("coding")), "")
        return concept.text("text") or shown or _first_code(concept)
    return (coding.text("display") or coding.text("code")) if coding else inner.text("valueCode")


def _birth_sex(extensions: dict[str, Node]) -> str:
    """Return M, F, OTH, UNK or ASKU from whichever of US Core's three sex extensions is there."""
    if old := extensions.get(CORE + "us-core-birthsex"):
        return old.text("valueCode").upper()
    for url in ("us-core-sex", "us-core-individual-sex"):
        if (extension := extensions.get(CORE + url)) is None:
            continue
        coding = extension.object("valueCoding")
        code = coding.text("code") if coding else extension.text("valueCode")
        return _SEX_CODES.get(code, code)
    return ""


def _interpreter(extensions: dict[str, Node]) -> bool | None:
    if plain := extensions.get("http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"):
        return plain.flag("valueBoolean")
    if coded := extensions.get(CORE + "us-core-interpreter-needed"):
        coding = coded.object("valueCoding")
        return {"373066001": True, "373067005": False}.get(coding.text("code")) if coding else None
    return None
