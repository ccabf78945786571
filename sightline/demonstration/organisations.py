"""The invented providers of the demonstration, of every sector, and which system and place each belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sightline.demonstration.geography import NEIGHBOUR, System, authority_named, system_of


class Sector(StrEnum):
    """What kind of care a provider gives."""

    ACUTE = "acute"
    SPECIALIST = "specialist"
    MENTAL_HEALTH = "mental health"
    COMMUNITY = "community"
    AMBULANCE = "ambulance"
    URGENT_TREATMENT = "urgent treatment centre"
    GP = "general practice"
    CARE_HOME = "care home"
    HOME_CARE = "home care"
    DENTAL = "dental"
    OPTOMETRY = "optometry"
    PHARMACY = "pharmacy"
    INDEPENDENT_HOSPITAL = "independent hospital"
    HOSPICE = "hospice"
    JUSTICE = "health and justice"


TRUST_SECTORS = (Sector.ACUTE, Sector.SPECIALIST, Sector.MENTAL_HEALTH, Sector.COMMUNITY, Sector.AMBULANCE)


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider: its code, sector and place; ``size`` is beds, patients or staff as its sector counts."""

    code: str
    name: str
    sector: Sector
    place: str
    size: int
    brand: str = ""
    also_in: str = ""

    @property
    def system(self) -> System:
        """The system in which the provider's headquarters lies."""
        return system_of(authority_named(self.place).system)

    @property
    def is_trust(self) -> bool:
        """Whether it is an NHS trust, listed in the organisation service's file of trusts."""
        return self.sector in TRUST_SECTORS


MATERNITY_TRUST = "ZA2"
SILENT_TRUST = "ZA4"
IMPROVED_TRUST = "ZA1"
IMPROVED_STAFFING = "ZM1"
AMBULANCE = "ZE1"
SUCCESSOR = "ZA5"
PREDECESSORS = ("ZA3", "ZC3")
UNHEARD_OF = "1-999000033"  # a dentist of whom no file, no partner and no patient says anything
GROUP_BRAND = "BRAND Lanternlight Care"
GROUP_BRAND_ID = "BD990"

A, S, M, C = Sector.ACUTE, Sector.SPECIALIST, Sector.MENTAL_HEALTH, Sector.COMMUNITY
TRUSTS: tuple[Provider, ...] = (
    Provider("ZA1", "Harrowmere University Hospitals NHS Foundation Trust", A, "Harrowmere", 9400),
    Provider("ZA2", "Quillhaven Bay Hospitals NHS Foundation Trust", A, "Quillhaven", 5600),
    Provider("ZA3", "Marrowdale General Hospital NHS Trust", A, "Marrowdale", 3300),
    Provider("ZA4", "Ravenslack Hospitals NHS Trust", A, "Harrowmere", 4700),
    Provider("ZA5", "Marrowdale Integrated Care NHS Foundation Trust", A, "Marrowdale", 4600),
    Provider("ZA6", "Harrowmere Orthopaedic Hospital NHS Foundation Trust", S, "Harrowmere", 1100),
    Provider("ZB1", "Brackenshore Hospitals NHS Foundation Trust", A, "Brackenshore", 7200),
    Provider("ZB2", "Oldenmoor Infirmary NHS Trust", A, "Oldenmoor", 3900),
    Provider("ZM1", "Harrowmere and Quillhaven Partnership NHS Foundation Trust", M, "Harrowmere", 4100),
    Provider("ZM2", "Brackenshore Mental Health NHS Trust", M, "Brackenshore", 3000),
    Provider("ZC1", "Quillhaven Community Health NHS Trust", C, "Quillhaven", 1900),
    Provider("ZC2", "Oldenmoor Community Care NHS Trust", C, "Oldenmoor", 1600),
    Provider("ZC3", "Upper Marrow Community Services NHS Trust", C, "Marrowdale", 1250),
    Provider(
        AMBULANCE,
        "Northern Waters Ambulance Service NHS Trust",
        Sector.AMBULANCE,
        "Harrowmere",
        5200,
        also_in=NEIGHBOUR.code,
    ),
)
URGENT_TREATMENT = Provider(
    "ZY9901", "Quillhaven Bay Urgent Treatment Centre", Sector.URGENT_TREATMENT, "Quillhaven", 2150
)


def _many(sector: Sector, rows: tuple[tuple[str, str, str, int], ...], brand: str = "") -> tuple[Provider, ...]:
    return tuple(Provider(code, name, sector, place, size, brand) for code, name, place, size in rows)


