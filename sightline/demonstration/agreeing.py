"""By what the groups of the demonstration work: terms of reference that were written and approved, and a code agreed to."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.core.groups.terms import Objective, Written
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN, PLACES
from sightline.demonstration.scene import Deed, Scene
from sightline.groups.models import Group, TermsVersion
from sightline.groups.operations import accept_code, approve_terms, begin_terms, write_section
from sightline.groups.queries.code import code_in_force
from sightline.groups.queries.terms_recipients import Chosen, chosen_in

LEAD, CHAIR = Part.QUALITY_LEAD, Part.CHAIR
OUR_OWN, COUNCILS = "system-group", "local-authority"


def _group(kind: str) -> Group:
    return Group.objects.get(system=MAIN.code, kind=kind)


def _newest() -> TermsVersion:
    return TermsVersion.objects.filter(group__kind=OUR_OWN, group__system=MAIN.code).latest("number")


def _section(version: TermsVersion, section: str) -> Written:
    return next(one for one in version.written if one.id == section)


def _begun(kind: str, days: float) -> Deed:
    """Begun from the model, as nobody has changed it yet."""

    def do(scene: Scene, at: datetime) -> None:
        begin_terms(by=scene.by(LEAD), at=at, group=_group(kind), form_key=form_key(f"terms-{kind}"))

    return Deed(days, do)


def _reporting(scene: Scene, at: datetime) -> None:
    """Which councils hear of it, the model could not know."""
    version = _newest()
    councils = frozenset(scene.body(one.gss).pk for one in PLACES)
    others = tuple(one for one in chosen_in(version) if one.to != COUNCILS)
    write_section(
        by=scene.by(LEAD), at=at, group=version.group, base=version.number, section=_section(version, "reporting"),
        recipients=(*others, Chosen(COUNCILS, bodies=councils)), form_key=form_key("terms-reporting"),
        because="All three councils asked to hear of it in the same week as the board.",
    )  # fmt: skip


def _objectives(scene: Scene, at: datetime) -> None:
    version, today = _newest(), timezone.localdate(at)
    goals = (
        Objective(
            "Whoever shares something with the group hears what came of it.",
            "Nine in ten givers are answered within six weeks.",
            date(today.year + 2, 3, 31),
            "The secretary goes through what waits before each meeting.",
        ),
        Objective(
            "Fewer differences between the three places in what people tell of care at night.",
            "No place is outside the usual range for three months in a row.",
            date(today.year + 2, 9, 30),
        ),
    )
    write_section(
        by=scene.by(LEAD), at=at, group=version.group, base=version.number, section=Written("objectives", "", (), goals),
        form_key=form_key("terms-objectives"), because="Agreed at the workshop of all partners.",
    )  # fmt: skip


def _approved(scene: Scene, at: datetime) -> None:
    version = _newest()
    approve_terms(
        by=scene.by(CHAIR), at=at, group=version.group, number=version.number, approved_on=timezone.localdate(at),
        because="Approved by all who were present at the meeting of that day.", form_key=form_key("terms-approved"),
    )  # fmt: skip


def _accepted(who: Part, days: float) -> Deed:
    """Each agrees for themselves; most have not yet."""

    def do(scene: Scene, at: datetime) -> None:
        group = _group(OUR_OWN)
        code = code_in_force(group, timezone.localdate(at))
        assert code is not None, "its terms were approved before"
        accept_code(by=scene.by(who), at=at, group=group, number=code.since.number)

    return Deed(days, do)


AGREED_TO = (
    _begun(OUR_OWN, 346),
    Deed(344, _reporting),
    Deed(340, _objectives),
    Deed(330, _approved),
    _accepted(Part.LOCAL_AUTHORITY, 326),
    _begun("place-group", 50),
)
