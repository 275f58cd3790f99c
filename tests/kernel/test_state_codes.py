"""Codes of all states of today: Gleditsch-Ward and Correlates of War, with their first years."""

from __future__ import annotations

import pytest

from standwith.kernel.place import numbered, place, places

STATES = """
US USA gw 2 since 1816 cow 2 since 1816 United States
CA CAN gw 20 since 1867 cow 20 since 1920 Canada
BS BHS gw 31 since 1973 cow 31 since 1973 Bahamas
CU CUB gw 40 since 1902 cow 40 since 1909 Cuba
HT HTI gw 41 since 1816 cow 41 since 1934 Haiti
DO DOM gw 42 since 1844 cow 42 since 1924 Dominican Republic
JM JAM gw 51 since 1962 cow 51 since 1962 Jamaica
TT TTO gw 52 since 1962 cow 52 since 1962 Trinidad and Tobago
BB BRB gw 53 since 1966 cow 53 since 1966 Barbados
DM DMA gw 54 since 1978 cow 54 since 1978 Dominica
GD GRD gw 55 since 1974 cow 55 since 1974 Grenada
LC LCA gw 56 since 1979 cow 56 since 1979 Saint Lucia
VC VCT gw 57 since 1979 cow 57 since 1979 Saint Vincent and the Grenadines
AG ATG gw 58 since 1981 cow 58 since 1981 Antigua and Barbuda
KN KNA gw 60 since 1983 cow 60 since 1983 Saint Kitts and Nevis
MX MEX gw 70 since 1821 cow 70 since 1831 Mexico
BZ BLZ gw 80 since 1981 cow 80 since 1981 Belize
GT GTM gw 90 since 1840 cow 90 since 1868 Guatemala
HN HND gw 91 since 1840 cow 91 since 1899 Honduras
SV SLV gw 92 since 1840 cow 92 since 1875 El Salvador
NI NIC gw 93 since 1840 cow 93 since 1900 Nicaragua
CR CRI gw 94 since 1840 cow 94 since 1920 Costa Rica
PA PAN gw 95 since 1903 cow 95 since 1903 Panama
CO COL gw 100 since 1830 cow 100 since 1831 Colombia
VE VEN gw 101 since 1829 cow 101 since 1841 Venezuela
GY GUY gw 110 since 1966 cow 110 since 1966 Guyana
SR SUR gw 115 since 1975 cow 115 since 1975 Suriname
EC ECU gw 130 since 1830 cow 130 since 1854 Ecuador
PE PER gw 135 since 1824 cow 135 since 1839 Peru
BR BRA gw 140 since 1822 cow 140 since 1822 Brazil
BO BOL gw 145 since 1825 cow 145 since 1848 Bolivia
PY PRY gw 150 since 1816 cow 150 since 1876 Paraguay
CL CHL gw 155 since 1818 cow 155 since 1839 Chile
AR ARG gw 160 since 1816 cow 160 since 1841 Argentina
UY URY gw 165 since 1830 cow 165 since 1882 Uruguay
GB GBR gw 200 since 1816 cow 200 since 1816 United Kingdom
IE IRL gw 205 since 1921 cow 205 since 1922 Ireland
NL NLD gw 210 since 1816 cow 210 since 1945 Netherlands
BE BEL gw 211 since 1830 cow 211 since 1945 Belgium
LU LUX gw 212 since 1867 cow 212 since 1944 Luxembourg
FR FRA gw 220 since 1816 cow 220 since 1944 France
MC MCO gw 221 since 1816 cow 221 since 1993 Monaco
LI LIE gw 223 since 1816 cow 223 since 1990 Liechtenstein
CH CHE gw 225 since 1816 cow 225 since 1816 Switzerland
ES ESP gw 230 since 1816 cow 230 since 1816 Spain
AD AND gw 232 since 1816 cow 232 since 1993 Andorra
PT PRT gw 235 since 1816 cow 235 since 1816 Portugal
DE DEU gw 260 since 1949 cow 255 since 1990 Germany
PL POL gw 290 since 1918 cow 290 since 1945 Poland
AT AUT gw 305 since 1918 cow 305 since 1955 Austria
HU HUN gw 310 since 1918 cow 310 since 1918 Hungary
CZ CZE gw 316 since 1993 cow 316 since 1993 Czechia
SK SVK gw 317 since 1993 cow 317 since 1993 Slovakia
IT ITA gw 325 since 1816 cow 325 since 1816 Italy
SM SMR gw 331 since 1816 cow 331 since 1992 San Marino
MT MLT gw 338 since 1964 cow 338 since 1964 Malta
AL ALB gw 339 since 1913 cow 339 since 1944 Albania
RS SRB gw 340 since 2006 cow 345 since 2006 Serbia
ME MNE gw 341 since 2006 cow 341 since 2006 Montenegro
MK MKD gw 343 since 1991 cow 343 since 1993 North Macedonia
HR HRV gw 344 since 1992 cow 344 since 1992 Croatia
BA BIH gw 346 since 1992 cow 346 since 1992 Bosnia and Herzegovina
XK XKX gw 347 since 2008 cow 347 since 2008 Kosovo
SI SVN gw 349 since 1992 cow 349 since 1992 Slovenia
GR GRC gw 350 since 1828 cow 350 since 1944 Greece
CY CYP gw 352 since 1960 cow 352 since 1960 Cyprus
BG BGR gw 355 since 1878 cow 355 since 1908 Bulgaria
MD MDA gw 359 since 1991 cow 359 since 1991 Moldova
RO ROU gw 360 since 1878 cow 360 since 1878 Romania
RU RUS gw 365 since 1816 cow 365 since 1816 Russia
EE EST gw 366 since 1918 cow 366 since 1991 Estonia
LV LVA gw 367 since 1918 cow 367 since 1991 Latvia
LT LTU gw 368 since 1918 cow 368 since 1991 Lithuania
UA UKR gw 369 since 1991 cow 369 since 1991 Ukraine
BY BLR gw 370 since 1991 cow 370 since 1991 Belarus
AM ARM gw 371 since 1991 cow 371 since 1991 Armenia
GE GEO gw 372 since 1991 cow 372 since 1991 Georgia
AZ AZE gw 373 since 1991 cow 373 since 1991 Azerbaijan
FI FIN gw 375 since 1917 cow 375 since 1917 Finland
SE SWE gw 380 since 1816 cow 380 since 1816 Sweden
NO NOR gw 385 since 1905 cow 385 since 1945 Norway
DK DNK gw 390 since 1816 cow 390 since 1945 Denmark
IS ISL gw 395 since 1944 cow 395 since 1944 Iceland
CV CPV gw 402 since 1975 cow 402 since 1975 Cape Verde
ST STP gw 403 since 1975 cow 403 since 1975 Sao Tome and Principe
GW GNB gw 404 since 1974 cow 404 since 1974 Guinea-Bissau
GQ GNQ gw 411 since 1968 cow 411 since 1968 Equatorial Guinea
GM GMB gw 420 since 1965 cow 420 since 1965 Gambia
ML MLI gw 432 since 1960 cow 432 since 1960 Mali
SN SEN gw 433 since 1960 cow 433 since 1960 Senegal
BJ BEN gw 434 since 1960 cow 434 since 1960 Benin
MR MRT gw 435 since 1960 cow 435 since 1960 Mauritania
NE NER gw 436 since 1960 cow 436 since 1960 Niger
CI CIV gw 437 since 1960 cow 437 since 1960 Cote d'Ivoire
GN GIN gw 438 since 1958 cow 438 since 1958 Guinea
BF BFA gw 439 since 1960 cow 439 since 1960 Burkina Faso
LR LBR gw 450 since 1847 cow 450 since 1920 Liberia
SL SLE gw 451 since 1961 cow 451 since 1961 Sierra Leone
GH GHA gw 452 since 1957 cow 452 since 1957 Ghana
TG TGO gw 461 since 1960 cow 461 since 1960 Togo
CM CMR gw 471 since 1960 cow 471 since 1960 Cameroon
NG NGA gw 475 since 1960 cow 475 since 1960 Nigeria
GA GAB gw 481 since 1960 cow 481 since 1960 Gabon
CF CAF gw 482 since 1960 cow 482 since 1960 Central African Republic
TD TCD gw 483 since 1960 cow 483 since 1960 Chad
CG COG gw 484 since 1960 cow 484 since 1960 Congo
CD COD gw 490 since 1960 cow 490 since 1960 Congo, Democratic Republic
UG UGA gw 500 since 1962 cow 500 since 1962 Uganda
KE KEN gw 501 since 1963 cow 501 since 1963 Kenya
TZ TZA gw 510 since 1961 cow 510 since 1961 Tanzania
BI BDI gw 516 since 1962 cow 516 since 1962 Burundi
RW RWA gw 517 since 1962 cow 517 since 1962 Rwanda
SO SOM gw 520 since 1960 cow 520 since 1960 Somalia
DJ DJI gw 522 since 1977 cow 522 since 1977 Djibouti
ET ETH gw 530 since 1855 cow 530 since 1941 Ethiopia
ER ERI gw 531 since 1993 cow 531 since 1993 Eritrea
AO AGO gw 540 since 1975 cow 540 since 1975 Angola
MZ MOZ gw 541 since 1975 cow 541 since 1975 Mozambique
ZM ZMB gw 551 since 1964 cow 551 since 1964 Zambia
ZW ZWE gw 552 since 1965 cow 552 since 1965 Zimbabwe
MW MWI gw 553 since 1964 cow 553 since 1964 Malawi
ZA ZAF gw 560 since 1910 cow 560 since 1920 South Africa
NA NAM gw 565 since 1990 cow 565 since 1990 Namibia
LS LSO gw 570 since 1966 cow 570 since 1966 Lesotho
BW BWA gw 571 since 1966 cow 571 since 1966 Botswana
SZ SWZ gw 572 since 1968 cow 572 since 1968 Eswatini
MG MDG gw 580 since 1960 cow 580 since 1960 Madagascar
KM COM gw 581 since 1975 cow 581 since 1975 Comoros
MU MUS gw 590 since 1968 cow 590 since 1968 Mauritius
SC SYC gw 591 since 1976 cow 591 since 1976 Seychelles
MA MAR gw 600 since 1956 cow 600 since 1956 Morocco
DZ DZA gw 615 since 1962 cow 615 since 1962 Algeria
TN TUN gw 616 since 1956 cow 616 since 1956 Tunisia
LY LBY gw 620 since 1951 cow 620 since 1951 Libya
SD SDN gw 625 since 1956 cow 625 since 1956 Sudan
SS SSD gw 626 since 2011 cow 626 since 2011 South Sudan
IR IRN gw 630 since 1816 cow 630 since 1855 Iran
TR TUR gw 640 since 1816 cow 640 since 1816 Turkey
IQ IRQ gw 645 since 1932 cow 645 since 1932 Iraq
EG EGY gw 651 since 1922 cow 651 since 1937 Egypt
SY SYR gw 652 since 1946 cow 652 since 1946 Syria
LB LBN gw 660 since 1944 cow 660 since 1946 Lebanon
JO JOR gw 663 since 1946 cow 663 since 1946 Jordan
IL ISR gw 666 since 1948 cow 666 since 1948 Israel
SA SAU gw 670 since 1932 cow 670 since 1927 Saudi Arabia
YE YEM gw 678 since 1990 cow 679 since 1990 Yemen
KW KWT gw 690 since 1961 cow 690 since 1961 Kuwait
BH BHR gw 692 since 1971 cow 692 since 1971 Bahrain
QA QAT gw 694 since 1971 cow 694 since 1971 Qatar
AE ARE gw 696 since 1971 cow 696 since 1971 United Arab Emirates
OM OMN gw 698 since 1816 cow 698 since 1971 Oman
AF AFG gw 700 since 1919 cow 700 since 1919 Afghanistan
TM TKM gw 701 since 1991 cow 701 since 1991 Turkmenistan
TJ TJK gw 702 since 1991 cow 702 since 1991 Tajikistan
KG KGZ gw 703 since 1991 cow 703 since 1991 Kyrgyzstan
UZ UZB gw 704 since 1991 cow 704 since 1991 Uzbekistan
KZ KAZ gw 705 since 1991 cow 705 since 1991 Kazakhstan
CN CHN gw 710 since 1816 cow 710 since 1860 China
MN MNG gw 712 since 1921 cow 712 since 1921 Mongolia
TW TWN gw 713 since 1949 cow 713 since 1949 Taiwan
KP PRK gw 731 since 1948 cow 731 since 1948 North Korea
KR KOR gw 732 since 1948 cow 732 since 1949 South Korea
JP JPN gw 740 since 1816 cow 740 since 1952 Japan
IN IND gw 750 since 1947 cow 750 since 1947 India
BT BTN gw 760 since 1949 cow 760 since 1971 Bhutan
PK PAK gw 770 since 1947 cow 770 since 1947 Pakistan
BD BGD gw 771 since 1971 cow 771 since 1971 Bangladesh
MM MMR gw 775 since 1948 cow 775 since 1948 Myanmar
LK LKA gw 780 since 1948 cow 780 since 1948 Sri Lanka
MV MDV gw 781 since 1965 cow 781 since 1965 Maldives
NP NPL gw 790 since 1816 cow 790 since 1920 Nepal
TH THA gw 800 since 1816 cow 800 since 1887 Thailand
KH KHM gw 811 since 1953 cow 811 since 1953 Cambodia
LA LAO gw 812 since 1954 cow 812 since 1953 Laos
VN VNM gw 816 since 1954 cow 816 since 1954 Vietnam
MY MYS gw 820 since 1957 cow 820 since 1957 Malaysia
SG SGP gw 830 since 1965 cow 830 since 1965 Singapore
BN BRN gw 835 since 1984 cow 835 since 1984 Brunei
PH PHL gw 840 since 1946 cow 840 since 1946 Philippines
ID IDN gw 850 since 1945 cow 850 since 1949 Indonesia
TL TLS gw 860 since 2002 cow 860 since 2002 East Timor
AU AUS gw 900 since 1901 cow 900 since 1920 Australia
PG PNG gw 910 since 1975 cow 910 since 1975 Papua New Guinea
NZ NZL gw 920 since 1907 cow 920 since 1920 New Zealand
VU VUT gw 935 since 1980 cow 935 since 1981 Vanuatu
SB SLB gw 940 since 1978 cow 940 since 1978 Solomon Islands
KI KIR gw 970 since 1979 cow 946 since 1999 Kiribati
TV TUV gw 973 since 1978 cow 947 since 2000 Tuvalu
FJ FJI gw 950 since 1970 cow 950 since 1970 Fiji
TO TON gw 972 since 1970 cow 955 since 1999 Tonga
NR NRU gw 971 since 1968 cow 970 since 1999 Nauru
MH MHL gw 983 since 1986 cow 983 since 1991 Marshall Islands
PW PLW gw 986 since 1994 cow 986 since 1994 Palau
FM FSM gw 987 since 1986 cow 987 since 1991 Micronesia
WS WSM gw 990 since 1962 cow 990 since 1976 Samoa
"""


@pytest.mark.parametrize("line", STATES.strip().splitlines())
def test_a_state_is_found_by_each_of_its_codes(line: str) -> None:
    two, three, _, gw, _, gw_since, _, cow, _, cow_since, name = line.split(maxsplit=10)
    state = place(two)
    assert state is place(three) is place(name)
    assert state.name == name
    assert numbered("gw", int(gw), int(gw_since)) is state
    assert numbered("cow", int(cow), int(cow_since)) is state
    assert numbered("gw", int(gw), 2023) is numbered("cow", int(cow), 2023) is state


def test_the_table_holds_every_state() -> None:
    assert len(STATES.strip().splitlines()) == sum(p.kind == "state" for p in places()) == 195
