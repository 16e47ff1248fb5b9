"""What an ABN decides about the bill (Medicare Claims Processing Manual, chapter 30, section 50; form CMS-R-131)."""

from dataclasses import dataclass

EXPIRES = "01/31/2026"
"""What the form says until the practice notes the day of a later edition of it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What billing does: whether the service is done and billed to Medicare, with which modifiers, and whether the patient pays.

    GA: a notice is on file because Medicare is expected not to find it reasonable and necessary. GX with GY: a voluntary
    notice of what Medicare never covers.
    """

    serves: bool
    bills_medicare: bool
    modifiers: tuple[str, ...]
    patient_pays: bool
    words: str


def decision(choice: str, *, is_voluntary: bool, wants_it: bool | None = None) -> Decision | None:
    """Return what a choice decides; None while there is none."""
    marks = ("GX", "GY") if is_voluntary else ("GA",)
    said = " ".join(marks)
    match choice:
        case "1":
            return Decision(
                True, True, marks, patient_pays=True, words=f"Bill Medicare with {said}; the patient may be asked to pay now"
            )  # fmt: skip
        case "2":
            return Decision(
                True, False, (), patient_pays=True, words="Do not bill Medicare; the patient pays"
            )
        case "3":
            return Decision(False, False, (), patient_pays=False, words="Do not do it; nothing is billed")
        case "refused" if wants_it:
            words = (
                f"Would not sign, wants it: bill Medicare with {said}; keep the paper with the witness's name"
            )
            return Decision(True, True, marks, patient_pays=True, words=words)
        case "refused":
            return Decision(
                False, False, (), patient_pays=False, words="Would not sign: do not do it; nothing is billed"
            )
    return None


def is_good_estimate(estimated: int, actual: int) -> bool:
    """Say whether a cost was estimated in good faith: within 100 dollars or 25 percent of what it came to, whichever is more."""
    return abs(actual - estimated) <= max(100_00, actual // 4)
