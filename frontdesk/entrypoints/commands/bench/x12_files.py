"""Large X12 files for the bench: one set of many balanced claims, drawn by lot from a seed. Nobody in them exists."""

import random
from collections.abc import Iterator
from pathlib import Path

NPIS = ("1234567893", "1993999998", "1245319599", "1679576722")
ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260303*0900*^*00501*000000001*0*T*:~"


def remittance(path: Path, claims: int, seed: int) -> None:
    """Write an 835 of so many claims: sixteen segments and two lines each, all in balance."""
    lot = random.Random(seed)
    body, paid = [], 0
    for number in range(claims):
        rows, cents = _paid_claim(lot, number)
        body += rows
        paid += cents
    head = [
        "ST*835*0001",
        f"BPR*I*{_dollars(paid)}*C*ACH*CCP*01*021000021*DA*123456789*1512345678**01*011000015*DA*987654321*20260303",
        "TRN*1*EFT0001*1512345678",
        "DTM*405*20260303",
        "N1*PR*GREAT LAKES HEALTH",
        "N3*1 LAKE ST",
        "N4*CHICAGO*IL*60601",
        "PER*BL*PROVIDER SERVICES*TE*8005550100",
        "N1*PE*BACK BAY FAMILY MEDICINE*XX*1234567893",
        "LX*1",
    ]
    _write(path, "HP", "005010X221A1", [*head, *body])


def _paid_claim(lot: random.Random, number: int) -> tuple[list[str], int]:
    charges = [lot.randrange(5_000, 40_000) for _ in range(2)]
    cut = [charge // 4 for charge in charges]
    share = [lot.randrange(0, 3_000) for _ in range(2)]
    paid = [charge - off - own for charge, off, own in zip(charges, cut, share, strict=True)]
    day = f"2026{lot.randrange(1, 3):02d}{lot.randrange(1, 29):02d}"
    rows = [
        f"CLP*PCN{number:07d}*1*{_dollars(sum(charges))}*{_dollars(sum(paid))}*{_dollars(sum(share))}*12*ICN{lot.randrange(10**9):09d}*11*1",
        f"NM1*QC*1*NAME{lot.randrange(10**5)}*FIRST{lot.randrange(1000)}****MI*W{lot.randrange(10**9):09d}",
        f"NM1*82*1*DOCTOR*DANA****XX*{lot.choice(NPIS)}",
        f"REF*EA*MRN{lot.randrange(10**6):06d}",
        f"DTM*232*{day}",
        f"DTM*050*{day}",
    ]
    for line in range(2):
        rows += [
            f"SVC*HC:{lot.choice(('99213', '99214', '85025', '80053'))}*{_dollars(charges[line])}*{_dollars(paid[line])}**1",
            f"DTM*472*{day}",
            f"CAS*CO*45*{_dollars(cut[line])}",
            f"CAS*PR*3*{_dollars(share[line])}",
            f"REF*6R*{number:07d}{line}",
        ]
    return rows, sum(paid)


def claims(path: Path, count: int, seed: int) -> None:
    """Write an 837P of so many claims, a subscriber each: twenty segments and two lines each."""
    lot = random.Random(seed)
    head = [
        "ST*837*0001*005010X222A2",
        "BHT*0019*00*BATCH1*20260303*0900*CH",
        "NM1*41*2*BACK BAY FAMILY MEDICINE*****46*BBFM01",
        "PER*IC*BILLING*TE*6175550100",
        "NM1*40*2*GREAT LAKES HEALTH*****46*GLH01",
        "HL*1**20*1",
        "PRV*BI*PXC*207Q00000X",
        "NM1*85*2*BACK BAY FAMILY MEDICINE*****XX*1234567893",
        "N3*12 HARBOR ST",
        "N4*BOSTON*MA*021180000",
        "REF*EI*043123456",
    ]
    body = [row for number in range(count) for row in _claim(lot, number)]
    _write(path, "HC", "005010X222A2", [*head, *body])


def _claim(lot: random.Random, number: int) -> Iterator[str]:
    charges = [lot.randrange(5_000, 40_000) for _ in range(2)]
    yield from (
        f"HL*{number + 2}*1*22*0",
        "SBR*P*18*******CI",
        f"NM1*IL*1*NAME{lot.randrange(10**5)}*FIRST{lot.randrange(1000)}****MI*W{lot.randrange(10**9):09d}",
        f"N3*{lot.randrange(1, 9999)} MAIN ST",
        "N4*BOSTON*MA*02118",
        f"DMG*D8*19{lot.randrange(30, 99)}{lot.randrange(1, 13):02d}{lot.randrange(1, 29):02d}*{lot.choice('MF')}",
        "NM1*PR*2*GREAT LAKES HEALTH*****PI*GLH01",
        f"CLM*PCN{number:07d}*{_dollars(sum(charges))}***11:B:1*Y*A*Y*Y",
        f"REF*EA*MRN{lot.randrange(10**6):06d}",
        f"HI*ABK:{lot.choice(('J209', 'E119', 'I10', 'M545'))}*ABF:Z0000",
        f"NM1*82*1*DOCTOR*DANA****XX*{lot.choice(NPIS)}",
        "PRV*PE*PXC*207Q00000X",
    )
    day = f"2026{lot.randrange(1, 3):02d}{lot.randrange(1, 29):02d}"
    for line in range(2):
        yield from (
            f"LX*{line + 1}",
            f"SV1*HC:{lot.choice(('99213', '99214', '85025', '80053'))}*{_dollars(charges[line])}*UN*1***1:2",
            f"DTP*472*D8*{day}",
            f"REF*6R*{number:07d}{line}",
        )


def answer(number: int) -> bytes:
    """Return a 271 of one subscriber with forty benefits; each number gives another person and other amounts."""
    benefits = [
        f"EB*{info}*IND*{service}***{period}*{int(amount) + number}.{number % 100:02d}*****{network}"
        for service in ("30", "98", "UC", "86", "MH")
        for info, period, amount in (
            ("C", "23", "1500"),
            ("C", "29", "410"),
            ("B", "27", "35"),
            ("G", "23", "6000"),
        )
        for network in "YN"
    ]
    rows = [
        "ST*271*0001*005010X279A1",
        "BHT*0022*11*REQ-77*20260303*0901",
        "HL*1**20*1",
        "NM1*PR*2*GREAT LAKES HEALTH*****PI*GLH01",
        "HL*2*1*21*1",
        "NM1*1P*2*BACK BAY FAMILY MEDICINE*****XX*1234567893",
        "HL*3*2*22*0",
        f"TRN*2*TRACE-{number}*9877281234",
        f"NM1*IL*1*NAME{number}*FIRST****MI*W{number:07d}",
        "DMG*D8*19580912*M",
        "EB*1*FAM*30*HM*GOLD HMO",
        *benefits,
    ]
    return _file("HB", "005010X279A1", rows).encode()


def _write(path: Path, group: str, version: str, rows: list[str]) -> None:
    path.write_text(_file(group, version, rows))


def _file(group: str, version: str, rows: list[str]) -> str:
    head = [ISA[:-1], f"GS*{group}*SENDER*RECEIVER*20260303*0900*1*X*{version}"]
    whole = [*head, *rows, f"SE*{len(rows) + 1}*0001", "GE*1*1", "IEA*1*000000001"]
    return "".join(f"{row}~\n" for row in whole)


def _dollars(cents: int) -> str:
    return f"{cents / 100:.2f}".removesuffix(".00")