PRACTICES = _many(
    Sector.GP,
    (
        ("Z99001", "Harrowmere Lantern Street Surgery", "Harrowmere", 12400),
        ("Z99002", "Harrowmere Millrace Medical Centre", "Harrowmere", 15800),
        ("Z99003", "Harrowmere Weavers Practice", "Harrowmere", 8900),
        ("Z99004", "Harrowmere Foundry Health Centre", "Harrowmere", 10300),
        ("Z99005", "Harrowmere Minster Surgery", "Harrowmere", 6700),
        ("Z99006", "Quillhaven Harbour Practice", "Quillhaven", 11200),
        ("Z99007", "Quillhaven Saltmarsh Surgery", "Quillhaven", 7600),
        ("Z99008", "Quillhaven Lighthouse Practice", "Quillhaven", 9100),
        ("Z99009", "Quillhaven Dunes End Surgery", "Quillhaven", 5200),
        ("Z99010", "Upper Marrow Surgery", "Marrowdale", 4100),
        ("Z99011", "Marrowdale Packhorse Practice", "Marrowdale", 6300),
        ("Z99012", "Marrowdale Drystone Medical Centre", "Marrowdale", 8400),
        ("Z99013", "Brackenshore Quay Practice", "Brackenshore", 13600),
        ("Z99014", "Brackenshore Ropewalk Surgery", "Brackenshore", 9800),
        ("Z99015", "Oldenmoor Market Place Surgery", "Oldenmoor", 7900),
        ("Z99016", "Oldenmoor Heather Bank Practice", "Oldenmoor", 5600),
    ),
)
# Providers that the regulator registers are known by its location id, as in its own published answers.
GROUP_HOMES = _many(
    Sector.CARE_HOME,
    (
        ("1-999000001", "Lanternlight Seaview House", "Quillhaven", 46),
        ("1-999000002", "Lanternlight Gull Cottage", "Quillhaven", 32),
        ("1-999000003", "Lanternlight Harbour Court", "Quillhaven", 58),
        ("1-999000004", "Lanternlight Weaver's Lodge", "Harrowmere", 44),
        ("1-999000005", "Lanternlight Chapel Fields", "Harrowmere", 51),
        ("1-999000006", "Lanternlight Marrow View", "Marrowdale", 36),
        ("1-999000007", "Lanternlight Quayside", "Brackenshore", 40),
    ),
    brand=GROUP_BRAND,
)
OTHER_HOMES = _many(
    Sector.CARE_HOME,
    (
        ("1-999000008", "Rowanslack Care Home", "Harrowmere", 38),
        ("1-999000009", "Marrow Packhorse House", "Marrowdale", 24),
        ("1-999000010", "Quillhaven Samphire House", "Quillhaven", 30),
        ("1-999000011", "Orchardmere Nursing Home", "Harrowmere", 62),
        ("1-999000012", "Oldenmoor End Residential Home", "Oldenmoor", 28),
    ),
)
HOMES = GROUP_HOMES + OTHER_HOMES
OTHERS = (
    *_many(
        Sector.HOME_CARE,
        (
            ("1-999000021", "Hearthside Home Care Harrowmere", "Harrowmere", 180),
            ("1-999000022", "Quillhaven Support at Home", "Quillhaven", 120),
            ("1-999000023", "Marrowdale Carers at Home", "Marrowdale", 70),
        ),
    ),
    *_many(
        Sector.DENTAL,
        (
            ("1-999000031", "Harrowmere Minster Dental Practice", "Harrowmere", 9200),
            ("1-999000032", "Quillhaven Harbour Dental Surgery", "Quillhaven", 6800),
            ("1-999000033", "Marrowdale Dental Care", "Marrowdale", 4300),
        ),
    ),
    *_many(Sector.OPTOMETRY, (("1-999000041", "Harrowmere Eye Centre", "Harrowmere", 5200),)),
    *_many(Sector.PHARMACY, (("1-999000043", "Quillhaven Pharmacy Remote Clinic", "Quillhaven", 3100),)),
    *_many(
        Sector.INDEPENDENT_HOSPITAL,
        (
            ("1-999000051", "Larchfell Hospital", "Harrowmere", 64),
            ("1-999000052", "Brackenshore Quay Clinic", "Brackenshore", 38),
        ),
    ),
    *_many(Sector.HOSPICE, (("1-999000061", "Candlemere Hospice", "Harrowmere", 22),)),
    *_many(Sector.JUSTICE, (("1-999000071", "Healthcare at Marrow Vale Prison", "Marrowdale", 640),)),
)
PHARMACIES = _many(
    Sector.PHARMACY,
    (
        ("ZF901", "Harrowmere Cross Pharmacy", "Harrowmere", 8200),
        ("ZF902", "Upper Marrow Dispensary", "Marrowdale", 3900),
    ),
)
OPTICIANS = _many(Sector.OPTOMETRY, (("ZTP901", "Quillhaven Gull Lane Opticians", "Quillhaven", 4700),))
PROVIDERS: tuple[Provider, ...] = (
    *TRUSTS,
    URGENT_TREATMENT,
    *PRACTICES,
    *HOMES,
    *OTHERS,
    *PHARMACIES,
    *OPTICIANS,
)


def is_open(provider: Provider, back: int, merger_back: int) -> bool:
    """This function will say whether a provider existed in the month ``back``; a successor follows its predecessors."""
    if provider.code == SUCCESSOR:
        return back <= merger_back
    return provider.code not in PREDECESSORS or back > merger_back


def systems_of(provider: Provider) -> tuple[System, ...]:
    """This function will give every system that the provider serves, the one of its headquarters first."""
    return (provider.system, system_of(provider.also_in)) if provider.also_in else (provider.system,)
