"""How the regulator describes each kind of care it registers."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.demonstration.organisations import Sector

HOSPITALS = "Hospitals"
PRIMARY = "Primary medical services"
SOCIAL = "Adult social care"
NHS = "NHS Healthcare Organisation"
INDEPENDENT = "Independent Healthcare Org"
TREATMENT = ("RA5", "Treatment of disease, disorder or injury")
LIVING_IN = ("RA2", "Accommodation for persons who require nursing or personal care")
PERSONAL = ("RA1", "Personal care")


@dataclass(frozen=True, slots=True)
class Kind:
    """The regulator's words for one kind of care."""

    type: str
    directorate: str
    category: str
    category_name: str
    service: str
    description: str
    activity: str = TREATMENT[0]
    activity_name: str = TREATMENT[1]
    has_beds: bool = False

    @property
    def is_care_home(self) -> bool:
        """Whether people live there, by the regulator's inspection category."""
        return self.category == "S1"


_ACUTE = "Acute services with overnight beds"
_MIND = (
    "Hospital services for people with mental health needs, learning disabilities and problems with substance misuse"
)
_COMMUNITY = "Community health - NHS & Independent"
_ELECTIVE = "Acute hospital - Independent non-specialist"
KINDS = {
    Sector.ACUTE: Kind(NHS, HOSPITALS, "H1", "Acute hospital - NHS non-specialist", "Hospital", _ACUTE),
    Sector.SPECIALIST: Kind(NHS, HOSPITALS, "H2", "Acute hospital - NHS specialist", "Hospital", _ACUTE),
    Sector.MENTAL_HEALTH: Kind(
        NHS, HOSPITALS, "H7", "Mental health - community & hospital - NHS", "Hospitals - Mental health/capacity", _MIND
    ),
    Sector.AMBULANCE: Kind(NHS, HOSPITALS, "H5", "Ambulance service", "Ambulances", "Ambulance service"),
    Sector.GP: Kind(
        "Primary Medical Services", PRIMARY, "P2", "GP Practices", "Doctors/Gps", "Doctors consultation service"
    ),
    Sector.CARE_HOME: Kind(
        "Social Care Org",
        SOCIAL,
        "S1",
        "Residential social care",
        "Nursing homes",
        "Care home service with nursing",
        *LIVING_IN,
        has_beds=True,
    ),
    Sector.HOME_CARE: Kind(
        "Social Care Org",
        SOCIAL,
        "S2",
        "Community based adult social care services",
        "Homecare agencies",
        "Domiciliary care service",
        *PERSONAL,
    ),
    Sector.DENTAL: Kind("Primary Dental Care", PRIMARY, "P1", "Dentists", "Dentist", "Dental service"),
    Sector.OPTOMETRY: Kind(
        INDEPENDENT,
        HOSPITALS,
        "H4",
        "Acute hospital - Independent specialist",
        "Diagnosis/screening",
        "Diagnostic and/or screening service",
    ),
    Sector.PHARMACY: Kind(
        INDEPENDENT,
        PRIMARY,
        "P7",
        "Independent consulting doctors",
        "Phone/online advice",
        "Remote clinical advice service",
    ),
    Sector.INDEPENDENT_HOSPITAL: Kind(INDEPENDENT, HOSPITALS, "H3", _ELECTIVE, "Hospital", _ACUTE, has_beds=True),
    Sector.HOSPICE: Kind(
        INDEPENDENT, HOSPITALS, "H11", "Hospice services", "Hospice", "Hospice services", has_beds=True
    ),
    Sector.JUSTICE: Kind(
        INDEPENDENT, PRIMARY, "P4", "Prison Healthcare", "Prison healthcare", "Prison Healthcare Services"
    ),
}
