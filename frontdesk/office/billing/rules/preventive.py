"""Which services are preventive: in network a plan asks nothing for them (45 CFR 147.130; of Medicare 42 CFR 410.152(l))."""

import re

_PREVENTIVE = re.compile(r"993(8[1-7]|9[1-7])|9940[1-4]|9046[01]|904(7[1-4])|G04(02|38|39)|G000[89]|G0010")
_VACCINE = re.compile(r"90(6[2-9]|7[0-4])\d|9075[0-6]")


def is_preventive(code: str, modifier: str = "") -> bool:
    """Say whether a service is preventive: a check-up, an annual wellness visit, a vaccine; any with modifier 33."""
    return modifier == "33" or bool(_PREVENTIVE.fullmatch(code) or _VACCINE.fullmatch(code))
