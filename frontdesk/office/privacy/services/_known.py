"""What the record holds to compare an answer with, and who says they are speaking. Called inside a verb."""

from datetime import date

from django.db.models import Q

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.office.patients.errors import NoSuchPatient
from frontdesk.office.patients.models import Address, Contact, Patient, PatientName, RelatedPerson
from frontdesk.office.patients.queries import refuse_hidden
from frontdesk.office.privacy.models import LegalPaper, PassPhrase
from frontdesk.office.privacy.rules.identity import SPEAKERS, Known, Speaker, same_person

ROLES = ("guardian", "guarantor", "emergency", "authorized")
NOBODY = "Who is speaking? Choose one."


def patient_of(by: Actor, patient_id: int, *, to_change: bool = False) -> Patient:
    """Return a patient, or whom they were merged into; raise `NoSuchPatient`, `Restricted`. With `to_change` others wait."""
    rows = Patient.objects.select_for_update() if to_change else Patient.objects.all()
    here: int | None = patient_id
    seen: set[int] = set()
    while here is not None and here not in seen:
        seen.add(here)
        found = rows.defer("photo").filter(pk=here).first()
        if found is not None and found.merged_into_id is None:
            refuse_hidden(by, found.pk, found.labels)
            return found
        here = found.merged_into_id if found else None
    msg = "There is no such patient."
    raise NoSuchPatient(msg)


def known_of(patient: Patient, day: date) -> Known:
    """Return what identifies a patient, other names and all standing addresses and numbers among it; four queries."""
    mine = {"patient": patient}
    live = Q(ends=None) | Q(ends__gte=day)
    names = list(PatientName.objects.filter(**mine).values_list("first", "last"))
    firsts = {patient.legal_first, patient.preferred_name, *(first for first, _ in names)}
    lasts = {patient.legal_last, *(last for _, last in names)}
    phones = Contact.objects.filter(live, **mine, system=Contact.System.PHONE)
    lines = Address.objects.filter(live, **mine).exclude(line="")
    return Known(
        firsts=tuple(sorted(firsts - {""})),
        lasts=tuple(sorted(lasts - {""})),
        birth_date=patient.birth_date,
        mrn=patient.mrn,
        phones=tuple(phones.values_list("value", flat=True)),
        addresses=tuple(lines.values_list("line", flat=True)),
        is_deceased=patient.is_deceased,
        has_phrase=PassPhrase.objects.filter(**mine, ended_at=None).exists(),
    )


def papers_of(patient_id: int, day: date) -> list[LegalPaper]:
    """Return the papers that hold on `day`."""
    begun = Q(begins=None) | Q(begins__lte=day)
    lasting = Q(ends=None) | Q(ends__gte=day)
    rows = LegalPaper.objects.filter(begun, lasting, patient_id=patient_id, ended_at=None)
    return list(rows.order_by("id"))


def speaker_of(
    patient: Patient,
    kind: str,
    *,
    related_id: int | None,
    paper_id: int | None,
    name: str,
    day: date,
) -> tuple[Speaker, str, RelatedPerson | None, LegalPaper | None]:
    """Return who speaks as the rules see them, their name, and the row they stand in; raise `Invalid`."""
    if kind not in SPEAKERS:
        raise Invalid(NOBODY, fields={"speaker": NOBODY})
    papers = papers_of(patient.pk, day)
    related = _related(patient.pk, kind, related_id)
    paper = _paper(papers, kind, paper_id)
    first, last = _name_of(related, paper, name)
    barred = any(
        one.effect == LegalPaper.Effect.MAY_NOT and same_person((first, last), (one.first, one.last))
        for one in papers
    )
    acting = paper is not None or any(
        one.effect == LegalPaper.Effect.MAY_ACT and same_person((first, last), (one.first, one.last))
        for one in papers
    )
    spoken = Speaker(
        kind,
        scope=related.scope if related else "",
        expires=related.expires if related else None,
        barred=barred and kind != "patient",
        papers=acting,
    )
    return spoken, " ".join(part for part in (first, last) if part), related, paper


def _related(patient_id: int, kind: str, related_id: int | None) -> RelatedPerson | None:
    if kind not in ROLES:
        return None
    rows = RelatedPerson.objects.select_related("person").filter(
        patient_id=patient_id, role=kind, ended_at=None
    )
    found = rows.filter(pk=related_id).first() if related_id else None
    if found is None:
        raise Invalid(NOBODY, fields={"speaker": "That person does not stand on the record."})
    return found


def _paper(papers: list[LegalPaper], kind: str, paper_id: int | None) -> LegalPaper | None:
    if kind != "representative":
        return None
    acting = (one for one in papers if one.pk == paper_id and one.effect == LegalPaper.Effect.MAY_ACT)
    return next(acting, None)


def _name_of(related: RelatedPerson | None, paper: LegalPaper | None, name: str) -> tuple[str, str]:
    if related is not None:
        person = related.person
        first = related.first or (person.legal_first if person else "")
        return first, related.last or (person.legal_last if person else "")
    if paper is not None:
        return paper.first, paper.last
    first, _, last = name.strip()[:160].rpartition(" ")
    return first, last
