"""835: what a payer paid for which claims, and why not more. Guide 005010X221A1."""

TABLE = """
835 835 HP 005010X221A1,005010X221 | payment and remittance advice | ASC X12N 835 TR3 005010X221A1, in our words
ST R 1 set header: 1!835 2!
BPR R 1 payment: 1!C,D,H,I,P,U,X 2! 3!C,D 4!ACH,BOP,CHK,FWT,NON 5CCP,CTX 6=01,04 7 8DA 9 10 11 12=01,04 13 14DA,SG 15 16!
TRN R 1 payment trace number: 1!1 2! 3! 4
CUR S 1 currency: 1!PR 2! 3
REF S 1 receiver identification: 1!EV 2!
REF S 1 version identification: 1!F2 2!
DTM S 1 production date: 1!405 2!
@1000A R 1 payer
    N1 R 1 payer name: 1!PR 2! 3XV 4
    N3 R 1 payer address: 1! 2
    N4 R 1 payer city, state, ZIP: 1! 2 3 4 7
    REF S 4 payer additional identification: 1!2U,EO,HI,NF 2!
    PER S 1 payer business contact: 1!CX 2 3EM,FX,TE 4 5EM,EX,FX,TE 6 7EX 8
    PER R * payer technical contact: 1!BL 2 3EM,TE,UR 4 5EM,EX,FX,TE,UR 6 7EM,EX,FX,UR 8
    PER S 1 payer web site: 1!IC 3!UR 4!
@1000B R 1 payee
    N1 R 1 payee name: 1!PE 2! 3!FI,XV,XX 4!
    N3 S 1 payee address: 1! 2
    N4 S 1 payee city, state, ZIP: 1! 2 3 4 7
    REF S * payee additional identification: 1!0B,D3,PQ,TJ 2!
    RDM S 1 remittance delivery: 1!BM,EM,FT,OL 2 3
@2000 S * claims group
    LX R 1 claims group number: 1!
    TS3 S 1 provider summary: 1! 2! 3! 4! 5! 13 15 17 18 20 21 22 23 24
    TS2 S 1 provider supplemental summary: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
    @2100 R * claim payment
        CLP R 1 claim payment: 1! 2!1,2,3,4,19,20,21,22,23,25 3! 4! 5 6!=12,13,14,15,16,17,AM,CH,DS,HM,LM,MA,MB,MC,OF,TV,VA,WC,ZZ 7! 8 9 11 12 13
        CAS S 99 claim adjustment: 1!CO,OA,PI,PR 2! 3! 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
        NM1 R 1 patient name: 1!QC 2!1 3 4 5 7 8=34,HN,II,MI,MR 9
        NM1 S 1 insured name: 1!IL 2!1,2 3 4 5 7 8!FI,II,MI 9!
        NM1 S 1 corrected patient or insured name: 1!74 2!1,2 3 4 5 7 8C 9
        NM1 S 1 service provider name: 1!82 2!1,2 3 4 5 7 8!BD,BS,FI,MC,PC,SL,UP,XX 9!
        NM1 S 1 crossover carrier name: 1!TT 2!2 3! 8!AD,FI,NI,PI,PP,XV 9!
        NM1 S 1 corrected priority payer name: 1!PR 2!2 3! 8!AD,FI,NI,PI,PP,XV 9!
        NM1 S 1 other subscriber name: 1!GB 2!1,2 3 4 5 7 8FI,II,MI 9
        MIA S 1 inpatient adjudication: 1! 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24
        MOA S 1 outpatient adjudication: 1 2 3 4 5 6 7 8 9
        REF S 5 other claim identification: 1!@claimrefs 2!
        REF S 10 rendering provider identification: 1!0B,1A,1B,1C,1D,1G,1H,1J,D3,G2,LU 2!
        DTM S 2 statement date: 1!232,233 2!
        DTM S 1 coverage expiration date: 1!036 2!
        DTM S 1 claim received date: 1!050 2!
        PER S 2 claim contact: 1!CX 2 3!EM,FX,TE 4! 5EM,EX,FX,TE 6 7EX 8
        AMT S 13 claim supplemental amount: 1!@carcamounts 2!
        QTY S 14 claim supplemental quantity: 1!CA,CD,LA,LE,NE,NR,OU,PS,VS,ZK,ZL,ZM,ZN,ZO 2!
        @2110 S 999 service payment
            SVC R 1 service payment: 1(1!AD,ER,HC,HP,IV,N4,N6,NU,UI,WK 2! 3 4 5 6)! 2! 3! 4 5 6(1!AD,ER,HC,HP,IV,N4,NU,WK 2! 3 4 5 6 7) 7
            DTM S 2 service date: 1!150,151,472 2!
            CAS S 99 service adjustment: 1!CO,OA,PI,PR 2! 3! 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19
            REF S 8 service identification: 1!1S,APC,BB,E9,G1,G3,LU,RB 2!
            REF S 1 line item control number: 1!6R 2!
            REF S 10 rendering provider information: 1!0B,1A,1B,1C,1D,1G,1H,1J,D3,G2,HPI,SY,TJ 2!
            REF S 5 health care policy identification: 1!0K 2!
            AMT S 9 service supplemental amount: 1!B6,KH,T,T2,ZK,ZL,ZM,ZN,ZO 2!
            QTY S 6 service supplemental quantity: 1!ZK,ZL,ZM,ZN,ZO 2!
            LQ S 99 remark codes: 1!HE,RX 2!
PLB S * provider adjustment: 1! 2! 3(1!50,51,72,90,AH,AM,AP,B2,B3,BD,BN,C5,CR,CS,CT,CV,CW,DM,E3,FB,FC,GO,HM,IP,IR,IS,J1,L3,L6,LE,LS,OA,OB,PI,PL,RA,RE,SL,TL,WO,WU 2)! 4! 5(1! 2) 6 7(1! 2) 8 9(1! 2) 10 11(1! 2) 12 13(1! 2) 14
SE R 1 set trailer: 1! 2!
"""
RELEASED = ("2000", "2100")
