"""What happens in each tidy series: who reports it, on how many people, at which level and with which story."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.demonstration.geography import MAIN, NEIGHBOUR
from sightline.demonstration.organisations import (
    AMBULANCE,
    GROUP_HOMES,
    HOMES,
    IMPROVED_TRUST,
    MATERNITY_TRUST,
    OTHERS,
    PRACTICES,
    PROVIDERS,
    SILENT_TRUST,
    TRUSTS,
    UNHEARD_OF,
    Provider,
    Sector,
)
from sightline.demonstration.stories import Course, Line, Shift

BIRTHS = {"ZA1": 520, MATERNITY_TRUST: 560, "ZA3": 95, "ZA5": 95, SILENT_TRUST: 260, "ZB1": 410, "ZB2": 150}
# The service slides for most of a year and stays down: eighteen months ago things began to go wrong.
_SLIDE = (18, 9)


def _sliding(code: str, level: float, by: float, chance: float) -> Course:
    return Course(level, chance, (Shift(by, *_SLIDE),) if code == MATERNITY_TRUST else ())


def maternity() -> Iterable[Line]:
    """This function will tell of births and their safety: one service gets worse on every measure."""
    for code, births in BIRTHS.items():
        yield Line("demo-term-admissions", code, births * 0.92, _sliding(code, 4.8, 4.6, 0.3))
        yield Line("demo-major-haemorrhage", code, births, _sliding(code, 29.0, 30.0, 1.5))
        yield Line("demo-one-to-one", code, births * 0.85, _sliding(code, 96.5, -8.5, 0.4))


def perinatal() -> Iterable[Line]:
    """This function will tell of deaths around birth in a quarter, few enough in small services to be withheld."""
    for code, births in BIRTHS.items():
        yield Line("demo-perinatal-deaths", code, births * 3, _sliding(code, 4.6, 7.0, 0.2))


def ambulance() -> Iterable[Line]:
    """This function will tell of response times: one system's slide is half hidden in the trust's own figure."""
    slide = (Shift(11.5, 11, 4),)
    # Two systems under one trust: one gets worse while the other gets a little better.
    yield Line("demo-category-2", MAIN.code, 6200, Course(27.0, 1.2, slide, winter=1.5))
    yield Line("demo-category-2", NEIGHBOUR.code, 4300, Course(26.0, 1.2, (Shift(-2.5, 11, 4),), winter=1.5))
    yield Line("demo-category-2", AMBULANCE, 10500, Course(26.6, 1.1, (Shift(5.8, 11, 4),), winter=1.5))
    yield Line("demo-handover-hour", MAIN.code, 5200, Course(8.0, 0.7, (Shift(6.0, 11, 4),), winter=1.2))
    yield Line("demo-handover-hour", NEIGHBOUR.code, 3700, Course(7.2, 0.7, winter=1.2))
    yield Line("demo-handover-hour", AMBULANCE, 8900, Course(7.7, 0.6, (Shift(3.5, 11, 4),), winter=1.2))


def friends() -> Iterable[Line]:
    """This function will tell what patients say, after the stories of the trusts that have one."""
    moves = {
        MATERNITY_TRUST: (Shift(-3.0, 12, 6),),
        IMPROVED_TRUST: (Shift(3.5, 16, 12),),
    }
    for trust in TRUSTS:
        level = 88.0 if trust.sector is Sector.MENTAL_HEALTH else 92.0
        yield Line("demo-friends-family", trust.code, trust.size * 0.22, Course(level, 0.5, moves.get(trust.code, ())))


def mental_health() -> Iterable[Line]:
    """This function will tell of two mental health trusts: follow-up gets better, restraint elsewhere gets worse."""
    yield Line("demo-follow-up", "ZM1", 310, Course(83.0, 0.8, (Shift(4.0, 18, 15),)))
    yield Line("demo-follow-up", "ZM2", 230, Course(80.0, 0.8))
    yield Line("demo-restraint", "ZM1", 9300, Course(13.5, 0.6))
    yield Line("demo-restraint", "ZM2", 7100, Course(14.0, 0.6, (Shift(4.5, 8, 5),)))


def gp_access() -> Iterable[Line]:
    """This function will tell of every practice: one better after a new telephone system, one worse."""
    moves = {"Z99004": (Shift(7.0, 14, 13),), "Z99009": (Shift(-8.0, 9, 4),)}
    for number, practice in enumerate(PRACTICES):
        course = Course(83.0 + number % 5, 0.9, moves.get(practice.code, ()))
        yield Line("demo-gp-two-weeks", practice.code, practice.size * 0.42, course)


def care_homes() -> Iterable[Line]:
    """This function will tell of every care home: those of one brand get worse, one after the other."""
    for home in HOMES:
        days = home.size * 28.0
        falls: tuple[Shift, ...] = ()
        concerns: tuple[Shift, ...] = ()
        if home in GROUP_HOMES[:-1]:
            began = 15 - GROUP_HOMES.index(home)
            falls = (Shift(8.0, began, began - 3),)
            concerns = (Shift(6.5, began - 1, began - 3),)
        yield Line("demo-care-home-falls", home.code, days, Course(7.5, 0.3, falls))
        yield Line("demo-safeguarding", home.code, days, Course(4.5, 0.2, concerns))


def community() -> Iterable[Line]:
    """This function will tell of community trusts: the merged trust carries on its predecessor's service."""
    for code, referrals in {"ZC1": 420, "ZC2": 330, "ZC3": 260, "ZA5": 270}.items():
        yield Line("demo-two-hour-response", code, referrals, Course(78.0, 1.0))


def other_services() -> Iterable[Line]:
    """This function will tell of every sector that no other file reaches: the prison's service slips, one dentist is silent."""
    sectors = (Sector.HOME_CARE, Sector.DENTAL, Sector.OPTOMETRY, Sector.PHARMACY)
    chosen: list[Provider] = [body for body in PROVIDERS if body.sector in sectors]
    chosen += [body for body in OTHERS if body.sector in (Sector.INDEPENDENT_HOSPITAL, Sector.HOSPICE, Sector.JUSTICE)]
    for number, body in enumerate(chosen):
        if body.code == UNHEARD_OF:
            continue
        moves = (Shift(-9.0, 9, 5),) if body.sector is Sector.JUSTICE else ()
        people = max(body.size * 0.05, 260.0)
        yield Line("demo-seen-on-time", body.code, people, Course(90.0 + number % 4, 0.8, moves))
