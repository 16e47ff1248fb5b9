"""276 and 277, where a claim is (005010X212), and 277CA, which claims a payer took in (005010X214)."""

_STATUS = "1(1! 2! 3 4RX)!"
_MORE = "10(1! 2! 3 4RX) 11(1! 2! 3 4RX) 12"
_PROCEDURE = "1(1!AD,ER,HC,HP,IV,N4,NU,WK 2! 3 4 5 6)!"

_ASKED = f"""
@2200{{letter}} S * claim asked about
    TRN R 1 claim trace number: 1!1 2!
    REF S 1 payer claim control number: 1!1K 2!
    REF S 1 type of bill: 1!BLT 2!
    REF S 1 application or location system: 1!LU 2!
    REF S 1 group number: 1!6P 2!
    REF S 1 patient control number: 1!EJ 2!
    REF S 1 pharmacy prescription number: 1!XZ 2!
    REF S 1 clearinghouse claim number: 1!D9 2!
    AMT S 1 claim charge: 1!T3 2!
    DTP S 1 service date: 1!472 2!@dates 3!
    @2210{{letter}} S * service line asked about
        SVC R 1 service line: {_PROCEDURE} 2! 4 7
        REF S 1 line item control number: 1!FJ 2!
        DTP R 1 service date: 1!472 2!@dates 3!
"""
_ANSWERED = f"""
@2200{{letter}} S * claim status
    TRN R 1 claim trace number: 1!2 2!
    STC R * claim status: {_STATUS} 2! 4 5 6 8 9 {_MORE}
    REF S 1 payer claim control number: 1!1K 2!
    REF S 1 type of bill: 1!BLT 2!
    REF S 1 patient control number: 1!EJ 2!
    REF S 1 pharmacy prescription number: 1!XZ 2!
    REF S 1 voucher identifier: 1!VV 2!
    REF S 1 clearinghouse claim number: 1!D9 2!
    DTP S 1 service date: 1!472 2!@dates 3!
    @2220{{letter}} S * service line status
        SVC R 1 service line: {_PROCEDURE} 2! 3! 4 7
        STC R * service line status: {_STATUS} 2! 10(1! 2! 3 4RX) 11(1! 2! 3 4RX)
        REF S 1 line item control number: 1!FJ 2!
        DTP S 1 service date: 1!472 2!@dates 3!
"""


def _claims(table: str, letter: str, depth: int) -> str:
    return "\n".join(" " * 4 * depth + line for line in table.format(letter=letter).strip().splitlines())


