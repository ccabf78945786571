"""The words of the directory: kinds of organisation, relation, subject, sector, route and fact. No Django here."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is (ORG-01; SQG 2022 Annexes B and C; QSG 2017 ¶38-43)."""

    UNKNOWN = "unknown"  # met in a file that does not say
    NATION = "nation"
    NHS_ENGLAND = "nhs_england"
    REGION = "region"
    STATISTICAL_REGION = "statistical_region"  # the statistics office's regions, which are not the NHS's
    AREA_TEAM = "area_team"  # 2013 area teams, 2017 local offices
    ICB = "icb"
    SUB_ICB = "sub_icb"
    CCG = "ccg"
    COMMISSIONER = "commissioner"  # a commissioner of a kind that the file does not say
    COMBINED_AUTHORITY = "combined_authority"
    LOCAL_AUTHORITY = "local_authority"
    DISTRICT = "district"
    PRIMARY_CARE_NETWORK = "primary_care_network"
    NHS_TRUST = "nhs_trust"
    CARE_TRUST = "care_trust"
    INDEPENDENT_PROVIDER = "independent_provider"
    NOT_FOR_PROFIT_PROVIDER = "not_for_profit_provider"
    PROVIDER = "provider"  # a provider of a kind that the file does not say
    GP_PRACTICE = "gp_practice"
    PRESCRIBER = "prescriber"  # a prescribing cost centre that is no general practice
    DENTAL_PRACTICE = "dental_practice"
    OPTICIAN = "optician"
    PHARMACY = "pharmacy"
    COMMUNITY_PROVIDER = "community_provider"
    AMBULANCE_SERVICE = "ambulance_service"
    CARE_HOME = "care_home"
    HOME_CARE = "home_care"
    HOSPICE = "hospice"
    MENTAL_HEALTH_PROVIDER = "mental_health_provider"
    SITE = "site"
    COLLABORATIVE = "collaborative"
    CHAIN = "chain"
    CQC = "cqc"
    LEGACY_REGULATOR = "legacy_regulator"  # NHS Improvement, Monitor, TDA
    HEALTH_EDUCATION = "health_education"
    PUBLIC_HEALTH = "public_health"
    HEALTHWATCH = "healthwatch"
    PROFESSIONAL_REGULATOR = "professional_regulator"
    OMBUDSMAN = "ombudsman"
    NICE = "nice"
    INNOVATION_NETWORK = "innovation_network"
    CLINICAL_NETWORK = "clinical_network"
    SAFEGUARDING_PARTNERSHIP = "safeguarding_partnership"
    HEALTH_AND_WELLBEING_BOARD = "health_and_wellbeing_board"
    SCRUTINY_COMMITTEE = "scrutiny_committee"
    OFSTED = "ofsted"
    POLICE = "police"
    DEANERY = "deanery"
    VOLUNTARY_BODY = "voluntary_body"
    COMMISSIONING_SUPPORT = "commissioning_support"
    OTHER = "other"


AREAS = frozenset(
    {
        Kind.NATION, Kind.REGION, Kind.STATISTICAL_REGION, Kind.AREA_TEAM, Kind.ICB, Kind.SUB_ICB, Kind.CCG,
        Kind.COMMISSIONER, Kind.COMBINED_AUTHORITY, Kind.LOCAL_AUTHORITY, Kind.DISTRICT, Kind.PRIMARY_CARE_NETWORK,
    }
)  # fmt: skip
PROVIDERS = frozenset(
    {
        Kind.NHS_TRUST, Kind.CARE_TRUST, Kind.INDEPENDENT_PROVIDER, Kind.NOT_FOR_PROFIT_PROVIDER, Kind.PROVIDER,
        Kind.GP_PRACTICE, Kind.PRESCRIBER, Kind.DENTAL_PRACTICE, Kind.OPTICIAN, Kind.PHARMACY, Kind.COMMUNITY_PROVIDER,
        Kind.AMBULANCE_SERVICE, Kind.CARE_HOME, Kind.HOME_CARE, Kind.HOSPICE, Kind.MENTAL_HEALTH_PROVIDER, Kind.SITE,
    }
)  # fmt: skip
# NHS England has no regulatory remit over the quality of these (ORG-12; SQG 2022 risk response, fn 3).
INDEPENDENT = frozenset(
    {Kind.INDEPENDENT_PROVIDER, Kind.NOT_FOR_PROFIT_PROVIDER, Kind.CARE_HOME, Kind.HOME_CARE, Kind.HOSPICE}
)


class Link(StrEnum):
    """How one organisation stands to another; read as “from … to”."""

    COMMISSIONED_BY = "commissioned_by"
    PART_OF = "part_of"
    LOCATED_IN = "located_in"
    OPERATED_BY = "operated_by"
    SUCCEEDED_BY = "succeeded_by"
    MEMBER_OF = "member_of"  # a collaborative, a chain, a network


class SubjectKind(StrEnum):
    """What may be under surveillance (ORG-04; SQG 2022 risk response, Approach and Annex B)."""

    ORGANISATION = "organisation"
    GROUP = "group"
    PLACE = "place"
    SYSTEM = "system"
    ICB = "icb"  # the board itself, as against its system
    REGION = "region"
    NATION = "nation"
    PATHWAY = "pathway"
    SECTOR = "sector"
    THEME = "theme"


