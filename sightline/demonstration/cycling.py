"""The business cycle of the demonstration's group: agreed by its chair, planned, half through, with themes of members."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from sightline.core.meetings.cycle import MANY_TOGETHER, ThemeKind
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN
from sightline.demonstration.scene import Deed, Scene
from sightline.groups.models import Group
from sightline.meetings.cycle_given import CycleAgreed, ThemeSays
from sightline.meetings.models import ProposedTheme
from sightline.meetings.operations import agree_cycle, answer_theme, draft_plan, propose_theme
from sightline.meetings.queries.cycle import footprint_of

_BEGAN = timedelta(days=90)  # before it was put on record
_HANDOVERS, _CARERS = "theme-handovers", "theme-carers"


def _group() -> Group:
    return Group.objects.get(system=MAIN.code, kind="system-group")


def _agree(scene: Scene, at: datetime) -> None:
    chair, group = scene.by(Part.CHAIR), _group()
    on = timezone.localdate(at)
    agreed = CycleAgreed(
        begins_on=(on - _BEGAN).replace(day=1),
        months=12,
        review_months=12,
        together=footprint_of(chair, on, group).many,
        because=f"Sectors with more than {MANY_TOGETHER} providers are discussed as one; hospitals each by themselves.",
    )
    agree_cycle(by=chair, at=at, group=group, agreed=agreed, form_key=form_key("cycle"))


def _plan(scene: Scene, at: datetime) -> None:
    draft_plan(by=scene.by(Part.SECRETARY), at=at, group=_group())


def _propose(scene: Scene, at: datetime, who: Part, key: str, theme: ThemeSays) -> None:
    propose_theme(by=scene.by(who), at=at, group=_group(), theme=theme, form_key=form_key(key))


def _handovers(scene: Scene, at: datetime) -> None:
    says = "Ambulances wait at three hospitals, and each tells it as its own problem."
    theme = ThemeSays(ThemeKind.QUALITY_ISSUE, "Handovers between ambulance and ward", says)
    _propose(scene, at, Part.LOCAL_AUTHORITY, _HANDOVERS, theme)


def _take_in(scene: Scene, at: datetime) -> None:
    answer_theme(
        by=scene.by(Part.SECRETARY),
        at=at,
        theme=ProposedTheme.objects.get(form_key=form_key(_HANDOVERS)),
        month=timezone.localdate(scene.now),
        because="The ambulance service brings its figures.",
    )


def _carers(scene: Scene, at: datetime) -> None:
    says = "Carers are asked last when somebody goes home. Two members heard of it this month."
    _propose(scene, at, Part.LOCAL_AUTHORITY, _CARERS, ThemeSays(ThemeKind.POPULATION, "Unpaid carers", says))


CYCLED = (
    Deed(55, _agree),
    Deed(54, _plan),
    Deed(50, _handovers),
    Deed(48, _take_in),
    Deed(3, _carers),
)
