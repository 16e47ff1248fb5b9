"""Our own files: one valid set of each transaction, written by us. Names, numbers and amounts are made up."""

# NPIs whose check digit is right: 1234567893, 1993999998, 1245319599, 1679576722.
SETS = {
    "270": """
ST*270*0001*005010X279A1
BHT*0022*13*REQ-77*20260303*0900
HL*1**20*1
NM1*PR*2*GREAT LAKES HEALTH*****PI*GLH01
HL*2*1*21*1
NM1*1P*2*BACK BAY FAMILY MEDICINE*****XX*1234567893
HL*3*2*22*1
TRN*1*TRACE-1*9877281234
NM1*IL*1*ITO*KENJI****MI*W1234567
DMG*D8*19580912*M
DTP*291*D8*20260303
EQ*30
HL*4*3*23*0
TRN*1*TRACE-2*9877281234
NM1*03*1*ITO*ANA
N3*12 HARBOR ST
N4*BOSTON*MA*02118
DMG*D8*19900201*F
INS*N*19
DTP*291*RD8*20260301-20260331
EQ*98^30*HC:99213
EQ**HC:99214:25*IND
SE*23*0001""",
    "271": """
ST*271*0001*005010X279A1
BHT*0022*11*REQ-77*20260303*0901
HL*1**20*1
NM1*PR*2*GREAT LAKES HEALTH*****PI*GLH01
PER*IC*PROVIDER SERVICES*TE*8005550100
HL*2*1*21*1
NM1*1P*2*BACK BAY FAMILY MEDICINE*****XX*1234567893
HL*3*2*22*1
TRN*2*TRACE-1*9877281234
NM1*IL*1*ITO*KENJI*T***MI*W1234567
REF*6P*88001*BAY SHIPYARD
N3*12 HARBOR ST
N4*BOSTON*MA*02118
DMG*D8*19580912*M
DTP*346*D8*20260101
EB*1*FAM*30^98*HM*GOLD HMO
EB*C*IND*30***23*1500.00*****Y
EB*C*IND*30***29*410*****Y
EB*B**98***27*35*****Y
MSG*PRIMARY CARE OFFICE VISIT
EB*A**98***27**.2****N
EB*F**MH***22***VS*20**Y
HSD*VS*20***22*1
REF*9F*A-100
DTP*348*D8*20260101
EB*R**30
LS*2120
NM1*PR*2*MEDICARE*****PI*MCR01
N3*PO BOX 100
N4*BALTIMORE*MD*212070000
PER*IC*CLAIMS*TE*8005550199*EX*12
LE*2120
HL*4*3*23*0
TRN*2*TRACE-2*9877281234
NM1*03*1*ITO*ANA
AAA*N**58*C
SE*37*0001""",
    "999": """
ST*999*0001*005010X231A1
AK1*HS*77*005010X279A1
AK2*270*0001*005010X279A1
IK5*A
AK2*270*0002*005010X279A1
IK3*NM1*8*2100*8
CTX*NM109:W123
IK4*9*67*1
IK5*R*5
AK9*P*2*2*1
SE*11*0001""",
}
GROUPS = {"270": ("HS", "005010X279A1"), "271": ("HB", "005010X279A1"), "999": ("FA", "005010X231A1")}
ISA = (
    "ISA*00*          *00*          *ZZ*BACKBAYFM      *ZZ*GLH01          *260303*0900*^*00501*{0:09d}*0*T*:"
)


def rows(kind):
    """The segments of one set, each a list of elements."""
    return [line.split("*") for line in SETS[kind].strip().splitlines()]


def file(*sets, kind="271", control=1, end="~\n"):
    """A file with these sets (lists of rows) in one group: the envelope's counts are right."""
    group, version = GROUPS[kind]
    lines = [ISA.format(control), f"GS*{group}*BACKBAYFM*GLH01*20260303*0900*7*X*{version}"]
    lines += ["*".join(row) for one in sets for row in one]
    lines += [f"GE*{len(sets)}*7", f"IEA*1*{control:09d}"]
    return "".join(line + end for line in lines).encode()


def valid(kind):
    return file(rows(kind), kind=kind)


def counted(found):
    """The set with its SE01 put right, after segments were added or taken away."""
    return [*found[:-1], ["SE", str(len(found)), found[-1][2]]]


def changed(kind, segment, *, nth=0, put=None, **elements):
    """A file with one segment changed: `e03="X"` puts X into its third element; `put` gives other rows for it."""
    found = rows(kind)
    at = [n for n, row in enumerate(found) if row[0] == segment][nth]
    if put is not None:
        found[at : at + 1] = [line.split("*") for line in put]
        found = counted(found)
    for name, value in elements.items():
        position = int(name[1:])
        row = found[at]
        row += [""] * (position + 1 - len(row))
        row[position] = value
        while row and not row[-1] and not value.endswith("\0"):
            row.pop()
    return file(found, kind=kind)
