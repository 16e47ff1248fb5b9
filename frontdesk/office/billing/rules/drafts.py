"""An estimate as it was typed, before it is one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """One service: `cents` is what all its units come to, None where the fee schedule is to say."""

    code: str = ""
    modifier: str = ""
    units: int = 1
    words: str = ""
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """A part somebody else does and bills; `answered` False while they have not said what they charge."""

    name: str
    npi: str = ""
    tin: str = ""
    place: str = ""
    service: Service = Service()
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """What an estimate is to say. `provider_id` is who of ours does it; `apart` what will be scheduled apart from it."""

    primary: str
    services: tuple[Service, ...]
    provider_id: int | None = None
    diagnoses: tuple[str, ...] = ()
    others: tuple[Other, ...] = ()
    apart: tuple[str, ...] = ()
    language: str = "en"
    reason: str = ""