INQUIRY = f"""
276 276 HR 005010X212 | claim status inquiry | ASC X12N 276/277 TR3 005010X212, in our words
ST R 1 set header: 1!276 2! 3!
BHT R 1 beginning of the inquiry: 1!0010 2!13 3! 4! 5!
@2000A R * information source level
    HL R 1 information source level: 1! 3!20 4!1
    @2100A R 1 payer
        NM1 R 1 payer name: 1!PR 2!2 3! 8!PI,XV 9!
    @2000B R * information receiver level
        HL R 1 information receiver level: 1! 2! 3!21 4!1
        @2100B R 1 information receiver
            NM1 R 1 information receiver name: 1!41 2!1,2 3 4 5 8!46 9!
        @2000C R * service provider level
            HL R 1 service provider level: 1! 2! 3!19 4!1
            @2100C R 2 service provider
                NM1 R 1 service provider name: 1!1P 2!1,2 3 4 5 7 8!FI,SV,XX 9!
            @2000D R * subscriber level
                HL R 1 subscriber level: 1! 2! 3!22 4!0,1
                DMG S 1 subscriber demographics: 1!D8 2! 3F,M
                @2100D R 1 subscriber
                    NM1 R 1 subscriber name: 1!IL 2!1,2 3! 4 5 7 8!24,II,MI 9!
{_claims(_ASKED, "D", 4)}
                @2000E S * dependent level
                    HL R 1 dependent level: 1! 2! 3!23
                    DMG R 1 dependent demographics: 1!D8 2! 3F,M
                    @2100E R 1 dependent
                        NM1 R 1 dependent name: 1!QC 2!1 3! 4 5 7
{_claims(_ASKED, "E", 5)}
SE R 1 set trailer: 1! 2!
"""
ANSWER = f"""
277 277 HN 005010X212 | claim status answer | ASC X12N 276/277 TR3 005010X212, in our words
ST R 1 set header: 1!277 2! 3!
BHT R 1 beginning of the answer: 1!0010 2!08 3! 4! 5! 6!DG
@2000A R * information source level
    HL R 1 information source level: 1! 3!20 4!1
    @2100A R 1 payer
        NM1 R 1 payer name: 1!PR 2!2 3! 8!PI,XV 9!
        PER S 1 payer contact: 1!IC 2 3!ED,EM,FX,TE 4! 5ED,EM,EX,FX,TE 6 7ED,EM,EX,FX,TE 8
    @2000B R * information receiver level
        HL R 1 information receiver level: 1! 2! 3!21 4!0,1
        @2100B R 1 information receiver
            NM1 R 1 information receiver name: 1!41 2!1,2 3 4 5 8!46 9!
        @2200B S 1 information receiver trace
            TRN R 1 information receiver trace: 1!2 2!
            STC R * information receiver status: {_STATUS} 2! {_MORE}
        @2000C S * service provider level
            HL R 1 service provider level: 1! 2! 3!19 4!0,1
            @2100C R 2 service provider
                NM1 R 1 service provider name: 1!1P 2!1,2 3 4 5 7 8!FI,SV,XX 9!
            @2200C S 1 service provider trace
                TRN R 1 service provider trace: 1!1 2!
                STC R * service provider status: {_STATUS} 2! {_MORE}
            @2000D S * subscriber level
                HL R 1 subscriber level: 1! 2! 3!22 4!0,1
                @2100D R 1 subscriber
                    NM1 R 1 subscriber name: 1!IL 2!1,2 3 4 5 7 8!24,II,MI 9!
{_claims(_ANSWERED, "D", 4)}
                @2000E S * dependent level
                    HL R 1 dependent level: 1! 2! 3!23
                    @2100E R 1 dependent
                        NM1 R 1 dependent name: 1!QC 2!1 3! 4 5 7
{_claims(_ANSWERED, "E", 5)}
SE R 1 set trailer: 1! 2!
"""
TAKEN_IN = f"""
277CA 277 HN 005010X214 | claim acknowledgement | ASC X12N 277CA TR3 005010X214, in our words
ST R 1 set header: 1!277 2! 3!
BHT R 1 beginning of the acknowledgement: 1!0085 2!08 3! 4! 5! 6!TH
@2000A R 1 information source level
    HL R 1 information source level: 1! 3!20 4!1
    @2100A R 1 information source
        NM1 R 1 information source name: 1!AY,PR 2!2 3! 8!46,FI,PI,XV 9!
    @2200A R 1 transmission receipt
        TRN R 1 transmission receipt: 1!1 2!
        DTP R 1 information source received date: 1!050 2!D8 3!
        DTP R 1 information source process date: 1!009 2!D8 3!
    @2000B R * information receiver level
        HL R 1 information receiver level: 1! 2! 3!21 4!0,1
        @2100B R 1 information receiver
            NM1 R 1 information receiver name: 1!41 2!1,2 3! 4 5 8!46 9!
        @2200B R 1 information receiver batch
            TRN R 1 information receiver trace: 1!2 2!
            STC R * information receiver status: {_STATUS} 2! 3!U,WQ 4! {_MORE}
            QTY S 1 claims accepted: 1!90 2!
            QTY S 1 claims rejected: 1!AA 2!
            AMT S 1 amount accepted: 1!YU 2!
            AMT S 1 amount rejected: 1!YY 2!
        @2000C S * billing provider level
            HL R 1 billing provider level: 1! 2! 3!19 4!0,1
            @2100C R 1 billing provider
                NM1 R 1 billing provider name: 1!85 2!1,2 3! 4 5 6 7 8!FI,SV,XX 9!
            @2200C R 1 billing provider trace
                TRN R 1 billing provider trace: 1!1 2!
                STC R * billing provider status: {_STATUS} 2 3!U,WQ 4! {_MORE}
                REF S 3 billing provider secondary identification: 1!0B,1G,G2,LU,SY,TJ 2!
                QTY S 1 claims accepted: 1!QA 2!
                QTY S 1 claims rejected: 1!QC 2!
                AMT S 1 amount accepted: 1!YU 2!
                AMT S 1 amount rejected: 1!YY 2!
            @2000D S * patient level
                HL R 1 patient level: 1! 2! 3!PT
                @2100D R 1 patient
                    NM1 R 1 patient name: 1!QC 2!1,2 3! 4 5 6 7 8!II,MI 9!
                @2200D R * claim status
                    TRN R 1 claim trace number: 1!2 2!
                    STC R * claim status: {_STATUS} 2! 3!U,WQ 4! {_MORE}
                    REF S 1 payer claim control number: 1!1K 2!
                    REF S 1 clearinghouse claim number: 1!D9 2!
                    REF S 1 type of bill: 1!BLT 2!
                    DTP R 1 service date: 1!472 2!@dates 3!
                    @2220D S * service line status
                        SVC R 1 service line: {_PROCEDURE} 2! 4 7
                        STC R * service line status: {_STATUS} 2! 3!U,WQ {_MORE}
                        REF S 1 line item control number: 1!FJ 2!
                        REF S 1 pharmacy prescription number: 1!XZ 2!
                        DTP S 1 service date: 1!472 2!@dates 3!
SE R 1 set trailer: 1! 2!
"""
RELEASED = ("2000D", "2000E", "2200D", "2200E")
TABLES = (INQUIRY, ANSWER, TAKEN_IN)
