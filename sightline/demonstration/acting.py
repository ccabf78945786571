"""The action log of the demonstration: what was asked of whom, how it went, and what changed because of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.actions.giving import Owner, Stated
from sightline.actions.models import Action
from sightline.actions.operations import (
    change_due_date,
    change_owner,
    close_action,
    raise_action,
    reopen_action,
    report_on_action,
    review_action,
)
from sightline.core.actions.facts import ActionKind, Outcome
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN, authority_named
from sightline.demonstration.organisations import MATERNITY_TRUST
from sightline.demonstration.scene import Deed, Scene
from sightline.groups.models import Group

LEAD, SECRETARY, CHAIR, TRUST = Part.QUALITY_LEAD, Part.SECRETARY, Part.CHAIR, Part.SUBJECT_PROVIDER
HARROWMERE = authority_named("Harrowmere").gss
GROUP, REVIEW = "system-group", "rapid-quality-review"


@dataclass(frozen=True, slots=True)
class Raised:
    """An action as it was raised: ``due`` is in days before the demonstration, and below nought lies ahead."""

    key: str
    days: float
    due: float
    stated: Stated
    body: str
    who: Part | None
    subject: str = ""
    kind: str = GROUP
    name: str = ""  # of an owner who has no account here

    def __call__(self, scene: Scene, at: datetime) -> None:
        """This function will raise it in the log of its group."""
        raise_action(
            by=scene.by(SECRETARY), at=at, group=Group.objects.get(system=MAIN.code, kind=self.kind),
            stated=self.stated, owner=self.owner(scene), due_on=scene.day(self.due), form_key=_key(self.key),
            subject=scene.subject(self.subject) if self.subject else None,
        )  # fmt: skip

    def owner(self, scene: Scene) -> Owner:
        """This function will give who takes it forward, and for which organisation."""
        return Owner(scene.body(self.body), scene.by(self.who) if self.who else None, self.name)


RAISED = (
    Raised(
        "nights", 40, 6,
        Stated(
            "Calls for help are not answered at night on two wards.",
            "Put a second nurse on each ward from ten at night, and report the rota every week until it holds.",
            ActionKind.SUPPORT,
            "The rota of each ward shows two nurses for four weeks in a row.",
        ),
        MATERNITY_TRUST, TRUST, MATERNITY_TRUST,
    ),
    Raised(
        "first-visits", 20, -4,
        Stated(
            "Nobody knows how many people wait for a first visit at home.",
            "Count who waits, by place, and send the figures to the group.",
            ActionKind.INFORMATION,
            "A table by place.",
        ),
        HARROWMERE, Part.LOCAL_AUTHORITY,
    ),
    # Its words say neither what is done nor how one will know, so that the page has something to remark upon.
    Raised(
        "staffing", 10, -300, Stated("Shifts stand empty.", "Monitor staffing", ActionKind.SUPPORT), MAIN.code, LEAD
    ),
    Raised(
        "three-questions", 60, 30,
        Stated(
            "The provider was not told what the group asks of it.",
            "Write to the chief executive with the three questions of the meeting, and ask for an answer in two weeks.",
            ActionKind.COMMUNICATION,
            "The answer is with the group.",
        ),
        MAIN.code, LEAD, MATERNITY_TRUST,
    ),
    Raised(
        "notice", 5, -12,
        Stated(
            "One member holds that the notice should not wait for the review.",
            "Serve a contract performance notice.",
            ActionKind.CONTRACT,
            disagreement="The board serves the notice alone. The council would wait for the review, because a notice may "
            "slow the recruitment.",
        ),
        MAIN.code, LEAD, MATERNITY_TRUST,
    ),
    Raised(
        "letters", 90, 50,
        Stated(
            "Complaints about discharge letters rise for the third month.",
            "Look at forty letters of each hospital with two family doctors, and list what is missing.",
            ActionKind.INVESTIGATION,
            "A list of what is missing, by hospital.",
        ),
        MAIN.code, None, name="Dr Alba Fennimore",
    ),
    Raised(
        "interpreters", 36, -25,
        Stated(
            "Women who speak little English were asked to bring somebody to interpret.",
            "Agree with the three councils on one service of interpreters that answers at night too.",
            ActionKind.PERFORMANCE,
            "The service answers within ten minutes, at any hour.",
        ),
        MAIN.code, LEAD,
    ),
    Raised(
        "joint-review", 15, -25,
        Stated(
            "Births are not reviewed together with the neighbouring system.",
            "Agree on a joint review of births with the neighbouring board, and name who leads.",
            ActionKind.PERFORMANCE,
            "Both boards have signed the scope of the review.",
        ),
        MAIN.code, CHAIR, kind=REVIEW,
    ),
)  # fmt: skip


def _key(name: str) -> UUID:
    return form_key(f"action-{name}")


def _then(key: str, days: float, do: Callable[[Scene, datetime, Action], object]) -> Deed:
    """What became of an action that was raised before."""
    return Deed(days, lambda scene, at: do(scene, at, Action.objects.get(form_key=_key(key))))


def _reported(who: Part, says: str, form: str) -> Callable[[Scene, datetime, Action], object]:
    return lambda scene, at, action: report_on_action(
        by=scene.by(who), at=at, action=action, says=says, form_key=_key(form)
    )


def _looked_at(scene: Scene, at: datetime, action: Action) -> None:
    review_action(
        by=scene.by(SECRETARY), at=at, action=action, reviewed_on=timezone.localdate(at), form_key=_key("nights-seen"),
        comment="The group asks for the rota of the second ward.",
    )  # fmt: skip


def _put_off(scene: Scene, at: datetime, action: Action) -> None:
    change_due_date(
        by=scene.by(SECRETARY), at=at, action=action, due_on=scene.day(1), form_key=_key("nights-later"),
        because="The last interviews were put off by a week.",
    )  # fmt: skip


def _handed_on(scene: Scene, at: datetime, action: Action) -> None:
    change_owner(
        by=scene.by(SECRETARY), at=at, action=action, owner=Owner(scene.body(MAIN.code), scene.by(CHAIR)),
        because="It needs the agreement of three councils, and the chair sits with their directors.",
        form_key=_key("interpreters-owner"),
    )  # fmt: skip


def _closed(outcome: Outcome, impact: str, form: str) -> Callable[[Scene, datetime, Action], object]:
    return lambda scene, at, action: close_action(
        by=scene.by(SECRETARY), at=at, action=action, outcome=outcome, impact=impact, form_key=_key(form)
    )


def _open_again(scene: Scene, at: datetime, action: Action) -> None:
    reopen_action(
        by=scene.by(SECRETARY), at=at, action=action, due_on=scene.day(-18), form_key=_key("letters-again"),
        because="Four weeks later people who went home at the weekend still had no letter.",
    )  # fmt: skip


ACTED = (
    *(Deed(one.days, one) for one in RAISED),
    _then(
        "three-questions", 25,
        _closed(
            Outcome.DONE,
            "The answer came in nine days. Two of the three questions are settled; the third became an action of its own.",
            "three-questions-closed",
        ),
    ),
    _then(
        "letters", 40,
        _closed(
            Outcome.PARTLY,
            "Letters now name the medicines that were stopped. Nothing changed for people who go home at the weekend.",
            "letters-closed",
        ),
    ),
    _then("letters", 12, _open_again),
    _then("interpreters", 19, _handed_on),
    _then(
        "nights", 9,
        _reported(TRUST, "One of the two wards has a second nurse. Interviews for the other end on Friday.", "nights-report"),
    ),
    _then("nights", 7, _put_off),
    _then("nights", 2, _looked_at),
)  # fmt: skip
