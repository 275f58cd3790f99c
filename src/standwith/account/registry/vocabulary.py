"""The words of the registry: what may befall a person in custody, and under which law.

Wording is our own; the groups follow what registers of the field tell apart.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What happened to a person in an episode of deprivation of liberty."""

    DISAPPEARED = "disappeared"
    ARRESTED = "arrested"
    REMANDED = "remanded"
    HOUSE_ARREST = "house_arrest"
    RELEASED = "released"
    RELEASED_BAIL = "released_bail"
    CHARGED = "charged"
    INDICTED = "indicted"
    TRIAL_OPEN = "trial_open"
    TRIAL_CLOSED = "trial_closed"
    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    SENTENCED = "sentenced"
    APPEAL_FILED = "appeal_filed"
    APPEAL_DECIDED = "appeal_decided"
    TRANSFERRED = "transferred"
    TERM_EXTENDED = "term_extended"
    NEW_CHARGE_IN_CUSTODY = "new_charge_in_custody"
    PARDONED = "pardoned"
    AMNESTIED = "amnestied"
    EXCHANGED = "exchanged"
    EXILED_ON_RELEASE = "exiled_on_release"
    RELEASED_SERVED = "released_served"
    RELEASED_UNCONDITIONAL = "released_unconditional"
    RELEASED_CONDITIONAL = "released_conditional"
    ESCAPED = "escaped"
    DIED_IN_CUSTODY = "died_in_custody"
    EXECUTED = "executed"
    FOUND = "found"
    WHEREABOUTS_UNKNOWN = "whereabouts_unknown"
    TERM_EXPIRED_STATUS_UNKNOWN = "term_expired_status_unknown"
    NO_LONGER_LISTED = "no_longer_listed"


BEGINS = frozenset({Status.DISAPPEARED, Status.ARRESTED, Status.REMANDED, Status.HOUSE_ARREST})
RELEASES = frozenset(
    {
        Status.RELEASED,
        Status.RELEASED_BAIL,
        Status.ACQUITTED,
        Status.PARDONED,
        Status.AMNESTIED,
        Status.EXCHANGED,
        Status.EXILED_ON_RELEASE,
        Status.RELEASED_SERVED,
        Status.RELEASED_UNCONDITIONAL,
        Status.RELEASED_CONDITIONAL,
    }
)
DEATHS = frozenset({Status.DIED_IN_CUSTODY, Status.EXECUTED})
IN_CUSTODY = frozenset(
    {Status.TRANSFERRED, Status.TERM_EXTENDED, Status.NEW_CHARGE_IN_CUSTODY, Status.FOUND}
)
UNSURE = frozenset(
    {Status.TERM_EXPIRED_STATUS_UNKNOWN, Status.NO_LONGER_LISTED, Status.WHEREABOUTS_UNKNOWN}
)
ENDS = RELEASES | DEATHS | {Status.ESCAPED}


class Detention(StrEnum):
    """By which kind of power a person is held."""

    ADMINISTRATIVE = "administrative"
    EMERGENCY_LAW = "emergency_law"
    NON_VIOLENT_POLITICAL_CHARGE = "non_violent_political_charge"
    ORDINARY_LAW_DISPROPORTIONATE = "ordinary_law_disproportionate"
    AGAINST_PERSON_OR_PROPERTY = "against_person_or_property"
    NON_VIOLENT_AGAINST_STATE = "non_violent_against_state"
    VIOLENT_AGAINST_STATE = "violent_against_state"
    OTHER = "other"
    UNKNOWN = "unknown"


class Group(StrEnum):
    """Why a person may have been a target: work, belief or belonging."""

    JOURNALIST = "journalist"
    ONLINE_COMMENTATOR = "online_commentator"
    HUMAN_RIGHTS_DEFENDER = "human_rights_defender"
    LAWYER = "lawyer"
    OPPOSITION_POLITICIAN = "opposition_politician"
    ELECTION_WORKER = "election_worker"
    TRADE_UNIONIST = "trade_unionist"
    STUDENT_OR_ACADEMIC = "student_or_academic"
    ARTIST_OR_WRITER = "artist_or_writer"
    RELIGIOUS_MINORITY_OR_CLERGY = "religious_minority_or_clergy"
    ETHNIC_MINORITY = "ethnic_minority"
    LGBTI = "lgbti"
    WOMENS_RIGHTS = "womens_rights"
    ENVIRONMENT_OR_LAND = "environment_or_land"
    ANTI_CORRUPTION = "anti_corruption"
    PROTESTER = "protester"
    MEDICAL_WORKER = "medical_worker"
    REFUSED_ORDERS = "refused_orders"
    RELATIVE_OF_TARGET = "relative_of_target"
    BYSTANDER = "bystander"
    FOREIGN_OR_DUAL_NATIONAL = "foreign_or_dual_national"
    OTHER = "other"


class Family(StrEnum):
    """Families of statutes by which states hold people."""

    SPEECH = "speech"
    ANTI_STATE = "anti_state"
    TERRORISM = "terrorism"
    EXTREMISM = "extremism"
    FOREIGN_AGENT = "foreign_agent"
    ASSEMBLY = "assembly"
    RELIGION = "religion"
    FINANCE = "finance"
    ORDINARY = "ordinary"
    CYBER = "cyber"
    ESPIONAGE = "espionage"
    RESISTING_POLICE = "resisting_police"
    MORALITY = "morality"
    EMERGENCY = "emergency"
    NO_CHARGE = "no_charge"
    IN_CUSTODY = "in_custody"
    UNKNOWN = "unknown"
