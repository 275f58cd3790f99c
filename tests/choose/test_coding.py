"""The reviewed coding of every entry: a change here needs a note in the record, and this line."""

from __future__ import annotations

import pytest

from standwith.choose.catalogue import catalogue
from standwith.choose.score import grade_evidence

CODED = """
G-01   T1  C   mis             P     di    G1       0,1,2,3   icnc-guide:83
G-02   T1  C   mis             P     en,ca G1       1,2,3     icnc-guide:84
G-03   T1  C   mis             P     sy,pr G3,G4    2,3       icnc-guide:86,90
G-04   T1  C   mis             P,I   sy,pr G3,G4    2,3       icnc-guide:86,91
G-05   T0  C   mis             I     pr,ac G4,G3    1,2,3,4   icnc-guide:86,92
G-06   T2  C   mis,int         P     pr    G4       2,3       icnc-guide:100
G-06a  T2  C   mis,int         P     pr    G4       2,3       icnc-guide:100
G-06b  T2  C   mis,int         P     pr    G4       2,3       icnc-guide:100
G-06c  T2  C   mis,int         P     pr    G4       2,3       icnc-guide:100
G-07   T2  C   mis             P     ca    G1       1,2,3     icnc-guide:101
G-08   T0  C   mis             S     kd    G0       0,1,2,3,4 icnc-guide:107
G-09   T1  C   mis             P     di    G1       1,2,3     icnc-guide:108
G-10   T1  C   mis             P,I   pr    G4       1,2,3     icnc-guide:114
G-11   T1  C   mis             P     sy    G3       2,3       icnc-guide:120
G-12   T1  C   mis             P,S,I in    G3,G2    2,3       icnc-guide:126,130
G-13   T2  C   att             I,P   di,en G2       1,2,3     icnc-guide:136
G-14   T0  C   mis             P     ca    G1       1,2,3     icnc-guide:142
G-15   T0  C   mis             P     ca    G1,G4    1,2,3     icnc-guide:144
G-16   T0  C   mis             P     ca    G1       1,2,3     icnc-guide:146
G-17   T0  C   mis             P     ca    G1,G2    1,2,3     icnc-guide:148
G-18   T0  O   pol             S     pl    G0       0         icnc-guide:158
G-19   T0  O   pol             S     di    G3,G4    1,2,3,4   icnc-guide:159
G-19a  T0  O   pol             S     di    G3,G4    1,2,3,4   icnc-guide:159
G-19b  T0  O   pol             S     di    G3,G4    1,2,3,4   icnc-guide:159
G-19c  T0  O   pol             S     di    G4       1,2,3,4   icnc-guide:159
G-19d  T0  O   pol             S     di    G3,G4    1,2,3,4   icnc-guide:159
G-20   T2  O   pol             S,P   sy,di G3,G2    2,3       icnc-guide:160
G-21   T0  O   pol             S     di    G4       2,3       icnc-guide:164
G-22   T0  O   tf              I     pl    G0       0         icnc-guide:168
G-23   T0  O   tf              I     pl    G0       0         icnc-guide:169
G-24   T0  O   tf              I     pl    G0       0         icnc-guide:170
G-25   T0  O   mfa             S     en    G1       0         icnc-guide:176
G-26   T1  O   aid             P     ca    G1       0,1       icnc-guide:177
G-27   T1  O   aid             P,I   ca    G1,G3    0,1       icnc-guide:178
G-28   T2  O   tre,mfa         P,I   co    G4,G2    0,1,2     icnc-guide:182
G-29   T3  O   tre             P     co    G2       0,1,2,3   icnc-guide:183
G-30   T3  O   int             P     co    G2       0,1,2,3   icnc-guide:184
G-31   T2  O   mod,mfa         P     co    G4,G2    1,2,3     icnc-guide:185
G-32   T1  O   mfa             P     ca    G1,G3    0,1,2,3,4 icnc-guide:189
G-33   T2  O   aid             P     ca    G1       1,2,3     icnc-guide:195
G-34   T1  O   mfa             I     ca    G1       1,2,3     icnc-guide:196
G-35   T2  O   aid             P     en,ca G1       0,1,2,3   icnc-guide:200
G-36   T1  O   aid             P     ca    G1       0,1,2,3   icnc-guide:201
G-37   T2  O   tre             P,I   co    G4,G2    2,3       icnc-guide:205
G-38   T0  O   mfa             S     di    G4       1,2,3,4   icnc-guide:209
G-39   T0  O   mfa             S     di    G4       1,2,3,4   icnc-guide:210
G-40   T3  O   gov             I,P   co,ac,in G4,G3    2,3       icnc-guide:214
G-40a  T3  O   gov             I,P   co    G4       2,3       icnc-guide:214
G-40b  T3  O   gov             I,P   co    G4       2,3       icnc-guide:214
G-40c  T2  O   gov             I,P   ac    G4       2,3       icnc-guide:214
G-40d  T1  O   gov             I,P   in    G3,G4    2,3       icnc-guide:214
G-41   T1  O   aid             P     hu    G3,G4    2,3,4     icnc-guide:218
G-42   T1  O   mfa             P,S   sy    G3       1,2,3     icnc-guide:224
G-43   T0  O   pub             P     sy    G3       1,2,3,4   icnc-guide:228
G-44   T1  O   pub             P     sy,hu G3,G2    0,1,2,3,4 icnc-guide:232
G-44a  T1  O   pub             P     sy    G3       0,1,2,3,4 icnc-guide:232
G-44b  T1  O   pub             P     sy    G3       0,1,2,3,4 icnc-guide:232
G-44c  T1  O   pub             P     hu    G3       0,1,2,3,4 icnc-guide:232
G-44d  T1  O   pub             P     sy    G3       0,1,2,3,4 icnc-guide:232
G-44e  T2  O   pub             P     en    G2,G3    0,1,2,3,4 icnc-guide:232
G-45   T2  O   pub             P     en    G2       1,2,3     icnc-guide:234
G-46   T0  O   pub             P     sy    G3       1,2,3     icnc-guide:236
G-47   T1  O   pub             P     en,sy G3,G2    1,2,3     icnc-guide:238
G-48   T1  O   aid             P     ca    G1,G4    0,1,2,3   icnc-guide:244
G-49   T0  O   aid             P     ca    G1       0,1,2,3   icnc-guide:245
G-50   T2  O   aid,int         P     ca,pr G1       0,1,2     icnc-guide:249
G-51   T1  O   aid             P     ca    G1       0,1,2,3   icnc-guide:250
G-52   T0  O   tf              I     pl    G0       0         icnc-guide:254
G-53   T2  O   mod             P     en    G2       1,2,3     icnc-guide:258
G-54   T2  O   mod             P     en    G2       1,2,3     icnc-guide:262
G-55   T2  O   int             P     en    G2       1,2,3     icnc-guide:266
G-56   T2  O   pol             P     en    G2,G4    1,2,3     icnc-guide:268
G-57   T2  O   int             P     en    G2       1,2,3     icnc-guide:270
G-58   T2  O   int             P     en    G2       1,2,3     icnc-guide:272
G-59   T1  O   mod             S     co    G4,G2    0,1,2,3   icnc-guide:276
G-59a  T1  O   mod             S     co    G4,G2    0,1,2,3   icnc-guide:276
G-59b  T1  O   mod             S     co    G4,G2    0,1,2,3   icnc-guide:276
G-59c  T1  O   mod             S     co    G4,G2    0,1,2,3   icnc-guide:276
G-60   T3  O   gov             P     co    G4,G2    2,3,4     icnc-guide:280
G-61   T2  O   mfa             S     co    G4       2,3       icnc-guide:284
G-62   T0  O   mfa             S,P   di    G4       1,2,3,4   icnc-guide:290
G-63   T0  O   mis             P     ca    G1,G3    1,2,3     icnc-guide:294
G-64   T0  O   mis             P     ca    G1       0,1,2,3,4 icnc-guide:296
G-65   T1  O   mfa             P     sy    G3       1,2,3,4   icnc-guide:300
G-66   T0  I   mul             S     di    G3       0,1,2,3,4 icnc-guide:310
G-67   T0  I   mul             S     di    G3,G4    0,1,2,3,4 icnc-guide:311
G-68   T0  I   mul             I     kd    G3       1,2,3,4   icnc-guide:315
G-69   T0  I   mul             I     ac,pr G4       1,2,3,4   icnc-guide:319
G-70   T0  I   mul,tf          S     kd    G0       0,1,2,3,4 icnc-guide:323
G-71   T2  I   mul,tre         S,P   co,kd G4       0,1,2,3   icnc-guide:324
G-72   T2  I   mul             P     en    G2       0,1,2,3   icnc-guide:325,329
G-73   T2  I   mul             P     en    G2       1,2,3,4   icnc-guide:333
G-74   T1  I   mul             P     en,ca G1,G2    1,2,3     icnc-guide:335
G-75   T1  I   mul             P,I   ac    G4       0,1,2,3,4 icnc-guide:339
SF-01  REF C   sec             P     kd    G2       1,2,3     security-forces:35
SF-02  REF C   sec             P     kd,in G2       1,2,3     security-forces:36
SF-03  REF C   sec             P     kd    G2       1,2,3     security-forces:37
SF-04  REF C   sec             P     kd    G2       1,2,3     security-forces:38
SF-05  REF C   sec             I     kd    G2,G4    1,2,3     security-forces:39
SF-06  REF C   sec             I     pr    G4       2,3       security-forces:43
SF-07  REF C   sec             I     pr    G4       2,3       security-forces:44-52
SF-08  REF C   sec             I     pr    G4       2,3       security-forces:53
SF-09  REF C   sec             I     pr    G4       2,3       security-forces:57
SF-10  REF C   sec             I     pr    G4       2,3       security-forces:58
SF-11  REF C   sec             P     in    G2       1,2,3     security-forces:62
SF-12  REF C   sec             P     in    G2       1,2,3     security-forces:63
SF-13  REF C   sec             P     in    G2       1,2,3     security-forces:64
SF-14  REF C   sec             P     in,en G2       1,2,3     security-forces:65
SF-15  T3  C   sec             P     co    G2,G4    2,3       security-forces:66
SF-16  REF C   sec             P     in    G2,G4    1,2,3     security-forces:70
SF-17  REF C   sec             P     in    G2       1,2,3     security-forces:71
SF-18  REF C   sec             P     in    G2       1,2,3     security-forces:72
SF-19  REF C   sec             P     pr    G2,G4    1,2,3     security-forces:76
SF-20  REF C   sec             I     ac    G4       1,2,3,4   security-forces:80
SF-21  REF C   sec             P     in    G1,G4    1,2,3     security-forces:81
SF-22  REF C   sec             P     pr,in G4       2,3       security-forces:82
SF-23  REF C   sec             P     pr,in G4,G1    2,3       security-forces:83
SF-24  REF C   sec             I     ac,pr G4       2,3       security-forces:87
SF-25  REF C   sec             I     ac    G4       2,3       security-forces:88
SF-26  REF C   sec             I     ac    G4       2,3       security-forces:92
SF-27  REF C   sec             P     ca    G2,G1    1,2,3     security-forces:96
SF-28  REF C   sec             P     ca    G1,G2    1,2,3     security-forces:97
SF-29  REF C   sec             I,P   co,sy G2,G4    3         security-forces:101
SF-30  REF C   sec             P,I   pr    G4       1,2,3     security-forces:105
SF-31  REF C   exs             P     kd    G2       1,2,3,4   security-forces:115
SF-32  REF C   exs             I,P   sy    G2       2,3       security-forces:116
SF-33  REF C   exs             P     in,sy G2,G3    2,3       security-forces:117
SF-34  REF C   exs             P     in    G1,G4    2,3       security-forces:118
SF-35  REF C   exs             P     pr,sy G4,G2    2,3       security-forces:124
SF-36  REF C   exs             P     sy,in G3,G2    2,3       security-forces:125
SF-37  REF C   exs             P     ca    G1       1,2,3,4   security-forces:126
SF-38  REF C   exs             P     in    G2,G3    2,3       security-forces:128
SF-39  REF C   exs             P     en,in G2       2,3       security-forces:129
SF-40  T3  C   exs             P     co    G4,G2    2,3,4     security-forces:130
CO-01  T0  O,I mfa,cso         S     in    G4,G0    0,1,2,3,4 rap-cohort:24
CO-01a T0  O,I mfa,cso         S     in    G4,G0    0,1,2,3,4 rap-cohort:25
CO-01b T0  O,I mfa,cso         S     in    G4,G0    0,1,2,3,4 rap-cohort:26
CO-02  T0  I   mfa,mul,cso     S     di,in G4,G3    1,2,3,4   rap-cohort:27
CO-03  T1  I   cso             P     ac,in G4       0,1,2,3,4 rap-cohort:30
CO-04  T0  I   cso,mfa         P,S   in,ac G4,G3    0,1,2,3,4 rap-cohort:31
CO-05  T2  O,I mfa,cso         S     pr,in G4       0,1,2,3,4 rap-cohort:36
CO-06  T0  I   cso,aid         P     ca,kd G1       0,1,2,3,4 rap-cohort:37
CO-07  T0  I   aid,mfa         I     ca,hu G1,G4    0,1,2,3,4 rap-cohort:38
CO-08  T0  I   int,mfa         S     pr,ca G4       0,1,2,3,4 rap-cohort:41
CO-09  T0  O,I mfa,pol         S     di,pl G0,G4    0,1,2,3,4 rap-cohort:46
CO-10  T0  O   int,cso         P     pr,in G4       0,1,2,3,4 rap-cohort:47
CO-11  T0  I   cso             I     kd    G4       0,1,2,3,4 rap-cohort:48
CO-12  T0  I   cso             P     ca,ac G4       0,1,2,3,4 rap-cohort:49
CO-13  T0  I   mfa,mul         S,I   di    G4       0,1,2,3,4 rap-cohort:52
CO-14  T0  I   mfa,mul         S     pl,kd G4,G0    0,1,2,3,4 rap-cohort:53
CO-14a T2  I   mfa,int         P     pr,kd G4       0,1,2,3,4 rap-cohort:54
CO-14b T0  I   mfa,cso         I,P   pr    G4       0,1,2,3,4 rap-cohort:55
CO-14c T2  I   int,aid         P     pr,hu G4       0,1,2,3,4 rap-cohort:56
CO-15  T0  I   mfa             S     di    G4       0,1,2,3,4 rap-cohort:57
CO-16  T0  I   mfa,jus,int     I     di,pr G4       0,1,2,3,4 rap-cohort:58
CO-17  T2  I   tre,mfa,par     P,I   co,kd G4       0,1,2,3,4 rap-cohort:59
CO-18  T2  I   tra,mfa,mul     S     co,kd G0       0,1,2,3,4 rap-cohort:64
CO-19  T0  O,I tra,par         S     co,pl G0       0,1,2,3,4 rap-cohort:67
CO-20  T0  O   tra,par         I     pr,pl G0       0,1,2,3,4 rap-cohort:68
BY-01  REF C   mov             S     sy    G1       2,3       belarus-2020:26
BY-02  T1  I,O pub,aid         P     ca,hu G1,G3    2,3       belarus-2020:26
BY-03  REF C   mov             P     di    G1       2,3,4     belarus-2020:26
BY-04  T0  I   pol,mfa,mul,pub S     di    G4       2,3       belarus-2020:30
BY-05  T0  I   mfa,mul         S     di,ac G4       2,3       belarus-2020:30
BY-06  T0  I,O pub,pol         P     sy    G3       2,3       belarus-2020:32
BY-07  T1  I   pub,mul         P     en,ca G1,G2    2,3       belarus-2020:34
BY-08  T0  I   pol             S     di    G4       2,3       belarus-2020:36
BY-09  T0  I   pol,mfa         S     di    G4       2,3,4     belarus-2020:36
BY-10  T0  I   pol,mul         S,P   di,sy G3,G4    2,3,4     belarus-2020:38
RS-01  T1  I   mfa,mul,cso     P,I   pr,in G4       0,1,2,3,4 crm-atrocity:39
RS-02  T0  I   mfa,mul         S     di    G4       1,2,3,4   crm-atrocity:41
RS-03  T1  O,I mfa,mul         S     co,di G4       2,3       crm-atrocity:41
RS-04  T2  O,I mfa,tre         S     en    G4,G2    0,1,2,3,4 crm-atrocity:41
RS-05  T2  O,I tra,tre         S,I   co    G4       2,3       crm-atrocity:41
RS-06  T2  I   jus,mfa,mul     P     ac,co G4,G2    1,2,3,4   crm-atrocity:41
RS-07  T2  O,I tre             P,I   co    G4,G2    2,3       crm-atrocity:41
RS-08  T2  I   mfa,mul         S,I   co    G4       0,1,2,3,4 crm-atrocity:41,253
RS-09  T3  I   mul             S     co    G4       3         crm-atrocity:41
RS-10  T3  I   mul             S     co    G4       3         crm-atrocity:41
RS-11  T2  O,I tra             S,I   co    G4       0,1,2,3,4 crm-atrocity:253
RS-12  T3  I   mod             P     co    G4       2,3       crm-atrocity:49-81,208-210
RS-13  T2  I,C mod,mfa         P     pr    G4       2,3       crm-atrocity:89
RS-14  T2  I,C mod,aid         P     pr    G4       2,3       crm-atrocity:89,168
RS-15  T2  I,C aid,mod         P     pr,hu G4       2,3       crm-atrocity:168
RS-16  T2  I   mfa,int         P     en    G2       1,2,3     crm-atrocity:168
RS-17  T2  I   aid,mfa         P     en,ca G1,G4    1,2,3,4   crm-atrocity:97,254
RS-18  T2  O,I pol,mfa,par     P     sy,di G3,G2    2,3,4     crm-atrocity:105,178
RS-19  T2  O   pol             S,P   sy,di G3,G2    2,3,4     crm-atrocity:101-105,178
RS-20  T2  I   mul,mfa         S     di,sy G3,G4    2,3,4     crm-atrocity:105,186,266
RS-21  T2  O   mfa             P     di    G3       2,3,4     crm-atrocity:186
RS-22  T2  O,I par             S,P   sy,di G3       2,3,4     crm-atrocity:178
RS-23  T2  O   par             P     di,ca G1,G3    2,3,4     crm-atrocity:168,184
RS-24  T2  I,C aid,mul         P     hu    G4,G3    2,3,4     crm-atrocity:107
RS-25  T2  I   mul,mfa         P,S   di    G4       2,3,4     crm-atrocity:107
RS-26  T2  I   mfa,aid         P     en    G1,G4    1,2,3,4   crm-atrocity:118
RS-27  T1  I,C aid,cso         P     ca    G1       0,1,2,3   crm-atrocity:124,268
RS-28  T1  I,C aid,cso,mul     P     ca,pr G4,G1    1,2,3,4   crm-atrocity:124,196
RS-29  T2  I   mod             P     ca    G4       2,3       crm-atrocity:124,192-194
RS-30  T1  I,C mul,mfa,cso     P     ca,di G1       1,2,3,4   crm-atrocity:128-130
RS-31  T1  I,C mul,cso         P     ca    G1       1,2,3,4   crm-atrocity:132
RS-32  T1  I,C mul,cso         P,I   ca    G1       3,4       crm-atrocity:132
RS-33  T0  I   mul             I     ac    G4       1,2,3,4   crm-atrocity:140,144
RS-34  T1  I,C mul,cso         P     ac,ca G4       1,2,3,4   crm-atrocity:144,275
RS-35  T2  I   jus,mfa,mul     P,S   ac    G4       1,2,3,4   crm-atrocity:200-202
RS-36  T1  I,C mul,cso         P,I   ac    G4       4         crm-atrocity:146
RS-37  T2  O,I tre,tra,mfa     S,I   co,ac G4       2,3,4     crm-atrocity:138,204,310
RS-38  T1  I,C cso,aid         P     ca,ac G4,G1    1,2,3,4   crm-atrocity:206
"""
GRADED = """
G-01   D 0 +0.000 for EV-16,EV-41 against EV-46
G-02   D 0 +0.000 for EV-16,EV-41 against EV-35
G-03   B 1 +0.333 for EV-24,EV-41 against EV-35
G-04   B 1 +0.333 for EV-24,EV-41 against EV-35
G-05   B 1 +0.333 for EV-24,EV-41 against EV-35
G-06   B 1 +0.333 for EV-24,EV-41 against EV-35
G-06a  B 1 +0.333 for EV-24,EV-41 against EV-35
G-06b  B 1 +0.333 for EV-24,EV-41 against EV-35
G-06c  B 1 +0.333 for EV-24,EV-41 against EV-35
G-07   B 1 +0.333 for EV-24,EV-41 against EV-35
G-08   B 3 +0.600 for EV-22,EV-23,EV-41 against EV-48
G-09   B 2 +0.333 for EV-09,EV-41 against EV-48
G-10   B 1 +0.333 for EV-24,EV-41 against EV-35
G-11   B 1 +0.333 for EV-24,EV-41 against EV-35
G-12   B 1 +0.333 for EV-15,EV-41 against EV-46
G-13   B 1 +0.500 for EV-03,EV-41 against EV-46
G-14   D 0 +0.000 for EV-16,EV-41 against EV-46
G-15   D 0 +0.000 for EV-16,EV-41 against EV-46
G-16   D 0 +0.000 for EV-16,EV-41 against EV-46
G-17   D 0 +0.000 for EV-16,EV-41 against EV-46
G-18   B 1 +0.333 for EV-14,EV-41 against EV-46
G-19   D 0 +0.000 for EV-41 against EV-46
G-19a  D 0 +0.000 for EV-41 against EV-46
G-19b  D 0 +0.000 for EV-41 against EV-46
G-19c  D 0 +0.000 for EV-41 against EV-46
G-19d  D 0 +0.000 for EV-41 against EV-46
G-20   D 3 -0.167 for EV-51,EV-38,EV-41 against EV-08,EV-26
G-21   D 0 +0.000 for EV-41 against EV-46
G-22   B 1 +0.333 for EV-14,EV-41 against EV-46
G-23   B 1 +0.333 for EV-14,EV-41 against EV-46
G-24   B 1 +0.333 for EV-14,EV-41 against EV-46
G-25   D 0 +0.000 for EV-41 against EV-46
G-26   B 3 +0.500 for EV-20,EV-01,EV-41 against EV-21,EV-35
G-27   D 0 +0.000 for EV-41 against EV-46
G-28   C 2 +0.200 for EV-14,EV-41 against EV-11
G-29   D 0 +0.000 for EV-41 against EV-46
G-30   D 0 +0.000 for EV-41 against EV-46
G-31   B 1 +0.500 for EV-03,EV-41 against EV-46
G-32   D 0 +0.000 for EV-41 against EV-35
G-33   D 3 +0.000 for EV-31,EV-41 against EV-19,EV-21,EV-35
G-34   D 0 +0.000 for EV-41 against EV-46
G-35   D 3 +0.000 for EV-31,EV-41 against EV-19,EV-21,EV-35
G-36   D 3 +0.000 for EV-31,EV-41 against EV-19,EV-21,EV-35
G-37   C 2 +0.200 for EV-14,EV-41 against EV-11
G-38   B 1 +0.333 for EV-15,EV-41 against EV-46
G-39   D 0 +0.000 for EV-41 against EV-46
G-40   B 1 +0.333 for EV-15,EV-41 against EV-46
G-40a  B 1 +0.333 for EV-15,EV-41 against EV-46
G-40b  B 1 +0.333 for EV-15,EV-41 against EV-46
G-40c  B 4 +0.778 for EV-15,EV-29,EV-07,EV-30,EV-41 against EV-46
G-40d  B 1 +0.333 for EV-15,EV-41 against EV-46
G-41   D 0 +0.000 for EV-41 against EV-46
G-42   D 0 +0.000 for EV-41 against EV-46
G-43   D 0 +0.000 for EV-41 against EV-35
G-44   D 0 +0.000 for EV-41 against EV-46
G-44a  D 0 +0.000 for EV-41 against EV-46
G-44b  D 0 +0.000 for EV-41 against EV-46
G-44c  D 0 +0.000 for EV-41 against EV-46
G-44d  D 0 +0.000 for EV-41 against EV-46
G-44e  D 0 +0.000 for EV-41 against EV-46
G-45   B 1 +0.500 for EV-03,EV-41 against EV-46
G-46   D 0 +0.000 for EV-41 against EV-46
G-47   D 0 +0.000 for EV-41 against EV-46
G-48   B 3 +0.500 for EV-20,EV-01,EV-41 against EV-21
G-49   B 3 +0.500 for EV-20,EV-01,EV-41 against EV-21
G-50   B 3 +0.500 for EV-20,EV-01,EV-41 against EV-21
G-51   B 3 +0.500 for EV-20,EV-01,EV-41 against EV-21
G-52   B 1 +0.333 for EV-14,EV-41 against EV-46
G-53   B 1 +0.500 for EV-03,EV-41 against EV-46
G-54   B 1 +0.500 for EV-03,EV-41 against EV-46
G-55   B 1 +0.500 for EV-03,EV-41 against EV-46
G-56   D 0 +0.000 for EV-41 against EV-46
G-57   B 1 +0.500 for EV-03,EV-41 against EV-46
G-58   B 1 +0.500 for EV-03,EV-41 against EV-46
G-59   B 2 +0.333 for EV-32,EV-41 against EV-11
G-59a  B 2 +0.333 for EV-32,EV-41 against EV-11
G-59b  B 2 +0.333 for EV-32,EV-41 against EV-11
G-59c  B 2 +0.333 for EV-32,EV-41 against EV-11
G-60   D 0 +0.000 for EV-41 against EV-46
G-61   B 3 +0.600 for EV-22,EV-23,EV-41 against EV-48,EV-35
G-62   D 1 +0.000 for EV-45,EV-41 against EV-48
G-63   B 2 +0.667 for EV-01,EV-02,EV-34,EV-41 against EV-46
G-64   B 2 +0.667 for EV-01,EV-02,EV-34,EV-41 against EV-46
G-65   D 0 +0.000 for EV-41 against EV-46
G-66   B 3 +0.600 for EV-22,EV-23,EV-41 against EV-48
G-67   D 0 +0.000 for EV-41 against EV-46
G-68   D 0 +0.000 for EV-41 against EV-46
G-69   B 3 +0.800 for EV-06,EV-07,EV-30,EV-41 against EV-46
G-70   B 3 +0.600 for EV-22,EV-23,EV-41 against EV-48
G-71   A 5 +0.538 for EV-22,EV-23,EV-14,EV-41 against EV-48,EV-11
G-72   D 0 +0.000 for EV-41 against EV-46
G-73   B 1 +0.500 for EV-03,EV-41 against EV-46
G-74   D 3 +0.000 for EV-40,EV-41 against EV-19,EV-21
G-75   B 3 +0.750 for EV-29,EV-07,EV-30,EV-41 against EV-46
SF-01  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-02  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-03  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-04  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-05  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-06  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-07  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-08  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-09  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-10  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-11  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-12  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-13  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-14  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-15  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-16  B 3 +0.750 for EV-03,EV-01,EV-02,EV-34,EV-42 against EV-46
SF-17  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-18  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-19  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-20  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-21  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-22  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-23  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-24  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-25  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-26  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-27  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-28  B 3 +0.750 for EV-03,EV-01,EV-02,EV-34,EV-42 against EV-46
SF-29  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-30  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-31  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-32  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-33  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-34  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-35  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-36  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-37  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-38  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-39  B 1 +0.500 for EV-03,EV-42 against EV-46
SF-40  B 1 +0.500 for EV-03,EV-42 against EV-46
CO-01  D 0 +0.000 for EV-43 against EV-46
CO-01a D 0 +0.000 for EV-43 against EV-46
CO-01b D 0 +0.000 for EV-43 against EV-46
CO-02  D 0 +0.000 for EV-43 against EV-46
CO-03  D 0 +0.000 for EV-43 against EV-46
CO-04  D 0 +0.000 for EV-43 against EV-46
CO-05  D 0 +0.000 for EV-43 against EV-46
CO-06  D 0 +0.000 for EV-43 against EV-46
CO-07  D 0 +0.000 for EV-43 against EV-46
CO-08  D 0 +0.000 for EV-43 against EV-46
CO-09  D 0 +0.000 for EV-43 against EV-46
CO-10  D 0 +0.000 for EV-43 against EV-46
CO-11  D 0 +0.000 for EV-43 against EV-46
CO-12  D 0 +0.000 for EV-43 against EV-46
CO-13  D 0 +0.000 for EV-43 against EV-46
CO-14  B 3 +0.600 for EV-22,EV-23,EV-43 against EV-48
CO-14a D 0 +0.000 for EV-43 against EV-46
CO-14b D 0 +0.000 for EV-43 against EV-46
CO-14c D 0 +0.000 for EV-43 against EV-46
CO-15  D 0 +0.000 for EV-43 against EV-46
CO-16  D 0 +0.000 for EV-43 against EV-46
CO-17  C 2 +0.200 for EV-14,EV-43 against EV-11
CO-18  B 3 +0.600 for EV-22,EV-23,EV-43 against EV-48
CO-19  D 0 +0.000 for EV-43 against EV-46
CO-20  D 0 +0.000 for EV-43 against EV-46
BY-01  D 0 +0.000 for EV-44 against EV-46
BY-02  D 3 +0.000 for EV-31,EV-44 against EV-19,EV-21
BY-03  D 0 +0.000 for EV-44 against EV-46
BY-04  D 0 +0.000 for EV-44 against EV-46
BY-05  B 1 +0.333 for EV-15,EV-44 against EV-46
BY-06  D 0 +0.000 for EV-44 against EV-46
BY-07  D 3 +0.000 for EV-40,EV-44 against EV-19,EV-21
BY-08  D 0 +0.000 for EV-44 against EV-46
BY-09  D 0 +0.000 for EV-44 against EV-46
BY-10  D 0 +0.000 for EV-44 against EV-46
RS-01  D 1 +0.000 for EV-45 against EV-48
RS-02  B 1 +0.333 for EV-15,EV-45 against EV-46
RS-03  D 1 +0.000 for EV-45 against EV-48
RS-04  D 1 +0.000 for EV-45 against EV-48
RS-05  C 2 +0.200 for EV-14,EV-45 against EV-11
RS-06  B 3 +0.800 for EV-06,EV-07,EV-30,EV-45 against EV-46
RS-07  C 2 +0.200 for EV-14,EV-45 against EV-11
RS-08  B 2 +0.333 for EV-32,EV-45 against EV-11
RS-09  X 1 -0.500 for EV-45 against EV-39,EV-50
RS-10  X 1 -0.500 for EV-45 against EV-39,EV-50
RS-11  B 2 +0.333 for EV-32,EV-45 against EV-11
RS-12  X 8 -0.727 for EV-18,EV-45 against EV-04,EV-05,EV-17,EV-25,EV-39,EV-01,EV-02
RS-13  B 1 +0.500 for EV-33,EV-45 against EV-37
RS-14  B 1 +0.500 for EV-33,EV-45 against EV-37
RS-15  B 1 +0.500 for EV-33,EV-45 against EV-37
RS-16  B 2 +0.667 for EV-03,EV-33,EV-45 against EV-37
RS-17  D 3 +0.000 for EV-31,EV-45 against EV-19,EV-21
RS-18  D 2 +0.000 for EV-38,EV-49,EV-45 against EV-08,EV-36
RS-19  X 2 -0.400 for EV-38,EV-45 against EV-08,EV-26,EV-36
RS-20  B 2 +0.600 for EV-27,EV-28,EV-45 against EV-36
RS-21  D 2 +0.000 for EV-38,EV-49,EV-45 against EV-08,EV-36
RS-22  D 2 +0.000 for EV-38,EV-49,EV-45 against EV-08,EV-36
RS-23  D 2 +0.000 for EV-38,EV-49,EV-45 against EV-08,EV-36
RS-24  D 0 +0.000 for EV-38,EV-45 against EV-37
RS-25  X 1 -0.500 for EV-38,EV-45 against EV-37,EV-09
RS-26  B 1 +0.500 for EV-13,EV-38,EV-45 against EV-37
RS-27  B 3 +0.500 for EV-20,EV-01,EV-45 against EV-21
RS-28  B 3 +0.250 for EV-12,EV-13,EV-45 against EV-12
RS-29  B 3 +0.250 for EV-12,EV-13,EV-45 against EV-12
RS-30  B 2 +0.333 for EV-09,EV-45 against EV-48
RS-31  B 2 +0.333 for EV-09,EV-45 against EV-48
RS-32  B 2 +0.333 for EV-09,EV-45 against EV-48
RS-33  B 3 +0.800 for EV-06,EV-07,EV-30,EV-45 against EV-46
RS-34  B 3 +0.750 for EV-29,EV-07,EV-30,EV-45 against EV-46
RS-35  B 3 +0.800 for EV-06,EV-07,EV-30,EV-45 against EV-46
RS-36  B 1 +0.500 for EV-07,EV-45 against EV-46
RS-37  B 3 +0.500 for EV-10,EV-32,EV-45 against EV-11
RS-38  B 3 +0.750 for EV-29,EV-07,EV-30,EV-45 against EV-46
"""


