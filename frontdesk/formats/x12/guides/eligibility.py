"""270 and 271: asking a payer whether somebody is insured, and the answer. Guide 005010X279A1."""

_PERSON_270 = """
NM1 R 1 {who} name: 1!{entity} 2!{kinds} 3 4 5 7 8II,MI 9
REF S 9 {who} additional identification: 1!18,1L,1W,3H,6P,CT,EA,EJ,F6,GH,HJ,IG,N6,NQ,SY,Y4 2!
N3 S 1 {who} address: 1! 2
N4 S 1 {who} city, state, ZIP: 1! 2 3 4 7
PRV S 1 provider information: 1!@provider 2=9K,D3,EI,HPI,PXC,SY,TJ 3
DMG S 1 {who} demographics: 1D8 2 3F,M
INS S 1 {who} relationship: 1!{insured} 2!{relation} 9F,N,P 10@yn 17
HI S 1 {who} diagnoses: 1(1!ABK,BK 2!)! 2(1!ABF,BF 2!) 3(1!ABF,BF 2!) 4(1!ABF,BF 2!) 5(1!ABF,BF 2!) 6(1!ABF,BF 2!) 7(1!ABF,BF 2!) 8(1!ABF,BF 2!)
DTP S 2 {who} date: 1!102,291 2!@dates 3!
@2110{letter} {need} 99 eligibility inquiry
    EQ R 1 eligibility inquiry: 1x99@service 2(1!AD,CJ,HC,ID,IV,N4,ZZ 2! 3 4 5 6) 3@coverage 4@insurance 5
    AMT S 1 spend-down amount: 1!R 2!
    AMT S 1 spend-down total billed: 1!PB 2!
    III S 1 place of service: 1!ZZ 2!
    REF S 1 prior authorization or referral: 1!9F,G1 2!
    DTP S 1 eligibility date: 1!291 2!@dates 3!
"""
_PERSON_271 = """
NM1 R 1 {who} name: 1!{entity} 2!{kinds} 3 4 5 7 8II,MI 9
REF S 9 {who} additional identification: 1!18,1L,1W,3H,49,6P,CE,CT,EA,EJ,F6,GH,HJ,IF,IG,ML,N6,NQ,Q4,SY,Y4 2! 3
N3 S 1 {who} address: 1! 2
N4 S 1 {who} city, state, ZIP: 1! 2 3 4 7
AAA S 9 {who} request validation: 1!@yn 3!15,33,35,42,43,45,47,48,49,51,52,53,54,55,56,57,58,60,61,62,63,64,65,66,67,68,69,70,71,72,73,74,75,76,77,78,98,AA,AE,AF,AG,AO,CI,E8,IA,MA 4!@follow
PRV S 1 provider information: 1!@provider 2=9K,D3,EI,HPI,PXC,SY,TJ 3
DMG S 1 {who} demographics: 1D8 2 3F,M,U
INS S 1 {who} relationship: 1!{insured} 2!{relation} 3=001 4=25 9F,N,P 10@yn 17
HI S 1 {who} diagnoses: 1(1!ABK,BK 2!)! 2(1!ABF,BF 2!) 3(1!ABF,BF 2!) 4(1!ABF,BF 2!) 5(1!ABF,BF 2!) 6(1!ABF,BF 2!) 7(1!ABF,BF 2!) 8(1!ABF,BF 2!)
DTP S 9 {who} date: 1!@eligdates 2!@dates 3!
MPI S 9 military personnel: 1!A,C,L,O,P,S,T 2!AE,AO,AS,AT,AU,CC,DD,HD,IR,LX,PE,RE,RM,RR,RU 3!A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,Q,R,S,U,W 4 5 6D8,RD8 7
@2110{letter} S * benefit information
    EB R 1 benefit information: 1!@benefit 2@coverage 3x99@service 4@insurance 5 6@period 7 8 9@quantity 10 11@ynu 12N,U,W,Y 13(1!AD,CJ,HC,ID,IV,N4,ZZ 2! 3 4 5 6 8) 14
    HSD S 9 benefit delivery: 1DY,FL,HS,MN,VS 2 3DA,MO,VS,WK,YR 4 5=6,7,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36 6 7@delivery 8@deliverytime
    REF S 9 benefit additional identification: 1!18,1L,1W,49,6P,9F,ALS,CLI,F6,FO,G1,IG,M7,N6,NQ,Y4,CE,CT,EA,EJ,GH,HJ,IF,SY 2! 3
    DTP S 20 benefit date: 1!@eligdates 2!@dates 3!
    AAA S 9 benefit request validation: 1!@yn 3!15,33,52,53,54,55,56,57,60,61,62,63,69,70,98,AA,AE,AF,AG,AO,CI,E8,IA,MA 4!@follow
    MSG S 10 benefit message: 1!
    @2115{letter} S 10 benefit additional information
        III R 1 benefit additional information: 1BF,BK,GR,NI,ZZ,ABF,ABK 2 3=44 4
    LS S 1 related entities begin: 1!2120
    @2120{letter} S 23 benefit related entity
        NM1 R 1 benefit related entity: 1!13,1I,1P,2B,36,73,FA,GP,GW,I3,IL,LR,OC,P3,P4,P5,PR,PRP,SEP,TTP,VER,VN,VY,X3,Y2 2!1,2 3 4 5 7 8=24,34,46,FA,FI,II,MI,NI,PI,PP,SV,XV,XX 9 10=01,02,27,41,48,65,72
        N3 S 1 benefit related entity address: 1! 2
        N4 S 1 benefit related entity city, state, ZIP: 1! 2 3 4 5RJ 6 7
        PER S 3 benefit related entity contact: 1!IC 2 3@phones 4 5@phones 6 7@phones 8
        PRV S 1 benefit related provider: 1!@provider 2=9K,D3,EI,HPI,PXC,SY,TJ 3
    LE S 1 related entities end: 1!2120
"""


