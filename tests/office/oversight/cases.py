"""Who looks at whose chart, and why that asks to be explained: fifty-eight cases, with the people in them."""

from dataclasses import dataclass, field

STAFF = {
    "rosa": ("Rosa Diaz", "psr"),
    "sam": ("Sam Wu", "trainee"),
    "dev": ("Dev Rao", "biller"),
    "lena": ("Dr. Lena Park, MD", "provider"),
    "jose": ("José Núñez", "psr"),
    "kim": ("Kim Brandt-Olsen", "lead"),
}
# Their own charts, where they have one: last name, street, telephone.
OWN = {
    "rosa": {"legal_first": "Rosa", "legal_last": "Diaz", "line": "12 Pine St", "phone": "(617) 555-0201"},
    "dev": {"legal_first": "Dev", "legal_last": "Rao", "line": "9 Lake Avenue", "line2": "Apt 4", "phone": "(617) 555-0202"},
    "lena": {"legal_first": "Lena", "legal_last": "Park", "line": "77 Hill Road", "phone": "(617) 555-0203"},
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """`who` looks at a chart with `facts`; `behind` says what else is on record; `reason` is what must be said."""

    who: str
    reason: str
    facts: dict = field(default_factory=dict)
    behind: tuple = ()
    own: str = ""  # whose own chart is looked at


CASES = [
    # Their own record: by whatever name, with a visit behind it or not, worked on or not.
    Case("rosa", "own", own="rosa"),
    Case("rosa", "own", own="rosa", behind=("visit",)),
    Case("rosa", "own", own="rosa", behind=("worked",)),
    Case("dev", "own", own="dev"),
    Case("lena", "own", own="lena", behind=("visit",)),
    Case("jose", "own", {"legal_first": "Jose", "legal_last": "Nunez"}),
    Case("jose", "own", {"legal_first": "JOSÉ", "legal_last": "NÚÑEZ"}, ("visit",)),
    Case("sam", "own", {"legal_first": "Samuel", "preferred_name": "Sam", "legal_last": "Wu"}),
    Case("kim", "own", {"legal_first": "Kim", "legal_last": "Brandt-Olsen"}, ("worked",)),
    Case("sam", "own", {"legal_first": "Sam", "legal_last": "Lee", "before": "Wu"}),
    # Somebody of their household: a relation on record from either side, or the same telephone.
    Case("rosa", "household", {"legal_last": "Kowal", "related": "rosa"}),
    Case("rosa", "household", {"legal_last": "Kowal", "related": "rosa"}, ("visit",)),
    Case("rosa", "household", {"legal_last": "Kowal", "related": "rosa"}, ("worked",)),
    Case("dev", "household", {"legal_last": "Holt", "relates": "dev"}),
    Case("dev", "household", {"legal_last": "Holt", "phone": "617.555.0202"}, ("visit",)),
    Case("lena", "household", {"legal_last": "Shah", "phone": "(617) 555-0203"}),
    Case("lena", "household", {"legal_last": "Shah", "phone": "(617) 555-0203"}, ("worked",)),
    # Somebody at their address, however it is written.
    Case("rosa", "address", {"legal_last": "Moore", "line": "12 PINE ST"}),
    Case("rosa", "address", {"legal_last": "Moore", "line": "12 Pine St."}, ("visit",)),
    Case("rosa", "address", {"legal_last": "Moore", "line": "12  Pine St"}, ("worked",)),
    Case("dev", "address", {"legal_last": "Grant", "line": "9 Lake Avenue", "line2": "apt 4"}),
    Case("lena", "address", {"legal_last": "Cole", "line": "77 Hill Road"}, ("visit",)),
    # Somebody of their last name.
    Case("rosa", "surname", {"legal_first": "Luis", "legal_last": "Diaz", "line": "1 A Street"}),
    Case("rosa", "surname", {"legal_first": "Luis", "legal_last": "Díaz", "line": "1 A Street"}),
    Case("rosa", "surname", {"legal_first": "Luz", "legal_last": "Diaz-Romero", "line": "2 A Street"}),
    Case("rosa", "surname", {"legal_first": "Eva", "legal_last": "Diaz", "line": "3 A Street"}, ("visit",)),
    Case("sam", "surname", {"legal_first": "Wei", "legal_last": "Wu"}),
    Case("sam", "surname", {"legal_first": "Mei", "legal_last": "Wu"}, ("visit",)),
    Case("sam", "surname", {"legal_first": "Ann", "legal_last": "Bell", "before": "Wu"}),
    Case("jose", "surname", {"legal_first": "Maria", "legal_last": "Nunez"}, ("deed by another",)),
    Case("dev", "surname", {"legal_first": "Asha", "legal_last": "Rao", "line": "5 B Street"}, ("visit",)),
    # A colleague's record, when one had no work to do on it.
    Case("sam", "colleague", own="rosa"),
    Case("sam", "colleague", own="rosa", behind=("visit",)),
    Case("rosa", "colleague", own="dev"),
    Case("rosa", "colleague", own="lena", behind=("deed by another",)),
    Case("lena", "colleague", own="dev", behind=("visit",)),
    Case("dev", "colleague", {"legal_first": "Sam", "legal_last": "Wu", "line": "8 C Street"}),
    Case("dev", "colleague", {"legal_first": "Jose", "legal_last": "Nunez", "line": "9 C Street"}, ("visit",)),
    # A record that is specially protected, or of somebody who works here, when one had no work to do on it.
    Case("rosa", "vip", {"legal_last": "Castle", "labels": "vip"}),
    Case("sam", "vip", {"legal_last": "Crown", "labels": "hiv,vip"}, ("visit",)),
    Case("dev", "vip", {"legal_last": "Crest", "labels": "vip"}, ("deed by another",)),
    Case("kim", "vip", {"legal_last": "Court", "labels": "vip"}, ("glass",)),
    Case("lena", "vip", {"legal_last": "Carver", "labels": "vip"}, ("visit", "glass")),
    Case("rosa", "colleague", {"legal_last": "Estes", "labels": "employee"}),
    Case("jose", "colleague", {"legal_last": "Eaton", "labels": "employee"}, ("visit",)),
    Case("kim", "colleague", {"legal_last": "Ewing", "labels": "employee,minor"}, ("deed by another", "glass")),
    # Nothing behind it.
    Case("rosa", "nothing", {"legal_last": "Abbot"}),
    Case("sam", "nothing", {"legal_last": "Adler"}),
    Case("jose", "nothing", {"legal_last": "Ames"}, ("visit long ago",)),
    Case("kim", "nothing", {"legal_last": "Avery"}, ("visit far ahead",)),
    Case("rosa", "nothing", {"legal_last": "Bates"}, ("deed long before",)),
    Case("sam", "nothing", {"legal_last": "Berg"}, ("deed days after",)),
    Case("rosa", "nothing", {"legal_last": "Birch"}, ("visit long ago", "visit far ahead", "deed days after")),
    Case("dev", "nothing", {"legal_last": "Bloom"}, ("visit last summer",)),
    Case("lena", "nothing", {"legal_last": "Boyd"}, ("visit last summer",)),
    Case("kim", "nothing", {"legal_last": "Bragg"}, ("looks for days",)),
    # More than 300 charts in an hour.
    Case("kim", "many", behind=("301 charts",)),
    Case("jose", "many", behind=("301 charts",)),
]  # fmt: skip
