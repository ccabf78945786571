"""Who may chair a group that is about one subject: nobody for the subject itself, and the region only with a trigger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.circumstances import Circumstances, Commissioner, Condition, holds
from sightline.core.rulebook.groups import Chairs, ChairsWhen, GroupType, SeatPart
from sightline.core.rulebook.levels import REGIONAL, Force, Slot, Trigger, Triggers
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused

PRESIDING = frozenset({SeatPart.CHAIR, SeatPart.CO_CHAIR, SeatPart.DEPUTY_CHAIR})  # a deputy of the chair stands in
_CONFLICT = "CHR-06; NQB risk response 2022, Annex B, Chair"
_CONFLICT_TOO = "CHR-07; after NQB risk response 2022, Annex B, Chair"
_REGION = Slot.NHS_ENGLAND_REGION


@dataclass(frozen=True, slots=True)
class ChairRules:
    """What one guidance says of chairing groups of one type, and of the triggers for the region's involvement."""

    kind: GroupType
    authority: Authorities
    triggers: Triggers | None = None

    @property
    def regional(self) -> tuple[Trigger, ...]:
        """The triggers for the involvement of NHS England's region (LVL-20)."""
        return self.triggers.of(REGIONAL) if self.triggers else ()


@dataclass(frozen=True, slots=True)
class About:
    """Whom or what a group is about. ``bodies`` are its codes, earlier and later ones included; a theme has none."""

    name: str
    bodies: frozenset[str] = frozenset()
    sort: Slot | None = None  # in whose name somebody would chair who came from it
    case: Circumstances = field(default_factory=Circumstances)


@dataclass(frozen=True, slots=True)
class Chairing:
    """Somebody who is to chair: as what, in whose name, for whom they work, and the trigger that was cited.

    ``bodies`` are the codes of the body in whose name they chair and of what it is a part of.
    """

    part: SeatPart
    bodies: frozenset[str]
    body_name: str
    sort: Slot | None  # of the body; none where it is neither ICB, local authority nor NHS England
    works_for: frozenset[str] = frozenset()
    trigger: str = ""


def may_chair(one: Chairing, about: About, rules: ChairRules) -> Verdict:
    """This function will say whether somebody may chair, co-chair or stand in for the chair of a group about a subject.

    Whoever comes from the body that is the subject may not: the ICB where it is the ICB (CHR-06; NQB risk response
    2022, Annex B, Chair), a local authority and any other body likewise (CHR-07). NHS England's region may only where
    a trigger for its involvement is met or, in a Quality Improvement Group, where it commissions the service (CHR-05;
    LVL-20; Annexes B and C, Chair).
    """
    if not rules.kind.about_one or one.part not in PRESIDING:
        return ALLOWED
    if one.bodies & about.bodies:
        says = f"{about.name} is what this group is about, so nobody chairs it in the name of {one.body_name}."
        return refused(f"{says} {instead(about, rules)}", _source(about))
    if one.works_for & about.bodies:
        says = f"This person works for {about.name}, which this group is about, and so does not chair it."
        return refused(f"{says} {instead(about, rules)}", _source(about))
    verdict = ALLOWED
    if one.works_for and not one.works_for & one.bodies:
        says = f"Nothing on record ties this person to {one.body_name}, and something ties them to another body."
        verdict &= refused(f"{says} Record their role or office there first, or choose the body that they work for.")
    if one.sort is _REGION and regional_ground(one.trigger, about, rules) is None:
        says = (
            f"{_name(_REGION, rules)} chairs or co-chairs only where a trigger for its involvement is met. Say which."
        )
        verdict &= refused(says, f"CHR-05, LVL-20; {_chair_cites(rules)}")
    if one.trigger and one.sort is not _REGION:
        verdict &= refused(f"A trigger is cited for {_name(_REGION, rules)} alone. Leave it empty.", "CHR-05")
    return verdict


