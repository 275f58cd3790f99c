"""Published capture tables: lists and counts of patterns, as printed in the literature."""

from __future__ import annotations

from standwith.account.undercount.capture import CaptureTable, from_cells


def table(lists: str, cells: str) -> CaptureTable:
    """Read a table as pattern:count, separated by blanks."""
    pairs = (pair.split(":") for pair in cells.split())
    return from_cells(lists.split(), {pattern: int(count) for pattern, count in pairs})


# Kosovo, killings of March to June 1999 (Ball, Betts, Scheuren, Dudukovich and Asher 2002).
KOSOVO = table(
    "EXH ABA OSCE HRW",
    "1000:1131 0100:845 0010:936 0001:306 1100:177 1010:228 1001:106 0110:217 0101:31 0011:123 "
    "1110:181 1101:18 1011:42 0111:32 1111:27",
)
# Trafficking in the United Kingdom, 2013 (Silverman 2014).
UK6 = table(
    "LA NG PF GO GP NCA",
    "100000:54 010000:463 001000:907 000100:695 000010:316 000001:57 110000:15 101000:19 100100:3 "
    "011000:56 010100:19 010010:1 010001:3 001100:69 001010:10 001001:31 000110:8 000101:6 "
    "000011:1 111000:1 110100:1 011100:4 011001:3 001101:1 111100:1",
)
# Trafficking in the Netherlands (van Dijk, Cruyff, van der Heijden and Kragten-Heerdink 2017).
NED6 = table(
    "I K O P R Z",
    "100000:352 010000:1299 001000:403 000100:4466 000010:650 000001:632 101100:4 101000:1 "
    "100101:4 100100:18 100010:3 100001:16 011000:1 010100:44 010001:4 001110:2 001101:7 "
    "001100:59 001010:2 001001:57 000111:1 000110:82 000101:125 000011:2",
)
AUSTRALIA = table(
    "A B C D",
    "1000:34 0100:13 0010:198 0001:100 1100:3 1010:4 1001:1 0110:36 0101:2 1110:6 1101:1 0111:15 "
    "1111:1",
)
# Trafficking in New Orleans (Bales, Murphy and Silverman 2020).
NEW_ORLEANS8 = table(
    "A B C D E F G H",
    "10000000:25 01000000:5 00100000:70 00010000:33 00001000:6 00000100:6 00000010:6 00000001:21 "
    "10100000:1 10010000:2 10001000:1 10100010:1 10011000:1 01000100:1 00110000:1 00101000:1 "
    "00100010:1 00011000:2 00001001:1",
)
# Trafficking in a part of the western United States (Farrell, Dank, Kafafian and others 2019).
WESTERN5 = table(
    "A B C D E",
    "10000:52 01000:90 00100:114 00010:45 00001:21 10100:4 10010:2 10001:5 01100:6 01010:1 "
    "00011:3 10101:1 01110:1",
)
# Spina bifida in five lists (Madigan and York 1997), the first list slowest.
SPINA_CELLS = "0 27 37 19 4 4 1 1 97 22 37 25 2 1 3 5 83 36 34 18 3 5 0 2 30 5 23 8 0 3 0 2"
SPINA = table(
    "A B C D E",
    " ".join(
        f"{cell:05b}:{count}" for cell, count in enumerate(map(int, SPINA_CELLS.split())) if cell
    ),
)