def _person(table: str, depth: int, **words: str) -> str:
    """Fill the table of one person in, indented to where the guide puts it."""
    return "\n".join(" " * 4 * depth + line for line in table.format(**words).strip().splitlines())


def _filled(head: str, person: str, need: str) -> str:
    subscriber = _person(
        person,
        4,
        who="subscriber",
        entity="IL",
        kinds="1,2",
        insured="Y",
        relation="18",
        letter="C",
        need="S",
    )
    related = "01,19,34,39,40,53,76,G8,04,05,07,10,15,17,20,21,22,23,24,29,32,33,36,41,43,D2"
    dependent = _person(
        person,
        5,
        who="dependent",
        entity="03",
        kinds="1",
        insured="N",
        relation=related,
        letter="D",
        need=need,
    )
    return head.replace("SUBSCRIBER", subscriber).replace("DEPENDENT", dependent)


_INQUIRY = """
270 270 HS 005010X279A1,005010X279 | eligibility inquiry | ASC X12N 270/271 TR3 005010X279A1, in our words
ST R 1 set header: 1!270 2! 3!
BHT R 1 beginning of the inquiry: 1!0022 2!01,13,36 3 4! 5! 6RT,RU
@2000A R * information source level
    HL R 1 information source level: 1! 3!20 4!1
    @2100A R 1 information source
        NM1 R 1 information source name: 1!2B,36,GP,P5,PR 2!1,2 3 4 5 7 8!24,46,FI,NI,PI,XV,XX 9!
    @2000B R * information receiver level
        HL R 1 information receiver level: 1! 2! 3!21 4!1
        @2100B R 1 information receiver
            NM1 R 1 information receiver name: 1!1P,2B,36,80,FA,GP,P5,PR 2!1,2 3 4 5 7 8!24,34,FI,PI,PP,SV,XV,XX 9!
            REF S 9 information receiver additional identification: 1!@providerrefs 2! 3
            N3 S 1 information receiver address: 1! 2
            N4 S 1 information receiver city, state, ZIP: 1! 2 3 4 7
            PRV S 1 information receiver provider: 1!@provider 2PXC 3
        @2000C R * subscriber level
            HL R 1 subscriber level: 1! 2! 3!22 4!0,1
            TRN S 2 subscriber trace number: 1!1 2! 3! 4
            @2100C R 1 subscriber
SUBSCRIBER
            @2000D S * dependent level
                HL R 1 dependent level: 1! 2! 3!23 4!0
                TRN S 2 dependent trace number: 1!1 2! 3! 4
                @2100D R 1 dependent
DEPENDENT
SE R 1 set trailer: 1! 2!
"""
_ANSWER = """
271 271 HB 005010X279A1,005010X279 | eligibility answer | ASC X12N 270/271 TR3 005010X279A1, in our words
ST R 1 set header: 1!271 2! 3!
BHT R 1 beginning of the answer: 1!0022 2!06,11 3 4! 5! 6RT
@2000A R * information source level
    HL R 1 information source level: 1! 3!20 4!0,1
    AAA S 9 information source request validation: 1!@yn 3!04,41,42,79 4!@follow
    @2100A R 1 information source
        NM1 R 1 information source name: 1!2B,36,GP,P5,PR 2!1,2 3 4 5 7 8!24,46,FI,NI,PI,XV,XX 9!
        PER S 3 information source contact: 1!IC 2 3@phones 4 5@phones 6 7@phones 8
        AAA S 9 information source request validation: 1!@yn 3!04,41,42,79,80,T4 4!@follow
    @2000B S * information receiver level
        HL R 1 information receiver level: 1! 2! 3!21 4!0,1
        @2100B R 1 information receiver
            NM1 R 1 information receiver name: 1!1P,2B,36,80,FA,GP,P5,PR 2!1,2 3 4 5 7 8!24,34,FI,PI,PP,SV,XV,XX 9!
            REF S 9 information receiver additional identification: 1!@providerrefs 2! 3
            N3 S 1 information receiver address: 1! 2
            N4 S 1 information receiver city, state, ZIP: 1! 2 3 4 7
            AAA S 9 information receiver request validation: 1!@yn 3!15,41,43,44,45,46,47,48,50,51,79,97,T4 4!@follow
            PRV S 1 information receiver provider: 1!@provider 2PXC 3
        @2000C S * subscriber level
            HL R 1 subscriber level: 1! 2! 3!22 4!0,1
            TRN S 3 subscriber trace number: 1!1,2 2! 3! 4
            @2100C R 1 subscriber
SUBSCRIBER
            @2000D S * dependent level
                HL R 1 dependent level: 1! 2! 3!23 4!0
                TRN S 3 dependent trace number: 1!1,2 2! 3! 4
                @2100D R 1 dependent
DEPENDENT
SE R 1 set trailer: 1! 2!
"""
TABLES = (_filled(_INQUIRY, _PERSON_270, "R"), _filled(_ANSWER, _PERSON_271, "S"))