SUBJECT_OF = {
    **dict.fromkeys(PROVIDERS, SubjectKind.ORGANISATION),
    Kind.COLLABORATIVE: SubjectKind.GROUP,
    Kind.CHAIN: SubjectKind.GROUP,
    Kind.SUB_ICB: SubjectKind.PLACE,
    Kind.LOCAL_AUTHORITY: SubjectKind.PLACE,
    Kind.ICB: SubjectKind.SYSTEM,
    Kind.REGION: SubjectKind.REGION,
    Kind.NATION: SubjectKind.NATION,
}


class Sector(StrEnum):
    """A part of care that is in scope (ORG-06; QSG 2017 ¶32; SQG 2022 Areas of care)."""

    GENERAL_PRACTICE = "general_practice"
    DENTAL = "dental"
    OPTOMETRY = "optometry"
    PHARMACY = "pharmacy"
    COMMUNITY = "community"
    SECONDARY_AND_TERTIARY = "secondary_and_tertiary"
    MENTAL_HEALTH = "mental_health"
    AMBULANCE = "ambulance"
    HEALTH_AND_JUSTICE = "health_and_justice"
    MILITARY_AND_VETERANS = "military_and_veterans"
    SPECIALISED = "specialised"
    PUBLIC_HEALTH = "public_health"
    CARE_HOMES = "care_homes"
    HOME_CARE = "home_care"
    HOSPICE = "hospice"


SECTOR_OF = {
    Kind.GP_PRACTICE: Sector.GENERAL_PRACTICE,
    Kind.DENTAL_PRACTICE: Sector.DENTAL,
    Kind.OPTICIAN: Sector.OPTOMETRY,
    Kind.PHARMACY: Sector.PHARMACY,
    Kind.COMMUNITY_PROVIDER: Sector.COMMUNITY,
    Kind.AMBULANCE_SERVICE: Sector.AMBULANCE,
    Kind.CARE_HOME: Sector.CARE_HOMES,
    Kind.HOME_CARE: Sector.HOME_CARE,
    Kind.HOSPICE: Sector.HOSPICE,
    Kind.MENTAL_HEALTH_PROVIDER: Sector.MENTAL_HEALTH,
}


class Route(StrEnum):
    """Who commissions a service, and from whom (ORG-07; SQG 2022 §1.4; QSG 2017 ¶30)."""

    NHS_ICB = "nhs_icb"
    NHS_NHSE = "nhs_nhse"
    JOINT = "joint"
    AUTHORITY_FROM_NHS = "la_from_nhs"
    AUTHORITY_FROM_OTHERS = "la_from_non_nhs"


class FactKind(StrEnum):
    """What is written down about an organisation's part in the governance of quality."""

    PROCESS_LEAD = "process_lead"  # ORG-11
    MOU = "mou"  # ORG-13
    QUALITY_LEAD = "quality_lead"  # ORG-14, as the next three
    QUALITY_STRATEGY = "quality_strategy"
    GOVERNANCE_PROCESS = "governance_process"
    SQG_DEFINED = "sqg_defined"
    ACCOUNTABLE_BODY = "accountable_body"  # ORG-15
    ASSURING_COMMITTEE = "assuring_committee"  # ORG-15
    OVERSIGHT_SEGMENT = "oversight_segment"  # ORG-16; the framework's year stands in the detail
    RECOVERY_SUPPORT = "recovery_support"  # ORG-17
    IMPROVEMENT_DIRECTOR = "improvement_director"  # ORG-17
    AUTHORITY_SERVICES_IN_SCOPE = "authority_services_in_scope"  # ORG-09


GOVERNANCE_NEEDED = (
    FactKind.QUALITY_LEAD, FactKind.QUALITY_STRATEGY, FactKind.GOVERNANCE_PROCESS, FactKind.SQG_DEFINED, FactKind.MOU,
)  # fmt: skip


class Scheme(StrEnum):
    """Whose code it is."""

    ODS = "ods"
    GSS = "gss"
    CQC_LOCATION = "cqc_location"
    CQC_PROVIDER = "cqc_provider"
    CQC_BRAND = "cqc_brand"


# The first three characters of a statistics office's code say what the area is.
_GSS = {
    "E92": Kind.NATION, "E12": Kind.STATISTICAL_REGION, "E40": Kind.REGION, "E54": Kind.ICB, "E38": Kind.SUB_ICB,
    "E47": Kind.COMBINED_AUTHORITY, "E06": Kind.LOCAL_AUTHORITY, "E08": Kind.LOCAL_AUTHORITY,
    "E09": Kind.LOCAL_AUTHORITY, "E10": Kind.LOCAL_AUTHORITY, "E07": Kind.DISTRICT,
}  # fmt: skip


def kind_from_code(code: str) -> Kind:
    """This function will say what a statistics office's code tells about its area; unknown for any other code."""
    return _GSS.get(code[:3], Kind.UNKNOWN) if len(code) == 9 and code[1:].isdigit() else Kind.UNKNOWN


def read_kind(word: str, code: str) -> Kind:
    """This function will read a kind as a data file gives it, or tell it from the code where the word is none."""
    return Kind(word) if word in set(Kind) else kind_from_code(code)
