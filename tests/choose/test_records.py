"""Figures, definitions, criteria and evidence, as they were reviewed."""

from __future__ import annotations

import pytest

from standwith.choose.release import by_id, current
from standwith.kernel.document import Data

STATISTICS = """
ST-01 > 31 2020-12 yes icnc-guide:22 days
ST-02 about 60 2020-12 yes icnc-guide:22-24 days
ST-03 > 52 2020 does-not-recompute security-forces:21 per cent
ST-04 = 46 2020 does-not-recompute security-forces:21 times
ST-05 = 3 2020 no security-forces:7,113 per cent
ST-06 = 16 2022 yes rap-cohort:4 years
ST-07 = 67 2022 yes rap-cohort:57 countries
ST-08 = 80.1 2020-08-09 no belarus-2020:10 per cent of the vote, official
ST-09 = 26 2020 yes belarus-2020:8 years
ST-10 <= 400000 2020-08-16 no belarus-2020:26 persons
ST-11 > 72 2020-08-12 yes belarus-2020:16 hours
ST-12 >= 6700 2020-08-16~ no belarus-2020:16 persons detained
ST-13 > 230 2022-02-02 yes crm-atrocity:218 protests
ST-14 = 53 2008 recomputed crm-atrocity:75 per cent, against 26
ST-15 = 57 2011 no crm-atrocity:79 per cent, against 6
ST-16 > 3509 2023-05-15 yes crm-atrocity:154 persons killed
ST-17 = 1500000 2023-05-01 yes crm-atrocity:154 persons displaced inside
ST-18 > 160 2023-04 no crm-atrocity:154 persons killed
ST-19 about 52 2022-09-05 no crm-atrocity:162 per cent of the territory
ST-20 = 0 2023 no crm-atrocity:178 states
ST-21 = 2 2022-12 no crm-atrocity:186 deferrals
ST-22 = 0 2024 no crm-atrocity:65 endorsements
"""
DEFINITIONS = """
DF-01 working crm-atrocity:9 atrocity prevention
DF-02 working crm-atrocity:7,27 civilian resistance movement (CRM)
DF-03 working crm-atrocity:27 rebel, militia, non-state armed group
DF-04 working crm-atrocity:33+crm-atrocity:224 ethnic armed organisation (EAO)
DF-05 working crm-atrocity:49-51,89 lethal / nonlethal military support
DF-06 working crm-atrocity:105 degrees of recognition
DF-07 working crm-atrocity:122-134 technical assistance
DF-08 working crm-atrocity:138-148 accountability
DF-09 working crm-atrocity:43,65+crm-atrocity:229 responsibility to protect (RtoP); World Summit Outcome 138–139
DF-10 working crm-atrocity:81 responsibility not to support
DF-11 working icnc-guide:294+security-forces:97 nonviolent discipline
DF-12 working icnc-guide:110-114,319 protective accompaniment
DF-13 working icnc-guide:156-160 movement mindset
DF-14 working icnc-guide:325-329 golden parachute
DF-15 working icnc-guide:254 the four phases
DF-16 working rap-cohort:64 economic Article 5
DF-17 working rap-cohort:64 economic coercion
DF-18 working icnc-guide:62,264+security-forces:21 loyalty shift, defection
DF-19 working icnc-guide:168 permanent task force
DF-20 undefined-in-sources rap-cohort:46-59 transnational repression (TNR)
DF-21 undefined-in-sources rap-cohort:21-31+belarus-2020:30 political prisoner
"""
CRITERIA = """
K01 fact organisation false icnc-guide:69-73 the request comes before the aid
K02 fact organisation false icnc-guide:73 the recipient is nonviolent
K03 sign-off action false icnc-guide:86 presence only where benefit outweighs the risk of expulsion
K04 fact person false icnc-guide:266 asylum only for persons not accused of violations
K05 fact person false icnc-guide:272 special passports only for persons not involved in violations
K06 fact organisation false icnc-guide:270 an officer's way out only with the movement
K07 sign-off person false icnc-guide:249 retreats: identities protected, return planned
K08 limit action false icnc-guide:300 awards go to the collective only
K09 fact situation false icnc-guide:325-329 parachute only after a peaceful exit, at most two terms, no repression
K10 fact situation false icnc-guide:276 military aid: hold in anticipation, cut on violence
K11 fact situation false icnc-guide:182 sanctions follow repression of civilians and are announced before
K12 fact situation false icnc-guide:254 support fits the phase
K13 lint catalogue false icnc-guide:52-65 each action says where, target, nature and goal
K14 reference person false security-forces:87-88 order test: written, signed, constitutional
K15 reference person false security-forces:27 own judgement, a trusted group or an external ally
K16 reference person false security-forces:124-125 those who join in uniform are unarmed
K17 scope catalogue false rap-cohort:17 sister cohorts' areas stay out of scope
K18 date catalogue false rap-cohort:23,27,29,35,40,45,51,63,66 time slots around the second Summit; 3 December
K19 publication catalogue false rap-cohort:36 discreet material is never published
R1 fact organisation true crm-atrocity:111 after a coup, leaders come from the deposed elected government
R2 fact organisation true crm-atrocity:112 diverse and inclusive representation
R3 fact organisation true crm-atrocity:113 commitment to deliberation and dialogue
R4 fact organisation true crm-atrocity:114 commitment to democratic resolution of conflict
R5 fact organisation true crm-atrocity:115 commitment to international humanitarian law
R6 fact organisation true crm-atrocity:116 commitment to human rights
J1 fact situation false crm-atrocity:61 last resort
J2 fact situation false crm-atrocity:61 just cause: atrocities imminent or under way
J3 fact situation false crm-atrocity:61-63 right intention: halting atrocities is the main aim
J4 fact situation false crm-atrocity:63 proportionality: the least support that protects
J5 fact situation false crm-atrocity:65-67 right authority
J6 fact situation false crm-atrocity:69-79 reasonable chance of success
E1 fact organisation false crm-atrocity:85-87 rare exception for lethal support: legitimacy and a chance of success
N1 fact organisation false crm-atrocity:89 nonlethal aid raises the capacity to protect
N2 fact organisation false crm-atrocity:89 nonlethal aid neither arms nor escalates
P1 sign-off action false crm-atrocity:97 right intention and proportionality answer the sovereignty objection
X1 fact situation false crm-atrocity:29 a foreign invasion is out of scope
X2 fact situation false crm-atrocity:27,29,33 the context is repression, or a coup
"""
EVIDENCE = """
EV-01 2 related in-source crm-atrocity:75,242 Chenoweth and Stephan 2008
EV-02 2 related in-source crm-atrocity:79,249 Chenoweth and Stephan 2011
EV-03 2 related recomputed security-forces:21 Bartkowski 2020, citing quantitative research
EV-04 2 atrocity in-source crm-atrocity:77,248 Salehyan, Siroky and Wood 2014
EV-05 2 atrocity in-source crm-atrocity:75,243 Moore 2012
EV-06 2 atrocity in-source crm-atrocity:138,274 Jo and Simmons 2016
EV-07 1 atrocity in-source crm-atrocity:146,276 UN Framework of Analysis 2014; Straus 2016
EV-08 1 atrocity in-source crm-atrocity:134,265 Libya, National Transitional Council, 2011-2012
EV-09 1 atrocity in-source crm-atrocity:128-130 Myanmar peace process after 2010
EV-10 1 atrocity in-source crm-atrocity:204,310-311 Myanmar, aviation fuel, 2023
EV-11 1 atrocity in-source crm-atrocity:156-158 Myanmar, sanctions and embargoes, 2021-2023
EV-12 1 atrocity in-source crm-atrocity:196 Myanmar, training of armed units, 2021-2023
EV-13 1 atrocity in-source crm-atrocity:124,271 Mack and Pejic 2008
EV-14 1 related in-source icnc-guide:22-28 Belarus, answer of democracies, 2020
EV-15 1 related in-source belarus-2020:18 Belarus, August 2020
EV-16 0 related in-source icnc-guide:69-73 Bartkowski 2020
EV-17 1 atrocity in-source crm-atrocity:77,247 Jose and Medie 2015
EV-18 1 atrocity in-source crm-atrocity:85 Bosnia, 1990s
EV-19 1 related recomputed crm-atrocity:75 NAVCO 1.2, own count
EV-20 2 related recalled icnc-guide:354 Chenoweth and Stephan 2021
EV-21 2 related recalled icnc-guide:354 Chenoweth and Stephan 2021
EV-22 2 related recalled icnc-guide:354 Chenoweth and Stephan 2021
EV-23 2 atrocity recalled crm-atrocity:41 USHMM, Tools for Atrocity Prevention, 2022
EV-24 1 related recalled icnc-guide:355 Community of Democracies, Diplomat's Handbook, 2008-2013
EV-25 1 atrocity in-source crm-atrocity:79 Afghanistan
EV-26 1 related in-source crm-atrocity:103 Venezuela, 2019
EV-27 1 atrocity in-source crm-atrocity:186 Myanmar, UN credentials, 2021-2022
EV-28 1 related in-source crm-atrocity:266 Cambodia and Sierra Leone 1997, Honduras 2009, Cote d'Ivoire 2011
EV-29 1 atrocity in-source crm-atrocity:144,275 Syria, IIIM and the Lausanne Platform
EV-30 1 atrocity in-source crm-atrocity:200-202 Myanmar, IIMM
EV-31 1 related in-source crm-atrocity:97,254 Serbia, Otpor
EV-32 1 atrocity in-source crm-atrocity:253 Arms embargoes and dual-use controls
EV-33 1 atrocity in-source crm-atrocity:89,252 Syria, Libya, Yemen, Ukraine
EV-34 0 related in-source security-forces:97 Bartkowski 2020, for security forces
EV-35 0 related in-source belarus-2020:22 Belarus, August 2020
EV-36 0 atrocity in-source crm-atrocity:107 Staunton and Jacob 2024
EV-37 0 atrocity in-source crm-atrocity:97 Staunton and Jacob 2024
EV-38 0 atrocity in-source crm-atrocity:107 Staunton and Jacob 2024
EV-39 1 atrocity in-source crm-atrocity:162 Myanmar, air strikes, 2022-2023
EV-40 1 related in-source belarus-2020:34 Belarus, strikes in state firms, 2020
EV-41 0 related in-source icnc-guide:42 Bartkowski 2020
EV-42 0 related in-source security-forces:25 Bartkowski 2020, for security forces
EV-43 0 related in-source rap-cohort:8 Cohort Resisting Authoritarian Pressure 2022
EV-44 0 related in-source belarus-2020:28-38 Dadonau 2020
EV-45 0 atrocity in-source crm-atrocity:39-41 Staunton and Jacob 2024
EV-46 0 related editorial - The editors
EV-47 0 related in-source rap-cohort:4 Cohort Resisting Authoritarian Pressure 2022
EV-48 1 atrocity in-source crm-atrocity:180 Myanmar, ASEAN, 2021-2023
EV-49 1 atrocity in-source crm-atrocity:178-188 Myanmar, recognition of the NUG, 2021-2022
EV-50 0 atrocity in-source crm-atrocity:162 Myanmar, pause of hard measures
EV-51 1 related in-source icnc-guide:24 Lithuania, 2020
"""


