"""By which rules the risks of a system are judged on a day, and at which levels what they are about stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sightline.core.risks import RiskRules, Window, window_of
from sightline.rulebook.queries import part
from sightline.surveillance.queries import Guidance, guidance_for, standings_of


def risk_rules(on: date) -> RiskRules:
    """This function will gather the parts of the rulebook by which risks are judged on a day (RSK-03, RSK-04)."""
    clock = part("clocks", on).clock("recurrence")
    return RiskRules(
        matrix=part("risk_matrix", on),
        appetite=part("risk_appetite", on),
        registers=part("registers", on),
        checks=part("register_checks", on),
        window=window_of(clock) if clock else Window(is_on=False),
    )


def levels_now(subjects: Iterable[UUID], system: str, on: date) -> Mapping[UUID, str]:
    """This function will say at which level each subject stands, by the guidance of a system's group."""
    wanted = set(subjects)
    found = standings_of(wanted, guidance_for(system, on), on)
    return {pk: found[pk].level.id for pk in wanted}


def levels_by_rank(guidance: Guidance) -> tuple[str, ...]:
    """This function will name the levels of a guidance, rising."""
    return tuple(one.id for one in guidance.levels.levels.levels)
