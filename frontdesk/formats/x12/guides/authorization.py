"""278: asking a utilization management organization for a referral or authorization, and the answer. Guide 005010X217.

Request and response have one version; this table is the two together, so a response's HCR and AAA are allowed in both.
"""

_DATES = "1!472,435,096,439,484,431,AAH,102,ABC,007,036 2!@dates 3!"
_AAA = "1!@yn 3! 4!@follow"
_PROVIDER = """
NM1 R 1 {who} name: 1!{entity} 2!1,2 3 4 5 7 8=24,34,46,XX,PI,XV 9
REF S 8 {who} secondary identification: 1!0B,1G,1J,EI,G5,N5,N7,SY,ZH,ZZ 2!
N3 S 1 {who} address: 1! 2
N4 S 1 {who} city, state, ZIP: 1! 2 3 4 7
PER S 1 {who} contact: 1!IC 2 3EM,FX,TE,UR 4 5EM,EX,FX,TE 6 7EM,EX,FX,TE 8
AAA S 9 {who} request validation: 1!@yn 3! 4!@follow
PRV S 1 {who} specialty: 1!AD,AS,AT,CO,CV,OP,OR,OT,PC,PE,RF,SB 2!PXC,ZZ 3!
DTP S 4 {who} date: 1! 2!@dates 3!
"""
_PERSON = """
NM1 R 1 {who} name: 1!{entity} 2!1 3 4 5 6 7 8=MI,II,ZZ 9
REF S 9 {who} secondary identification: 1!1L,1W,6P,EJ,F6,HJ,IG,N6,NQ,SY 2!
N3 S 1 {who} address: 1! 2
N4 S 1 {who} city, state, ZIP: 1! 2 3 4 7
AAA S 9 {who} request validation: 1!@yn 3! 4!@follow
DMG S 1 {who} demographics: 1D8 2 3@gender
INS S 1 {who} relationship: 1!@yn 2!@relationship 8AO,AU,DI,PV,RU 17
"""
_SERVICE = """
TRN S 3 {what} trace number: 1!1,2 2! 3 4
AAA S 9 {what} request validation: 1!@yn 3! 4!@follow
UM R 1 {what} review: 1!AR,HS,IN,SC 2!1,2,3,4,I,N,R,S 3 4 5 6=03,E,U 7 8 9 10
HCR S 1 {what} review answer: 1!A1,A2,A3,A4,A6,C,CT,NA 2 3 4@yn
REF S 1 administrative reference: 1!NT 2!
REF S 1 previous review authorization: 1!BB 2!
DTP S 9 {what} date: {dates}
HI S 1 diagnoses: 1(1!ABF,ABJ,ABK,APR,BF,BJ,BK,DR,LOI,PR 2! 3 4 9) 2(1! 2! 3 4 9) 3(1! 2! 3 4 9) 4(1! 2! 3 4 9) 5(1! 2! 3 4 9) 6(1! 2! 3 4 9) 7(1! 2! 3 4 9) 8(1! 2! 3 4 9) 9(1! 2! 3 4 9) 10(1! 2! 3 4 9) 11(1! 2! 3 4 9) 12(1! 2! 3 4 9)
SV1 S 1 professional service: 1(1!HC,IV,N4,WK,ZZ 2! 3 4 5 6 7 8)! 2 3F2,MJ,UN 4 7 11
SV2 S 1 institutional service: 1 2 3 4 5 6 9 10
SV3 S 1 dental service: 1! 2 4 5 6 7
TOO S * tooth: 1!JP 2 3
HSD S 1 {what} delivery: 1DY,FL,HS,MN,VS 2 3DA,MO,WK 4 5=6,7,21,26,27,29,34,35 6 7 8
CRC S 6 {what} condition: 1! 2!@yn 3! 4 5 6 7
CL1 S 1 institutional claim: 1 2 3 4
CR1 S 1 ambulance transport: 1 2 3 4 5 6 7 8 9 10
CR2 S 1 spinal manipulation: 1 2 3 4 5 6 7 8 9 10 11 12
CR5 S 1 home oxygen: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17
CR6 S 1 home health: 1 2 3 4 5 6 7 8
PWK S 10 {what} attachment: 1! 2!AA,BM,EL,EM,FT,FX,VO 5AC 6 7
MSG S 1 {what} message: 1!
"""


def _lines(table: str, depth: int, **words: str) -> str:
    return "\n".join(" " * 4 * depth + line for line in table.format(**words).strip().splitlines())


_EVENT = f"""
@2000E S * patient event level
    HL R 1 patient event level: 1! 2! 3!EV 4!0,1
{_lines(_SERVICE, 1, what="patient event", dates=_DATES)}
    @2010EA S 14 patient event provider
{_lines(_PROVIDER, 2, who="patient event provider", entity="71,72,73,77,AAJ,DD,DK,DN,FA,G3,P3,QB,QV,SJ,1P")}
    @2010EB S 5 patient event transport
        NM1 R 1 patient event transport: 1!FS,ND,PW,R3,45 2!2 3
        N3 S 1 patient event transport address: 1! 2
        N4 S 1 patient event transport city, state, ZIP: 1! 2 3 4 7
    @2000F S * service level
        HL R 1 service level: 1! 2! 3!SS 4!0
{_lines(_SERVICE, 2, what="service", dates=_DATES).replace("UM R 1", "UM S 1")}
        @2010F S 12 service provider
{_lines(_PROVIDER, 3, who="service provider", entity="72,73,77,DD,DK,DQ,FA,G3,P3,QB,SJ,1P,71,1T")}
"""


def _indented(table: str, depth: int) -> str:
    return "\n".join(" " * 4 * depth + line for line in table.strip("\n").splitlines())


TABLE = f"""
278 278 HI 005010X217 | authorization request or answer | ASC X12N 278 TR3 005010X217, in our words
ST R 1 set header: 1!278 2! 3!
BHT R 1 beginning: 1!0007 2!01,11,13,36 3! 4! 5! 6=18,19,AT,RU
@2000A R 1 utilization management organization level
    HL R 1 utilization management organization level: 1! 3!20 4!0,1
    AAA S 9 organization request validation: {_AAA}
    @2010A R 1 utilization management organization
        NM1 R 1 utilization management organization name: 1!X3 2!1,2 3 4 5 7 8!24,34,46,PI,XV,XX 9!
        PER S 1 organization contact: 1!IC 2 3EM,FX,TE,UR 4 5EM,EX,FX,TE 6 7EM,EX,FX,TE 8
        AAA S 9 organization request validation: {_AAA}
    @2000B S 1 requester level
        HL R 1 requester level: 1! 2! 3!21 4!0,1
        @2010B R 2 requester
{_lines(_PROVIDER, 3, who="requester", entity="1P,FA")}
        @2000C S 1 subscriber level
            HL R 1 subscriber level: 1! 2! 3!22 4!0,1
            @2010C R 1 subscriber
{_lines(_PERSON, 4, who="subscriber", entity="IL")}
{_indented(_EVENT, 3)}
            @2000D S 1 dependent level
                HL R 1 dependent level: 1! 2! 3!23 4!0,1
                @2010D R 1 dependent
{_lines(_PERSON, 5, who="dependent", entity="QC")}
                = 2000E S
SE R 1 set trailer: 1! 2!
"""
