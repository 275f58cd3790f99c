"""The words of what is done beyond prison, across borders, by Interpol; and for those it hits."""

from __future__ import annotations

from enum import StrEnum


class Tactic(StrEnum):
    """By what means a government restricts a person."""

    HOUSE_ARREST = "house_arrest"
    TRAVEL_BAN = "travel_ban"
    ENTRY_BAN = "entry_ban"
    PASSPORT_REVOKED = "passport_revoked"
    CITIZENSHIP_STRIPPED = "citizenship_stripped"
    ASSET_FREEZE = "asset_freeze"
    ACCOUNT_CLOSED = "account_closed"
    TAX_CASE = "tax_case"
    LISTED_AS_AGENT_OR_EXTREMIST = "listed_as_agent_or_extremist"
    LICENCE_REVOKED = "licence_revoked"
    DISMISSAL = "dismissal"
    EXPULSION_FROM_SCHOOL = "expulsion_from_school"
    FORCED_CONSCRIPTION = "forced_conscription"
    PSYCHIATRIC_CONFINEMENT = "psychiatric_confinement"
    SURVEILLANCE = "surveillance"
    SEARCH = "search"
    SMEAR = "smear"
    THREATS = "threats"
    ASSAULT = "assault"
    DIGITAL_ATTACK = "digital_attack"
    FAMILY_PUNISHED = "family_punished"
    NOTICE = "notice"
    EXTRADITION_REQUEST = "extradition_request"
    DETENTION_ABROAD = "detention_abroad"
    UNLAWFUL_DEPORTATION = "unlawful_deportation"
    RENDITION = "rendition"
    ASSASSINATION = "assassination"
    EXILE = "exile"
    OTHER = "other"


# Direct and physical acts: registers that hold these alone can be laid beside ours.
DIRECT = frozenset(
    {
        Tactic.ASSAULT,
        Tactic.DETENTION_ABROAD,
        Tactic.UNLAWFUL_DEPORTATION,
        Tactic.RENDITION,
        Tactic.ASSASSINATION,
    }
)


class Mode(StrEnum):
    """How a government reaches a person in another country."""

    ALONE = "alone"
    HOST_CO_OPTED = "host_co_opted"
    THROUGH_INTERPOL = "through_interpol"
    MOBILITY = "mobility"
    FROM_AFAR = "from_afar"
    UNKNOWN = "unknown"


class Cooperation(StrEnum):
    """What the host state had to do with it."""

    NONE = "none"
    UNWITTING = "unwitting"
    ACTIVE = "active"
    UNKNOWN = "unknown"


class NoticeKind(StrEnum):
    """By which instrument a person is sought; that there is one is an allegation by a state."""

    RED = "red"
    DIFFUSION = "diffusion"
    BLUE = "blue"
    PASSPORT = "passport"
    OTHER = "other"


class Step(StrEnum):
    """A step before the Commission for the Control of Interpol's Files."""

    FOUND = "found"
    ACCESS_ASKED = "access_asked"
    ACCESS_ANSWERED = "access_answered"
    DELETION_ASKED = "deletion_asked"
    DELETED = "deleted"
    UPDATED = "updated"
    UPHELD = "upheld"
    WITHDRAWN_BY_STATE = "withdrawn_by_state"
    REVISION_ASKED = "revision_asked"


class Joint(StrEnum):
    """A step for a person who is detained to press another state, alone or with partners."""

    ACCESS_ASKED = "consular_access_asked"
    ACCESS_GRANTED = "consular_access_granted"
    ACCESS_REFUSED = "consular_access_refused"
    PARTNERS_CALLED = "partners_called"
    JOINT_STATEMENT = "joint_statement"
    JOINT_DEMARCHE = "joint_demarche"
    RAISED_AT_UN = "raised_at_un"
    SANCTIONED = "sanctioned"
    RELEASED = "released"


class Means(StrEnum):
    """What was done for a person who is held."""

    DEMARCHE = "demarche"
    JOINT_STATEMENT = "joint_statement"
    STATEMENT = "statement"
    TRIAL_OBSERVED = "trial_observed"
    PRISON_VISIT = "prison_visit"
    HOME_VISIT = "home_visit"
    LEGAL_AID = "legal_aid"
    MEDICAL_AID = "medical_aid"
    FINANCIAL_AID = "financial_aid"
    SANCTION = "sanction"
    PRIZE = "prize"
    ADOPTION = "adoption"
    WGAD_PETITION = "wgad_petition"
    TREATY_BODY = "treaty_body"
    CCF_REQUEST = "ccf_request"
    NEGOTIATION = "negotiation"
    CAMPAIGN = "campaign"
    OTHER = "other"


class Response(StrEnum):
    """How the government answered."""

    FAVOURABLE = "favourable"
    PLEDGED = "pledged"
    COUNTER = "counter"
    INFORMATION_ASKED = "information_asked"
    TOKEN = "token"  # noqa: S105 - a word for an answer in form alone
    NONE = "none"
    UNKNOWN = "unknown"