def passages(row: Data) -> str:
    """Write the passages of a record."""
    cited = (f"{s['source']}:{s['lines'].replace(' ', '')}" for s in row["sources"])
    return "+".join(cited) or "-"


@pytest.mark.parametrize("line", STATISTICS.strip().splitlines())
def test_a_figure_is_as_its_source_gives_it(line: str) -> None:
    name, relation, value, as_of, recomputable, cited, unit = line.split(maxsplit=6)
    row = by_id(current()["statistics"])[name]
    assert (row["relation"], row["value"], row["unit"]) == (relation, float(value), unit)
    assert (row["as_of"], row["recomputable"], passages(row)) == (as_of, recomputable, cited)


@pytest.mark.parametrize("line", DEFINITIONS.strip().splitlines())
def test_a_definition_says_whether_its_sources_define_it(line: str) -> None:
    name, status, cited, term = line.split(maxsplit=3)
    row = by_id(current()["definitions"])[name]
    assert (row["status"], passages(row), row["term"]["en"]) == (status, cited, term)


@pytest.mark.parametrize("line", CRITERIA.strip().splitlines())
def test_a_criterion_is_of_its_kind(line: str) -> None:
    name, kind, scope, graded, cited, title = line.split(maxsplit=5)
    row = by_id(current()["criteria"])[name]
    assert (row["kind"], row["scope"], str(row["graded"]).lower()) == (kind, scope, graded)
    assert (passages(row), row["title"]["en"]) == (cited, title)


@pytest.mark.parametrize("line", EVIDENCE.strip().splitlines())
def test_a_piece_of_evidence_has_its_strength_and_says_how_it_was_checked(line: str) -> None:
    name, design, directness, checked, cited, study = line.split(maxsplit=5)
    row = by_id(current()["evidence"])[name]
    assert (row["design"], row["directness"]) == (int(design), directness)
    assert (row["checked"], passages(row), row["study"]) == (checked, cited, study)


def test_what_is_recalled_and_not_checked_says_so() -> None:
    recalled = [row["id"] for row in current()["evidence"] if row["checked"] == "recalled"]
    assert recalled == ["EV-20", "EV-21", "EV-22", "EV-23", "EV-24"]
