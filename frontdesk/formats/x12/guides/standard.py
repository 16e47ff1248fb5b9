"""The segments of ASC X12 version 005010 that the guides here use: each element's name, type and length.

Source: ASC X12 005010 segment and data element dictionaries, in our words. `A1/60 last name` is a string of 1 to 60
characters, I a code, N a whole number, R a decimal, D a date (CCYYMMDD), T a time; `C:x` is the composite x below.
"""

from dataclasses import dataclass
from functools import cache

COMPOSITES = """
procedure: I2/2 qualifier, A1/48 code, A2/2 modifier 1, A2/2 modifier 2, A2/2 modifier 3, A2/2 modifier 4, A1/80 description, A1/48 last of range
pointers: N1/2 first diagnosis pointer, N1/2 second diagnosis pointer, N1/2 third diagnosis pointer, N1/2 fourth diagnosis pointer
health: I1/3 kind of code, A1/30 code, I2/3 date format, A1/35 date, R1/18 amount, R1/15 quantity, A1/30 version, A1/30 last of range, I1/1 present on admission
place: A1/2 place of service or facility type, I1/2 facility qualifier, I1/1 claim frequency
causes: I2/3 related cause 1, I2/3 related cause 2, I2/3 related cause 3, I2/2 accident state, I2/3 accident country
reference: I2/3 qualifier, A1/50 identifier, I2/3 second qualifier, A1/50 second identifier, I2/3 third qualifier, A1/50 third identifier
status: I1/30 category, I1/30 status, I2/3 entity, I1/3 code list
adjustment: I2/2 reason, A1/50 identifier
unit: I2/2 unit, R1/15 exponent, R1/10 multiplier
race: I1/1 race, I1/3 code list, A1/30 industry code
position: N1/6 element position, N1/2 component position, N1/4 repetition
context: A1/35 context name, A1/35 context reference
datareference: N1/4 element reference, N1/4 component reference
specialty: I1/3 provider specialty, I2/2 agency, I1/1 yes or no
level: A1/2 oral cavity 1, A1/2 oral cavity 2, A1/2 oral cavity 3, A1/2 oral cavity 4, A1/2 oral cavity 5
tooth: I1/2 surface 1, I1/2 surface 2, I1/2 surface 3, I1/2 surface 4, I1/2 surface 5
"""