def joined(values: tuple[object, ...]) -> str:
    """Write codes with commas."""
    return ",".join(str(value) for value in values)


@pytest.mark.parametrize("line", CODED.strip().splitlines())
def test_an_entry_is_coded_as_reviewed(line: str) -> None:
    name, tier, where, who, target, nature, goals, phases, passage = line.split()
    action = catalogue()[name]
    assert (action.tier, joined(action.where), joined(action.who)) == (tier, where, who)
    assert (joined(action.target), joined(action.nature)) == (target, nature)
    assert (joined(action.goals), joined(action.phases)) == (goals, phases)
    cited = f"{action.citation.source}:{action.citation.lines.replace(' ', '')}"
    assert cited == passage


@pytest.mark.parametrize("line", GRADED.strip().splitlines())
def test_the_evidence_of_an_entry_is_graded_as_reviewed(line: str) -> None:
    name, letter, studies, s, _, pro, _, contra = line.split()
    action = catalogue()[name]
    grade = grade_evidence(action)
    assert (grade.letter, grade.studies) == (letter, int(studies))
    assert grade.s == pytest.approx(float(s), abs=5e-4)
    assert (joined(action.evidence_for), joined(action.evidence_against)) == (pro, contra)


def test_every_entry_is_in_both_tables() -> None:
    for table in (CODED, GRADED):
        assert [line.split()[0] for line in table.strip().splitlines()] == list(catalogue())