def regional_ground(cited: str, about: About, rules: ChairRules) -> Trigger | None:
    """This function will give the trigger on which the region chairs: the one cited, or one that the case itself is.

    A concern about the ICB is itself a trigger, and so is, in a group that the guidance says it of, that NHS England
    commissions the service: then none has to be cited (LVL-20; NQB risk response 2022, Annexes B and C).
    """
    if cited:
        return next((one for one in rules.regional if one.id == cited), None)
    known = {Condition.IS_THE_ICB}
    if any(one.who is _REGION and one.when is ChairsWhen.NHS_ENGLAND_COMMISSIONED for one in rules.kind.chairs):
        known.add(Condition.COMMISSIONED_BY_NHS_ENGLAND)
    return next((one for one in rules.regional if one.when in known and holds(one.when, about.case)), None)


def open_to(about: About, rules: ChairRules) -> tuple[Slot, ...]:
    """This function will list in whose name the group may be chaired at all, the subject's own sort left out."""
    found = dict.fromkeys(one.who for one in rules.kind.chairs)
    return tuple(one for one in found if one is not about.sort)


def instead(about: About, rules: ChairRules) -> str:
    """This function will offer, in words, in whose name the group may be chaired."""
    offered = [_offered(one, about, rules) for one in open_to(about, rules)]
    return f"It may be chaired in the name of: {'; '.join(offered)}." if offered else "Choose somebody else."


def _offered(slot: Slot, about: About, rules: ChairRules) -> str:
    if slot is not _REGION:
        return _name(slot, rules)
    ground = regional_ground("", about, rules)
    needs = "with a trigger for its involvement" if ground is None else "no further trigger has to be cited"
    return f"{_name(slot, rules)} ({needs})"


def remarks(seated: Iterable[Chairing], about: About, rules: ChairRules) -> tuple[Reason, ...]:
    """This function will say what the guidance would rather see in who chairs; nothing waits for it (CHR-04, CHR-08)."""
    there = [one for one in seated if one.part in PRESIDING]
    found = [remark for one in there if (remark := _unforeseen(one, about, rules))]
    for rule in rules.kind.chairs:
        wanted = rule.force is not Force.MAY and rule.who is not about.sort and rule.when is not ChairsWhen.NORMALLY
        if wanted and _applies(rule, about) and not any(one.sort is rule.who for one in there):
            says = (
                f"{_name(rule.who, rules)} should chair or co-chair it: the directory says who commissions the service."
            )
            found.append(Reason(says, f"CHR-08; {rule.cites}"))
    return tuple(found)


def _unforeseen(one: Chairing, about: About, rules: ChairRules) -> Reason | None:
    """Somebody in whose name the guidance has such a group chaired by nobody, or only where another commissions."""
    cites = f"CHR-08; {_chair_cites(rules)}"
    ways = [rule for rule in rules.kind.chairs if rule.who is one.sort]
    if not ways:
        who = "; ".join(_name(slot, rules) for slot in open_to(about, rules))
        return Reason(f"{one.body_name} is none of those in whose name such a group is normally chaired: {who}.", cites)
    as_part = [rule for rule in ways if one.part in {rule.part, SeatPart.DEPUTY_CHAIR}]
    if one.sort is _REGION or any(_applies(rule, about) for rule in as_part):
        return None
    says = f"{one.body_name} co-chairs where it commissions the service, alone or with the NHS."
    return Reason(f"{says} The directory does not say so of {about.name}.", cites)


def _applies(rule: Chairs, about: About) -> bool:
    match rule.when:
        case ChairsWhen.NORMALLY:
            return True
        case ChairsWhen.JOINTLY_COMMISSIONED:
            return about.case.commissioned_by is Commissioner.JOINT
        case ChairsWhen.LOCAL_AUTHORITY_COMMISSIONED:
            return about.case.commissioned_by is Commissioner.LOCAL_AUTHORITY
        case ChairsWhen.NHS_ENGLAND_COMMISSIONED:
            return holds(Condition.COMMISSIONED_BY_NHS_ENGLAND, about.case)
        case ChairsWhen.REGIONAL_TRIGGER:
            return False  # which one is met, somebody says when they seat the chair


def _source(about: About) -> str:
    return _CONFLICT if about.case.is_the_icb else _CONFLICT_TOO


def _chair_cites(rules: ChairRules) -> str:
    """Where the guidance lays down who chairs such a group."""
    return rules.kind.chairs[0].cites if rules.kind.chairs else rules.kind.cites


def _name(slot: Slot, rules: ChairRules) -> str:
    return rules.authority.name(slot)
