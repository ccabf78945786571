"""How the group of the demonstration sees its own work: asked a year ago, asked again lately, and being asked now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from sightline.core.groups.effectiveness import Answers, Step
from sightline.core.rulebook.effectiveness import AnsweredBy
from sightline.demonstration.agreeing import OUR_OWN
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN
from sightline.demonstration.scene import Deed, Scene
from sightline.groups.models import EffectivenessReview, Group
from sightline.groups.operations import (
    answer_effectiveness_review,
    open_effectiveness_review,
    record_reflection,
    review_own_chairing,
    share_own_chairing,
)
from sightline.groups.queries.effectiveness import instruments

CHARACTERISTICS, PRINCIPLES = "sqg-2022:characteristics", "sqg-2022:principles"
# One letter for each statement in its order: + strongly agree, a agree, n neither, d disagree, - strongly disagree, ? cannot say.
_LETTERS: Mapping[str, Step] = dict(zip("?-dna+", (Step(number) for number in range(6)), strict=True))
_A_YEAR_AGO = {
    Part.CHAIR: ("+aana", ""),
    Part.QUALITY_LEAD: ("aanda", ""),
    Part.LOCAL_AUTHORITY: (
        "annd-",
        "The meeting is used to go through figures that all have read. Talk about what they mean.",
    ),
    Part.REGULATOR: ("aandd", ""),
    Part.HEALTHWATCH: ("adnd-", "What people tell us comes last on the agenda, when half of the members have left."),
    Part.LAY_MEMBER: ("+dn?d", "Too many abbreviations."),
    Part.REGION: ("aaana", ""),
}
_LATELY = {
    Part.CHAIR: ("++ana", ""),
    Part.QUALITY_LEAD: ("+aana", ""),
    Part.LOCAL_AUTHORITY: ("aaana", "Papers still come two days before. A week would let us ask at home first."),
    Part.HEALTHWATCH: ("+anda", "Better since people’s stories open the meeting. Keep it."),
    Part.LAY_MEMBER: ("+aa?a", ""),
    Part.REGION: ("aaada", "We nod things through. Let somebody ask the awkward question each time."),
}
_SO_FAR = {Part.QUALITY_LEAD: ("aanaan", ""), Part.REGULATOR: ("anndaa", "")}


def _group() -> Group:
    return Group.objects.get(system=MAIN.code, kind=OUR_OWN)


def _asked(days: float, instrument: str, lasts: int) -> Deed:
    def do(scene: Scene, at: datetime) -> None:
        open_effectiveness_review(
            by=scene.by(Part.SECRETARY), at=at, group=_group(), instrument=instrument,
            last_day=timezone.localdate(at) + timedelta(days=lasts),
        )  # fmt: skip

    return Deed(days, do)


def _answered(days: float, said: Mapping[Part, tuple[str, str]]) -> Deed:
    def do(scene: Scene, at: datetime) -> None:
        review = EffectivenessReview.objects.filter(group=_group()).latest("opened_on")
        for part, (letters, words) in said.items():
            steps = {one["id"]: _LETTERS[letter] for one, letter in zip(review.statements, letters, strict=True)}
            answer_effectiveness_review(by=scene.by(part), at=at, review=review, answers=Answers(steps, words))

    return Deed(days, do)


def _made_of_it(scene: Scene, at: datetime) -> None:
    record_reflection(
        by=scene.by(Part.SECRETARY), at=at, group=_group(), meeting="The meeting after the questionnaire",
        words="We trust each other more than a year ago, and question each other too little. For the next three meetings "
        "one member, in turn, asks what nobody has asked. Papers go out a week before.",
    )  # fmt: skip


def _own_chairing(scene: Scene, at: datetime) -> None:
    """Whoever chairs looked at their own chairing, and shared it."""
    by, group = scene.by(Part.CHAIR), _group()
    found = instruments(group, AnsweredBy.CHAIR, timezone.localdate(at))[0]
    steps = {one.id: _LETTERS[letter] for one, letter in zip(found.questionnaire.statements, "aannaa", strict=True)}
    answers = Answers(steps, "I let the loudest go on. I will ask who has not spoken.")
    made = review_own_chairing(by=by, at=at, group=group, instrument=found.key, answers=answers)
    share_own_chairing(by=by, at=at, review=made)


REFLECTED = (
    _asked(400, CHARACTERISTICS, 21),
    _answered(390, _A_YEAR_AGO),
    _asked(45, CHARACTERISTICS, 14),
    _answered(38, _LATELY),
    Deed(20, _made_of_it),
    Deed(19, _own_chairing),
    _asked(4, PRINCIPLES, 14),
    _answered(2, _SO_FAR),
)
