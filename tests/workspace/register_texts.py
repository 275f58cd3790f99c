"""Invented lists of invented persons, in three scripts."""

HEAD = "id,name,birth date,date of arrest,articles,sentence,status,prison\n"
COURT = (
    HEAD
    + "1,Ганна Іванова,1988-02-03,2023-03-01,art. 342,3 years,detained,IK-4\n"
    + "2,李敏,1990-05-06,2023-04-02,art. 105,,detained,Qingpu\n"
    + "3,Aung Ko Win,,2023-05-03,art. 505,2 years,detained,Insein\n"
)
FAMILIES = (
    HEAD
    + "a,Hanna Ivanova,1988-02-03,2023-03-01,342,3 years,detained,Penal colony 4\n"
    + "b,Li Min,1990-05-06,2023-04-02,105,,detained,\n"
    + "c,مریم احمدی,1995,2023-06-07,500,,detained,اوین\n"
)
SECRET = (
    HEAD
    + "s1,Ганна Іванова,1988-02-03,2023-03-01,342,,detained,IK-4\n"
    + "s2,Pilip Sakret,1979-01-01,2023-09-01,130,,detained,KGB\n"
)