SEGMENTS = """
ISA: I2/2 authorization qualifier, A10/10 authorization, I2/2 security qualifier, A10/10 security, I2/2 sender qualifier, A15/15 sender, I2/2 receiver qualifier, A15/15 receiver, D6/6 date, T4/4 time, A1/1 repetition separator, I5/5 version, N9/9 control number, I1/1 acknowledgement requested, I1/1 usage, A1/1 component separator
IEA: N1/5 number of groups, N9/9 control number
GS: I2/2 functional identifier, A2/15 sender, A2/15 receiver, D8/8 date, T4/8 time, N1/9 control number, I1/2 agency, A1/12 version
GE: N1/6 number of sets, N1/9 control number
TA1: N9/9 control number, D6/6 date, T4/4 time, I1/1 acknowledgement, I3/3 note
ST: I3/3 transaction, A4/9 control number, A1/35 guide
SE: N1/10 number of segments, A4/9 control number
BHT: I4/4 structure, I2/2 purpose, A1/50 reference, D8/8 date, T4/8 time, I2/2 type
HL: A1/12 number, A1/12 parent, I1/2 level, I1/1 has children
NM1: I2/3 entity, I1/1 person or organization, A1/60 last or organization name, A1/35 first name, A1/25 middle name, A1/10 prefix, A1/10 suffix, I1/2 identifier qualifier, A2/80 identifier, I2/2 relationship, I2/3 entity, A1/60 other name
N1: I2/3 entity, A1/60 name, I1/2 identifier qualifier, A2/80 identifier, I2/2 relationship, I2/3 entity
N2: A1/60 name, A1/60 more of the name
N3: A1/55 address line, A1/55 second address line
N4: A2/30 city, I2/2 state, A3/15 postal code, I2/3 country, I1/2 location qualifier, A1/30 location, I1/3 country subdivision
PER: I2/2 contact function, A1/60 contact name, I2/2 number qualifier, A1/256 number, I2/2 second number qualifier, A1/256 second number, I2/2 third number qualifier, A1/256 third number, A1/20 inquiry reference
REF: I2/3 reference qualifier, A1/50 reference, A1/80 description, C:reference further reference
DTP: I3/3 kind of date, I2/3 date format, A1/35 date
DTM: I3/3 kind of date, D8/8 date, T4/8 time, I2/2 time code, I2/3 date format, A1/35 period
DMG: I2/3 date format, A1/35 birth date, I1/1 gender, I1/1 marital status, C:race race, I1/2 citizenship, I2/3 country, I1/2 verification, R1/15 quantity, I1/3 code list, A1/30 industry code
INS: I1/1 is the subscriber, I2/2 relationship, I3/3 maintenance type, I2/3 maintenance reason, I1/1 benefit status, C:status medicare status, I1/2 qualifying event, I2/2 employment status, I1/1 student status, I1/1 handicap, I2/3 date format, A1/35 date, I1/1 confidentiality, A2/30 city, I2/2 state, I2/3 country, N1/9 birth sequence
TRN: I1/2 trace type, A1/50 trace number, A10/10 originating company, A1/50 division
PRV: I1/3 provider code, I2/3 qualifier, A1/50 provider identifier, I2/2 state, C:specialty specialty, I3/3 organization code
EQ: I1/2 service type, C:procedure procedure, I3/3 coverage level, I1/3 insurance type, C:pointers diagnosis pointers
EB: I1/3 benefit information, I3/3 coverage level, I1/2 service type, I1/3 insurance type, A1/50 plan description, I1/2 time period, R1/18 amount, R1/10 percentage, I2/2 quantity qualifier, R1/15 quantity, I1/1 authorization required, I1/1 in network, C:procedure procedure, C:pointers diagnosis pointers
HSD: I2/2 quantity qualifier, R1/15 quantity, I2/2 unit, R1/6 sampling, I1/2 time period, N1/3 number of periods, I1/2 delivery pattern, I1/1 delivery time
AAA: I1/1 valid request, I2/2 agency, I2/2 reject reason, I1/1 follow-up action
MSG: A1/264 message, I2/2 carriage control, N1/9 number
III: I1/3 code list, A1/30 industry code, I1/2 code category, A1/264 message, R1/15 quantity, C:unit unit, I2/2 surface 1, I2/2 surface 2, I2/2 surface 3
LS: A1/4 loop
LE: A1/4 loop
MPI: I1/1 information status, I2/2 employment status, I1/1 service branch, A1/80 description, I2/2 rank, I2/3 date format, A1/35 period
AMT: I1/3 amount qualifier, R1/18 amount, I1/1 credit or debit
QTY: I2/2 quantity qualifier, R1/15 quantity, C:unit unit, A1/30 message
HI: C:health code 1, C:health code 2, C:health code 3, C:health code 4, C:health code 5, C:health code 6, C:health code 7, C:health code 8, C:health code 9, C:health code 10, C:health code 11, C:health code 12
BPR: I1/2 handling, R1/18 payment amount, I1/1 credit or debit, I3/3 payment method, I1/10 payment format, I2/2 bank qualifier, A3/12 bank, I1/3 account qualifier, A1/35 account, A10/10 originating company, A9/9 supplemental code, I2/2 receiving bank qualifier, A3/12 receiving bank, I1/3 receiving account qualifier, A1/35 receiving account, D8/8 effective date
CUR: I2/3 entity, I3/3 currency, R4/10 exchange rate
RDM: I1/2 report transmission, A1/60 name, A1/256 number
LX: N1/6 assigned number
TS3: A1/50 provider, A1/2 facility type, D8/8 fiscal period, R1/15 claims, R1/18 charges, R1/18 amount, R1/18 amount, R1/18 amount, R1/18 amount, R1/18 amount, R1/18 amount, R1/18 amount, R1/18 MSP payer amount, R1/18 amount, R1/18 non-lab charges, R1/18 amount, R1/18 HCPCS reportable, R1/18 HCPCS payable, R1/18 amount, R1/18 professional component, R1/18 MSP patient liability, R1/18 patient reimbursement, R1/15 PIP claims, R1/18 PIP adjustment
TS2: R1/18 DRG amount, R1/18 federal amount, R1/18 hospital amount, R1/18 disproportionate share, R1/18 capital, R1/18 indirect education, R1/15 outlier days, R1/18 day outlier, R1/18 cost outlier, R1/15 average DRG length, R1/15 discharges, R1/15 cost report days, R1/15 covered days, R1/15 noncovered days, R1/18 MSP pass-through, R1/15 average DRG weight, R1/18 PPS capital federal, R1/18 PPS capital hospital, R1/18 PPS DSH
CLP: A1/38 patient control number, I1/2 claim status, R1/18 charge, R1/18 payment, R1/18 patient responsibility, I1/2 claim filing indicator, A1/50 payer claim number, A1/2 facility type, I1/1 claim frequency, I1/2 patient status, I1/4 DRG, R1/15 DRG weight, R1/10 discharge fraction, I1/1 exception
CAS: I1/2 adjustment group, I1/5 reason, R1/18 amount, R1/15 quantity, I1/5 reason 2, R1/18 amount 2, R1/15 quantity 2, I1/5 reason 3, R1/18 amount 3, R1/15 quantity 3, I1/5 reason 4, R1/18 amount 4, R1/15 quantity 4, I1/5 reason 5, R1/18 amount 5, R1/15 quantity 5, I1/5 reason 6, R1/18 amount 6, R1/15 quantity 6
MIA: R1/15 covered days, R1/18 operating outlier, R1/15 lifetime psychiatric days, R1/18 DRG amount, A1/50 remark, R1/18 disproportionate share, R1/18 MSP pass-through, R1/18 PPS capital, R1/18 PPS capital federal, R1/18 PPS capital hospital, R1/18 PPS capital DSH, R1/18 old capital, R1/18 PPS capital IME, R1/18 operating hospital, R1/15 cost report days, R1/18 operating federal, R1/18 PPS capital outlier, R1/18 indirect teaching, R1/18 professional component, A1/50 remark 2, A1/50 remark 3, A1/50 remark 4, A1/50 remark 5, R1/18 capital exception
MOA: R1/10 reimbursement rate, R1/18 HCPCS payable, A1/50 remark, A1/50 remark 2, A1/50 remark 3, A1/50 remark 4, A1/50 remark 5, R1/18 ESRD payment, R1/18 professional component
SVC: C:procedure procedure, R1/18 charge, R1/18 payment, A1/48 revenue code, R1/15 paid units, C:procedure submitted procedure, R1/15 submitted units
LQ: I1/3 code list, A1/30 remark
PLB: A1/50 provider, D8/8 fiscal period, C:adjustment adjustment, R1/18 amount, C:adjustment adjustment 2, R1/18 amount 2, C:adjustment adjustment 3, R1/18 amount 3, C:adjustment adjustment 4, R1/18 amount 4, C:adjustment adjustment 5, R1/18 amount 5, C:adjustment adjustment 6, R1/18 amount 6
SBR: I1/1 payer responsibility, I2/2 relationship, A1/50 group number, A1/60 group name, I1/3 insurance type, I1/1 coordination, I1/1 yes or no, I2/2 employment, I1/2 claim filing indicator
PAT: I2/2 relationship, I1/1 location, I2/2 employment, I1/1 student, I2/3 date format, A1/35 death date, I2/2 unit, R1/10 weight, I1/1 pregnant
CLM: A1/38 patient control number, R1/18 charge, I1/2 claim filing indicator, I1/2 non-institutional type, C:place place of service, I1/1 signature on file, I1/1 assignment, I1/1 benefits assigned, I1/1 release of information, I1/1 patient signature source, C:causes related causes, I2/3 special program, I1/1 yes or no, I1/3 level of service, I1/1 yes or no, I1/2 participation agreement, I1/2 claim status, I1/1 yes or no, I2/2 submission reason, I1/2 delay reason
PWK: I2/2 report type, I1/2 transmission, N1/2 copies, I2/3 entity, I1/2 identifier qualifier, A2/80 identifier, A1/80 description
CN1: I2/2 contract type, R1/18 amount, R1/6 percentage, A1/50 contract code, R1/6 terms discount, A1/30 version
K3: A1/80 fixed format
NTE: I3/3 note kind, A1/80 note
CR1: I2/2 unit, R1/10 weight, I1/1 transport, I1/1 transport reason, I2/2 distance unit, R1/15 distance, A1/55 address, A1/55 address, A1/80 round trip purpose, A1/80 stretcher purpose
CR2: N1/9 treatment number, R1/15 quantity, I2/3 subluxation, I2/3 subluxation, I2/2 period unit, R1/15 period, R1/15 quantity, I1/1 condition, I1/1 complication, A1/80 description, A1/80 description, I1/1 x-rays
CR3: I1/1 certification, I2/2 unit, R1/15 months, I1/1 insulin dependent, A1/80 description
CR5: I1/1 certification, R1/15 period, I1/1 equipment, I1/1 equipment, A1/80 reason, R1/15 flow, R1/15 use, R1/15 period, A1/80 order, R1/15 blood gas, R1/15 saturation, I1/1 condition, I1/1 finding, I1/1 finding, I1/1 finding, R1/15 portable flow, I1/1 delivery
CR6: I1/1 prognosis, D8/8 start, I2/3 date format, A1/35 period, D8/8 date, I1/1 nursing facility, I1/1 medicare, I1/1 certification
CRC: I2/2 category, I1/1 applies, I2/3 condition, I2/3 condition 2, I2/3 condition 3, I2/3 condition 4, I2/3 condition 5
HCP: I2/2 pricing method, R1/18 allowed amount, R1/18 savings, A1/50 repricing organization, R1/9 rate, A1/50 group, R1/18 group amount, A1/48 revenue code, I2/2 procedure qualifier, A1/48 procedure, I2/2 unit, R1/15 quantity, I2/2 reject reason, I1/2 compliance, I1/2 exception
OI: I1/2 claim filing, I2/2 submission reason, I1/1 benefits assigned, I1/1 patient signature source, I1/1 agreement, I1/1 release of information
SV1: C:procedure procedure, R1/18 charge, I2/2 unit, R1/15 units, A1/2 place of service, I1/2 service type, C:pointers diagnosis pointers, R1/18 amount, I1/1 emergency, I1/1 multiple procedure, I1/1 EPSDT, I1/1 family planning, I1/2 review, A1/2 review value, I1/1 copay status
SV2: A1/48 revenue code, C:procedure procedure, R1/18 charge, I2/2 unit, R1/15 units, R1/10 rate, R1/18 noncovered charge, I1/1 yes or no, I1/1 residence, I1/1 level of care
SV3: C:procedure procedure, R1/18 charge, A1/2 facility, C:level oral cavity, I1/1 prosthesis, R1/15 quantity, A1/80 description, I1/1 copay, I1/1 agreement, I1/1 yes or no, C:pointers diagnosis pointers
SV5: C:procedure procedure, I2/2 unit, R1/15 medical necessity days, R1/18 rental price, R1/18 purchase price, I1/1 rental period
TOO: I1/3 code list, A1/30 tooth, C:tooth surfaces
PS1: A1/50 purchased service provider, R1/18 charge
LIN: A1/20 assigned identification, I2/2 qualifier, A1/48 drug code
CTP: I2/2 class, I3/3 price, R1/17 price, R1/15 quantity, C:unit unit
SVD: A2/80 payer, R1/18 paid, C:procedure procedure, A1/48 revenue code, R1/15 paid units, N1/6 bundled line
MEA: I2/2 measurement reference, I1/3 measurement qualifier, R1/20 value
FRM: A1/20 question, I1/1 yes or no, A1/50 answer, D8/8 date, R1/6 percentage
CL1: I1/1 admission type, I1/1 admission source, I1/2 patient status, I1/1 nursing home status
UM: I1/2 request category, I1/1 certification type, I1/2 service type, C:place place of service, C:causes related causes, I1/3 level of service, I1/1 health condition, I1/1 prognosis, I1/1 release of information, I1/2 delay reason
HCR: I1/2 action, A1/50 authorization number, A1/30 reason, I1/1 second opinion
STC: C:status status, D8/8 effective date, I1/2 action, R1/18 charge, R1/18 paid, D8/8 adjudicated, I3/3 payment method, D8/8 payment date, A1/16 check number, C:status second status, C:status third status, A1/264 message
AK1: I2/2 functional identifier, N1/9 group control number, A1/12 version
AK2: I3/3 transaction, A4/9 set control number, A1/35 guide
IK3: I2/3 segment, N1/10 position, A1/6 loop, I1/3 error
CTX: C:context context, I2/3 segment, N1/10 position, A1/6 loop, C:position element, C:datareference data element
IK4: C:position element, N1/4 data element, I1/3 error, A1/99 bad value
IK5: I1/1 acknowledgement, I1/3 error, I1/3 error 2, I1/3 error 3, I1/3 error 4, I1/3 error 5
AK9: I1/1 acknowledgement, N1/6 sets included, N1/6 sets received, N1/6 sets accepted, I1/3 error, I1/3 error 2, I1/3 error 3, I1/3 error 4, I1/3 error 5
"""


@dataclass(frozen=True, slots=True)
class Base:
    """One element as the standard has it. `kind` is A, I, N, R, D, T or C."""

    kind: str
    shortest: int
    longest: int
    name: str
    parts: tuple["Base", ...] = ()


@cache
def segments() -> dict[str, tuple[Base, ...]]:
    """Return the elements of each segment by its id."""
    composites = {name: _elements(words, {}) for name, words in _lines(COMPOSITES)}
    return {name: _elements(words, composites) for name, words in _lines(SEGMENTS)}


def _lines(text: str) -> list[tuple[str, str]]:
    return [(name, words) for name, _, words in (line.partition(": ") for line in text.strip().splitlines())]


def _elements(words: str, composites: dict[str, tuple[Base, ...]]) -> tuple[Base, ...]:
    return tuple(_element(word, composites) for word in words.split(", "))


def _element(words: str, composites: dict[str, tuple[Base, ...]]) -> Base:
    shape, _, name = words.partition(" ")
    if shape.startswith("C:"):
        return Base("C", 0, 0, name, composites[shape[2:]])
    shortest, longest = shape[1:].split("/")
    return Base(shape[0], int(shortest), int(longest), name)
