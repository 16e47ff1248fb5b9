"""999, what became of a functional group, guide 005010X231A1; the envelope's own segments and TA1."""

TABLE = """
999 999 FA 005010X231A1,005010X231 | implementation acknowledgement | ASC X12 999 TR3 005010X231A1, in our words
ST R 1 set header: 1!999 2! 3!
AK1 R 1 group answered: 1! 2! 3
@2000 S * set answered
    AK2 R 1 set answered: 1! 2! 3
    @2100 S * segment in error
        IK3 R 1 segment in error: 1! 2! 3 4=1,2,3,4,5,6,7,8,I4,I6,I7,I8,I9
        CTX S 10 context of the segment: 1!x10 2 3 4 5 6
        @2110 S * element in error
            IK4 R 1 element in error: 1! 2 3!1,2,3,4,5,6,7,8,9,10,11,12,13,I6,I9,I10,I11,I12,I13 4
            CTX S 10 context of the element: 1!x10 2 3 4 5 6
    IK5 R 1 answer to the set: 1!A,E,M,R,W,X 2=@setcodes 3=@setcodes 4=@setcodes 5=@setcodes 6=@setcodes
AK9 R 1 answer to the group: 1!A,E,M,P,R,W,X 2! 3! 4! 5=@groupcodes 6=@groupcodes 7=@groupcodes 8=@groupcodes 9=@groupcodes
SE R 1 set trailer: 1! 2!
"""
ENVELOPE = """
TA1 TA1 - 005010 | envelope | ASC X12 005010 control segments, in our words
ISA R 1 interchange header: 1!00,01,02,03,04,05,06 2! 3!00,01 4! 5!01,02,03,04,07,08,09,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,AM,NR,SA,SN,ZZ 6! 7!01,02,03,04,07,08,09,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,AM,NR,SA,SN,ZZ 8! 9! 10! 11! 12!00401,00402,00403,00404,00405,00406,00501,00502,00503,00601,00602,00701 13! 14!0,1 15!I,P,T 16!
TA1 S * interchange acknowledgement: 1! 2! 3! 4!A,E,R 5!000,001,002,003,004,005,006,007,008,009,010,011,012,013,014,015,016,017,018,019,020,021,022,023,024,025,026,027,028,029,030,031
GS S * group header: 1! 2! 3! 4! 5! 6! 7!T,X 8!
SE S * set trailer: 1! 2!
GE S * group trailer: 1! 2!
IEA R 1 interchange trailer: 1! 2!
"""
