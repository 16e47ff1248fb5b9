"""837P: a professional claim. Guide 005010X222A2; A1 and the first issue are read too."""

_DIAGNOSES = " ".join(f"{n}(1!ABF,BF 2!)" for n in range(2, 13))
_CONDITIONS = " ".join(f"{n}(1!BG 2!)" for n in range(2, 13))

TABLE = f"""
837P 837 HC 005010X222A2,005010X222A1,005010X222 | professional claim | ASC X12N 837P TR3 005010X222A2, in our words
ST R 1 set header: 1!837 2! 3!
BHT R 1 beginning of the claims: 1!0019 2!00,18 3! 4! 5! 6!31,CH,RP
@1000A R 1 submitter
    NM1 R 1 submitter name: 1!41 2!1,2 3! 4 5 8!46 9!
    PER R 2 submitter contact: 1!IC 2 3!EM,FX,TE 4! 5EM,EX,FX,TE 6 7EM,EX,FX,TE 8
@1000B R 1 receiver
    NM1 R 1 receiver name: 1!40 2!2 3! 8!46 9!
@2000A R * billing provider level
    HL R 1 billing provider level: 1! 3!20 4!1
    PRV S 1 billing provider specialty: 1!BI 2!PXC 3!
    CUR S 1 foreign currency: 1!85 2!
    @2010AA R 1 billing provider
        NM1 R 1 billing provider name: 1!85 2!1,2 3! 4 5 7 8XX 9
        N3 R 1 billing provider address: 1! 2
        N4 R 1 billing provider city, state, ZIP: 1! 2 3 4 7
        REF R 1 billing provider tax identification: 1!EI,SY 2!
        REF S 2 billing provider license or UPIN: 1!0B,1G 2!
        PER S 2 billing provider contact: 1!IC 2 3!EM,FX,TE 4! 5EM,EX,FX,TE 6 7EM,EX,FX,TE 8
    @2010AB S 1 pay-to address
        NM1 R 1 pay-to address name: 1!87 2!1,2
        N3 R 1 pay-to address: 1! 2
        N4 R 1 pay-to city, state, ZIP: 1! 2 3 4 7
    @2010AC S 1 pay-to plan
        NM1 R 1 pay-to plan name: 1!PE 2!2 3! 8!PI,XV 9!
        N3 R 1 pay-to plan address: 1! 2
        N4 R 1 pay-to plan city, state, ZIP: 1! 2 3 4 7
        REF S 1 pay-to plan secondary identification: 1!2U,FY,NF 2!
        REF R 1 pay-to plan tax identification: 1!EI 2!
    @2000B R * subscriber level
        HL R 1 subscriber level: 1! 2! 3!22 4!0,1
        SBR R 1 subscriber information: 1!A,B,C,D,E,F,G,H,P,S,T,U 2=18 3 4 5=12,13,14,15,16,41,42,43,47 9@filing
        PAT S 1 patient information: 5D8 6 7=01 8 9Y
        @2010BA R 1 subscriber
            NM1 R 1 subscriber name: 1!IL 2!1,2 3! 4 5 7 8II,MI 9
            N3 S 1 subscriber address: 1! 2
            N4 S 1 subscriber city, state, ZIP: 1! 2 3 4 7
            DMG S 1 subscriber demographics: 1!D8 2! 3!@gender
            REF S 1 subscriber secondary identification: 1!SY 2!
            REF S 1 property and casualty claim number: 1!Y4 2!
            PER S 1 property and casualty subscriber contact: 1!IC 2 3!TE 4! 5EX 6
        @2010BB R 1 payer
            NM1 R 1 payer name: 1!PR 2!2 3! 8!PI,XV 9!
            N3 S 1 payer address: 1! 2
            N4 S 1 payer city, state, ZIP: 1! 2 3 4 7
            REF S 3 payer secondary identification: 1!2U,EI,FY,NF 2!
            REF S 2 billing provider secondary identification: 1!G2,LU 2!
        @2300 S 100 claim
            CLM R 1 claim: 1! 2! 5(1! 2!B 3!)! 6!@yn 7!A,B,C 8!N,W,Y 9!I,Y 10P 11(1!AA,EM,OA 2AA,EM,OA 4 5) 12=02,03,05,09 20=1,2,3,4,5,6,7,8,9,10,11,15
            DTP S 1 onset of current illness: 1!431 2!D8 3!
            DTP S 1 initial treatment date: 1!454 2!D8 3!
            DTP S 1 last seen date: 1!304 2!D8 3!
            DTP S 1 acute manifestation date: 1!453 2!D8 3!
            DTP S 1 accident date: 1!439 2!D8 3!
            DTP S 1 last menstrual period: 1!484 2!D8 3!
            DTP S 1 last X-ray date: 1!455 2!D8 3!
            DTP S 1 hearing and vision prescription date: 1!471 2!D8 3!
            DTP S 1 disability dates: 1!314,360,361 2!@dates 3!
            DTP S 1 last worked date: 1!297 2!D8 3!
            DTP S 1 authorized return to work date: 1!296 2!D8 3!
            DTP S 1 admission date: 1!435 2!D8 3!
            DTP S 1 discharge date: 1!096 2!D8 3!
            DTP S 2 assumed and relinquished care dates: 1!090,091 2!D8 3!
            DTP S 1 property and casualty first contact: 1!444 2!D8 3!
            DTP S 1 repricer received date: 1!050 2!D8 3!
            PWK S 10 claim attachment: 1! 2!AA,BM,EL,EM,FT,FX 5AC 6
            CN1 S 1 contract information: 1!01,02,03,04,05,06,09 2 3 4 5 6
            AMT S 1 patient amount paid: 1!F5 2!
            REF S 1 service authorization exception: 1!4N 2!1,2,3,4,5,6,7
            REF S 1 mandatory Medicare crossover: 1!F5 2!@yn
            REF S 1 mammography certification: 1!EW 2!
            REF S 1 referral number: 1!9F 2!
            REF S 1 prior authorization: 1!G1 2!
            REF S 1 payer claim control number: 1!F8 2!
            REF S 1 CLIA number: 1!X4 2!
            REF S 1 repriced claim number: 1!9A 2!
            REF S 1 adjusted repriced claim number: 1!9C 2!
            REF S 1 investigational device exemption: 1!LX 2!
            REF S 1 clearinghouse claim number: 1!D9 2!
            REF S 1 medical record number: 1!EA 2!
            REF S 1 demonstration project: 1!P4 2!
            REF S 1 care plan oversight: 1!1J 2!
            K3 S 10 file information: 1!
            NTE S 1 claim note: 1!ADD,CER,DCP,DGN,TPO 2!
            CR1 S 1 ambulance transport: 1LB 2 4!A,B,C,D,E 5!DH 6! 9 10
            CR2 S 1 spinal manipulation: 8!A,C,D,E,F,G,M 10 11
            CRC S 3 ambulance certification: 1!07 2!@yn 3!01,04,05,06,07,08,09,12 4=01,04,05,06,07,08,09,12 5=01,04,05,06,07,08,09,12 6=01,04,05,06,07,08,09,12 7=01,04,05,06,07,08,09,12
            CRC S 3 patient condition, vision: 1!E1,E2,E3 2!@yn 3!L1,L2,L3,L4,L5 4L1,L2,L3,L4,L5 5L1,L2,L3,L4,L5 6L1,L2,L3,L4,L5 7L1,L2,L3,L4,L5
            CRC S 1 homebound indicator: 1!75 2!Y 3!IH
            CRC S 1 EPSDT referral: 1!ZZ 2!@yn 3!AV,NU,S2,ST 4AV,NU,S2,ST 5AV,NU,S2,ST
            HI R 1 diagnoses: 1(1!ABK,BK 2!)! {_DIAGNOSES}
            HI S 1 anesthesia procedures: 1(1!BP 2!)! 2(1!BO 2!)
            HI S 2 condition codes: 1(1!BG 2!)! {_CONDITIONS}
            HCP S 1 claim pricing: 1!@repricing 2! 3 4 5 6 7 13T1,T2,T3,T4,T5,T6 14=1,2,3,4,5 15=1,2,3,4,5,6
            @2310A S 2 referring provider
                NM1 R 1 referring provider name: 1!DN,P3 2!1 3! 4 5 7 8XX 9
                REF S 3 referring provider secondary identification: 1!0B,1G,G2 2!
            @2310B S 1 rendering provider
                NM1 R 1 rendering provider name: 1!82 2!1,2 3! 4 5 7 8XX 9
                PRV S 1 rendering provider specialty: 1!PE 2!PXC 3!
                REF S 4 rendering provider secondary identification: 1!0B,1G,G2,LU 2!
            @2310C S 1 service facility
                NM1 R 1 service facility name: 1!77 2!2 3! 8XX 9
                N3 R 1 service facility address: 1! 2
                N4 R 1 service facility city, state, ZIP: 1! 2 3 4 7
                REF S 3 service facility secondary identification: 1!0B,G2,LU 2!
                PER S 1 service facility contact: 1!IC 2 3!TE 4! 5EX 6
            @2310D S 1 supervising provider
                NM1 R 1 supervising provider name: 1!DQ 2!1 3! 4 5 7 8XX 9
                REF S 4 supervising provider secondary identification: 1!0B,1G,G2,LU 2!
            @2310E S 1 ambulance pick-up
                NM1 R 1 ambulance pick-up: 1!PW 2!2
                N3 R 1 ambulance pick-up address: 1! 2
                N4 R 1 ambulance pick-up city, state, ZIP: 1! 2 3 4 7
            @2310F S 1 ambulance drop-off
                NM1 R 1 ambulance drop-off: 1!45 2!2 3
                N3 R 1 ambulance drop-off address: 1! 2
                N4 R 1 ambulance drop-off city, state, ZIP: 1! 2 3 4 7
            @2320 S 10 other subscriber
                SBR R 1 other subscriber information: 1!A,B,C,D,E,F,G,H,P,S,T,U 2!01,18,19,20,21,39,40,53,G8 3 4 5=12,13,14,15,16,41,42,43,47 9@filing
                CAS S 5 claim level adjustment: 1!@group 2! 3! 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
                AMT S 1 payer paid amount: 1!D 2!
                AMT S 1 non-covered amount: 1!A8 2!
                AMT S 1 remaining patient liability: 1!EAF 2!
                OI R 1 other insurance coverage: 3!N,W,Y 4P 6!I,Y
                MOA S 1 outpatient adjudication: 1 2 3 4 5 6 7 8 9
                @2330A R 1 other subscriber
                    NM1 R 1 other subscriber name: 1!IL 2!1,2 3! 4 5 7 8!II,MI 9!
                    N3 S 1 other subscriber address: 1! 2
                    N4 S 1 other subscriber city, state, ZIP: 1! 2 3 4 7
                    REF S 2 other subscriber secondary identification: 1!SY 2!
                @2330B R 1 other payer
                    NM1 R 1 other payer name: 1!PR 2!2 3! 8!PI,XV 9!
                    N3 S 1 other payer address: 1! 2
                    N4 S 1 other payer city, state, ZIP: 1! 2 3 4 7
                    DTP S 1 claim check date: 1!573 2!D8 3!
                    REF S 2 other payer secondary identification: 1!2U,EI,FY,NF 2!
                    REF S 1 other payer prior authorization: 1!G1 2!
                    REF S 1 other payer referral: 1!9F 2!
                    REF S 1 other payer claim adjustment: 1!T4 2!Y
                    REF S 1 other payer claim control number: 1!F8 2!
                @2330C S 2 other payer referring provider
                    NM1 R 1 other payer referring provider: 1!DN,P3 2!1
                    REF R 3 other payer referring provider identification: 1!0B,1G,G2 2!
                @2330D S 1 other payer rendering provider
                    NM1 R 1 other payer rendering provider: 1!82 2!1,2
                    REF R 3 other payer rendering provider identification: 1!0B,1G,G2,LU 2!
                @2330E S 1 other payer service facility
                    NM1 R 1 other payer service facility: 1!77 2!2
                    REF R 3 other payer service facility identification: 1!0B,G2,LU 2!
                @2330F S 1 other payer supervising provider
                    NM1 R 1 other payer supervising provider: 1!DQ 2!1
                    REF R 3 other payer supervising provider identification: 1!0B,1G,G2,LU 2!
                @2330G S 1 other payer billing provider
                    NM1 R 1 other payer billing provider: 1!85 2!1,2
                    REF R 2 other payer billing provider identification: 1!G2,LU 2!
            @2400 R 50 service line
                LX R 1 service line number: 1!
                SV1 R 1 professional service: 1(1!ER,HC,IV,WK 2! 3 4 5 6 7)! 2! 3!MJ,UN 4! 5 7(1! 2 3 4)! 9Y 11Y 12Y 15=0
                SV5 S 1 durable medical equipment: 1(1!HC 2!)! 2!DA 3! 4! 5! 6=1,4,6
                PWK S 10 line attachment: 1! 2!AA,AB,AD,AF,AG,BM,EL,EM,FT,FX,NS 5AC 6
                CR1 S 1 ambulance transport: 1LB 2 4!A,B,C,D,E 5!DH 6! 9 10
                CR3 S 1 equipment certification: 1!I,R,S 2!MO 3!
                CRC S 3 ambulance certification: 1!07 2!@yn 3!01,04,05,06,07,08,09,12 4=01,04,05,06,07,08,09,12 5=01,04,05,06,07,08,09,12 6=01,04,05,06,07,08,09,12 7=01,04,05,06,07,08,09,12
                CRC S 1 hospice employee: 1!70 2!@yn 3!65
                CRC S 1 equipment condition: 1!09 2!@yn 3!38,ZV 4=38,ZV
                DTP R 1 service date: 1!472 2!@dates 3!
                DTP S 1 prescription date: 1!471 2!D8 3!
                DTP S 1 certification revision date: 1!607 2!D8 3!
                DTP S 1 begin therapy date: 1!463 2!D8 3!
                DTP S 1 last certification date: 1!461 2!D8 3!
                DTP S 1 last seen date: 1!304 2!D8 3!
                DTP S 2 test date: 1!738,739 2!D8 3!
                DTP S 1 shipped date: 1!011 2!D8 3!
                DTP S 1 last X-ray date: 1!455 2!D8 3!
                DTP S 1 initial treatment date: 1!454 2!D8 3!
                QTY S 1 ambulance patients: 1!PT 2!
                QTY S 1 obstetric anesthesia units: 1!FL 2!
                MEA S 5 test result: 1!OG,TR 2!HT,R1,R2,R3,R4 3!
                CN1 S 1 contract information: 1!01,02,03,04,05,06,09 2 3 4 5 6
                REF S 1 repriced line number: 1!9B 2!
                REF S 1 adjusted repriced line number: 1!9D 2!
                REF S 5 prior authorization: 1!G1 2! 4(1!2U 2!)
                REF S 1 line item control number: 1!6R 2!
                REF S 1 mammography certification: 1!EW 2!
                REF S 1 CLIA number: 1!X4 2!
                REF S 1 referring CLIA number: 1!F4 2!
                REF S 1 immunization batch number: 1!BT 2!
                REF S 5 referral number: 1!9F 2! 4(1!2U 2!)
                AMT S 1 sales tax: 1!T 2!
                AMT S 1 postage claimed: 1!F4 2!
                K3 S 10 file information: 1!
                NTE S 1 line note: 1!ADD,DCP 2!
                NTE S 1 third party note: 1!TPO 2!
                PS1 S 1 purchased service: 1! 2!
                HCP S 1 line pricing: 1!@repricing 2! 3 4 5 6 7 9ER,HC,IV,WK 10 11MJ,UN 12 13T1,T2,T3,T4,T5,T6 14=1,2,3,4,5 15=1,2,3,4,5,6
                @2410 S 1 drug identification
                    LIN R 1 drug identification: 2!EN,EO,HI,N4,ON,UK,UP 3!
                    CTP R 1 drug quantity: 4! 5(1!F2,GR,ME,ML,UN)!
                    REF S 1 prescription number: 1!VY,XZ 2!
                @2420A S 1 rendering provider
                    NM1 R 1 rendering provider name: 1!82 2!1,2 3! 4 5 7 8XX 9
                    PRV S 1 rendering provider specialty: 1!PE 2!PXC 3!
                    REF S 20 rendering provider secondary identification: 1!0B,1G,G2,LU 2! 4(1!2U 2!)
                @2420B S 1 purchased service provider
                    NM1 R 1 purchased service provider: 1!QB 2!1,2 8XX 9
                    REF S 20 purchased service provider identification: 1!0B,1G,G2 2! 4(1!2U 2!)
                @2420C S 1 service facility
                    NM1 R 1 service facility name: 1!77 2!2 3! 8XX 9
                    N3 R 1 service facility address: 1! 2
                    N4 R 1 service facility city, state, ZIP: 1! 2 3 4 7
                    REF S 3 service facility secondary identification: 1!G2,LU 2! 4(1!2U 2!)
                @2420D S 1 supervising provider
                    NM1 R 1 supervising provider name: 1!DQ 2!1 3! 4 5 7 8XX 9
                    REF S 20 supervising provider secondary identification: 1!0B,1G,G2,LU 2! 4(1!2U 2!)
                @2420E S 1 ordering provider
                    NM1 R 1 ordering provider name: 1!DK 2!1 3! 4 5 7 8XX 9
                    N3 S 1 ordering provider address: 1! 2
                    N4 S 1 ordering provider city, state, ZIP: 1! 2 3 4 7
                    REF S 20 ordering provider secondary identification: 1!0B,1G,G2 2! 4(1!2U 2!)
                    PER S 1 ordering provider contact: 1!IC 2 3!EM,FX,TE 4! 5EM,EX,FX,TE 6 7EM,EX,FX,TE 8
                @2420F S 2 referring provider
                    NM1 R 1 referring provider name: 1!DN,P3 2!1 3! 4 5 7 8XX 9
                    REF S 20 referring provider secondary identification: 1!0B,1G,G2 2! 4(1!2U 2!)
                @2420G S 1 ambulance pick-up
                    NM1 R 1 ambulance pick-up: 1!PW 2!2
                    N3 R 1 ambulance pick-up address: 1! 2
                    N4 R 1 ambulance pick-up city, state, ZIP: 1! 2 3 4 7
                @2420H S 1 ambulance drop-off
                    NM1 R 1 ambulance drop-off: 1!45 2!2 3
                    N3 R 1 ambulance drop-off address: 1! 2
                    N4 R 1 ambulance drop-off city, state, ZIP: 1! 2 3 4 7
                @2430 S 15 line adjudication
                    SVD R 1 line adjudication: 1! 2! 3(1!ER,HC,IV,WK 2! 3 4 5 6 7)! 5! 6
                    CAS S 5 line adjustment: 1!@group 2! 3! 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
                    DTP R 1 line check date: 1!573 2!D8 3!
                    AMT S 1 remaining patient liability: 1!EAF 2!
                @2440 S * form identification
                    LQ R 1 form identification: 1!AS,UT 2!
                    FRM R 99 supporting documentation: 1! 2N,W,Y 3 4 5
        @2000C S * patient level
            HL R 1 patient level: 1! 2! 3!23 4!0
            PAT R 1 patient information: 1!01,19,20,21,39,40,53,G8 5D8 6 7=01 8 9Y
            @2010CA R 1 patient
                NM1 R 1 patient name: 1!QC 2!1 3! 4 5 7
                N3 R 1 patient address: 1! 2
                N4 R 1 patient city, state, ZIP: 1! 2 3 4 7
                DMG R 1 patient demographics: 1!D8 2! 3!@gender
                REF S 1 property and casualty claim number: 1!Y4 2!
                REF S 1 property and casualty patient identification: 1!1W,SY 2!
                PER S 1 property and casualty patient contact: 1!IC 2 3!TE 4! 5EX 6
            = 2300 R
SE R 1 set trailer: 1! 2!
"""
RELEASED = ("2000A", "2000B", "2000C", "2300")
