"""What the regulator has published about each invented place of care: judgement after judgement, oldest first."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.demonstration.organisations import (
    GROUP_HOMES,
    HOMES,
    MATERNITY_TRUST,
    OTHERS,
    PRACTICES,
    UNHEARD_OF,
    Provider,
)

GOOD, IMPROVE, INADEQUATE, OUTSTANDING = "Good", "Requires improvement", "Inadequate", "Outstanding"
UNRATED = "Inspected but not rated"
QUESTIONS = ("Safe", "Well-led", "Caring", "Responsive", "Effective")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One published report: months back, the five answers and the whole; ``services`` rated beside it."""

    back: int
    overall: str
    answers: tuple[str, str, str, str, str]
    services: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A hospital or base of a trust, registered as a location."""

    location: str
    trust: str
    name: str
    beds: int
    judgements: tuple[Judgement, ...]
    predecessor: str = ""


def good(back: int, services: tuple[tuple[str, str], ...] = ()) -> Judgement:
    """This function will give a report that found everything good."""
    return Judgement(back, GOOD, (GOOD,) * 5, services)


def mixed(back: int, services: tuple[tuple[str, str], ...] = ()) -> Judgement:
    """This function will give a report that asked for improvement in safety and leadership."""
    return Judgement(back, IMPROVE, (IMPROVE, IMPROVE, GOOD, GOOD, GOOD), services)


def inadequate(back: int, services: tuple[tuple[str, str], ...] = ()) -> Judgement:
    """This function will give a report that found the service unsafe and not well led."""
    return Judgement(back, INADEQUATE, (INADEQUATE, INADEQUATE, IMPROVE, IMPROVE, IMPROVE), services)


def _acute(maternity: str, urgent: str = GOOD) -> tuple[tuple[str, str], ...]:
    return (("urgent", urgent), ("surgery", GOOD), ("maternity", maternity), ("outpatients", GOOD))


# The maternity service slides from good through requires improvement to inadequate in a year.
SITES = (
    Site("1-999000081", "ZA1", "Harrowmere Infirmary", 880, (mixed(44, _acute(GOOD, IMPROVE)), good(11, _acute(GOOD)))),
    Site(
        "1-999000082",
        MATERNITY_TRUST,
        "Quillhaven Bay Hospital",
        510,
        (good(40, _acute(GOOD)), mixed(15, _acute(IMPROVE)), mixed(3, _acute(INADEQUATE))),
    ),
    Site("1-999000083", "ZA3", "Marrowdale General Hospital", 300, (good(38, _acute(GOOD)),)),
    Site("1-999000084", "ZA5", "Marrowdale Hospital", 300, (good(38, _acute(GOOD)),), predecessor="1-999000083"),
    Site("1-999000085", "ZA4", "Ravenslack Hospital", 420, (mixed(30, _acute(GOOD, IMPROVE)),)),
    Site(
        "1-999000086",
        "ZA6",
        "Harrowmere Orthopaedic Hospital",
        90,
        (Judgement(26, OUTSTANDING, (GOOD, OUTSTANDING, OUTSTANDING, GOOD, OUTSTANDING)),),
    ),
    Site("1-999000087", "ZB1", "Brackenshore Hospital", 640, (good(33, _acute(GOOD)),)),
    Site("1-999000088", "ZB2", "Oldenmoor Infirmary", 350, (mixed(22, _acute(GOOD)),)),
    Site("1-999000089", "ZM1", "Harrowmere Minster Unit", 160, (mixed(36), good(9))),
    Site("1-999000090", "ZM2", "Brackenshore Ropewalk House", 120, (good(28),)),
    Site("1-999000091", "ZE1", "Northern Waters Ambulance Headquarters", 0, (good(41), mixed(6))),
)

# Home by home the group's care goes wrong, while homes of the same towns that belong to others do not change.
GROUP_JUDGEMENTS: tuple[tuple[Judgement, ...], ...] = (
    (good(43), mixed(14), inadequate(5)),
    (good(39), mixed(12)),
    (good(41), mixed(10), inadequate(2)),
    (good(37), mixed(8)),
    (good(35), inadequate(4)),
    (good(40), Judgement(7, UNRATED, (IMPROVE, IMPROVE, UNRATED, UNRATED, UNRATED))),
    (good(34),),
)


def judgements_of(provider: Provider) -> tuple[Judgement, ...]:
    """This function will give every report about a provider, oldest first; none where it was never inspected."""
    if provider in GROUP_HOMES:
        return GROUP_JUDGEMENTS[GROUP_HOMES.index(provider)]
    if provider in PRACTICES:
        number = PRACTICES.index(provider)
        return (mixed(38), good(13)) if number == 3 else (good(20 + number),)
    if provider in HOMES:
        return (good(18 + 2 * HOMES.index(provider)),)
    if provider.code == UNHEARD_OF:
        return ()
    # Dentists are inspected but not rated; the last of the list has never been inspected.
    if provider.sector.value == "dental":
        return (Judgement(16, UNRATED, (UNRATED,) * 5),)
    return () if provider == OTHERS[-1] else (good(15 + OTHERS.index(provider)),)
