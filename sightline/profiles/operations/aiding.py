"""What the commissioner's side records with the aids: a reading, an assessment, another process."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.rulebook.tools import HeatMap, TriggerTool
from sightline.core.triangulation.heat import suggest
from sightline.core.triangulation.triggering import recommend
from sightline.core.verdict import Invalid
from sightline.directory.models import Subject
from sightline.profiles.giving import Answered
from sightline.profiles.models import HeatMapReading, OtherProcess, TriggerAnswer, TriggerAssessment
from sightline.profiles.operations._keeping import demand_commissioner, demand_new, kept, tool_in_force
from sightline.profiles.queries import system_for
from sightline.profiles.queries.aids import concerns_that_count, standing_signals, suggested_by_signals


@operation(Permission.WORK_ON_PROFILE, on="subject")
def read_heat_map(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    form_key: UUID,
    issues: int,
    risk: str,
    confidence: str,
    because: str,
    issues_because: str = "",
    knowingly: str = "",
) -> HeatMapReading:
    """This function will record three inputs and the level that the matrix suggests: an aid, no decision (RSK-13).

    Raises Invalid where the number of issues differs from the signals that stand and nothing says why, and where the
    words hold what looks like personal data and ``knowingly`` does not say why.
    """
    today = timezone.localdate(at)
    demand_commissioner(by, today, subject)
    demand_new(HeatMapReading, form_key)
    tool, heat_map = tool_in_force("heat_map", HeatMap, today)
    counted = len(concerns_that_count(standing_signals(by, today, subject), today))
    if issues != counted and not issues_because.strip():
        raise Invalid(f"{counted} concerns stand in the signals. Say why the number of issues is another.")
    suggested = suggest(heat_map, issues, risk, confidence)
    if suggested is None:
        raise Invalid("The heat map knows no such level of risk or confidence. Choose from those listed.")
    return HeatMapReading.objects.create(
        knowingly=why_it_stays([because, issues_because], knowingly),
        subject=subject,
        system=system_for(by, today, subject),
        form_key=form_key,
        template=kept(tool, at),
        issues_counted=counted,
        issues=issues,
        issues_because=issues_because.strip() if issues != counted else "",
        risk=risk,
        confidence=confidence,
        suggested=suggested.level.id,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.WORK_ON_PROFILE, on="subject")
def assess_triggers(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    form_key: UUID,
    answers: Collection[Answered],
    because: str,
    knowingly: str = "",
) -> TriggerAssessment:
    """This function will record the answers of the trigger tool and the step that they lead to (RSK-10).

    Raises Invalid where a question is not answered: that something is not known is an answer, and is given as one; and
    where the words hold what looks like personal data and ``knowingly`` does not say why.
    """
    today = timezone.localdate(at)
    demand_commissioner(by, today, subject)
    demand_new(TriggerAssessment, form_key)
    tool, triggers = tool_in_force("trigger_tool", TriggerTool, today)
    given = {one.question: one for one in answers}
    if open_ones := [q.asks for q in triggers.questions if q.id not in given]:
        raise Invalid(*(f"“{asks}” is not answered. Choose “Not known” where nobody can say." for asks in open_ones))
    advice = recommend(triggers, {one.question: one.answer for one in answers})
    behind = suggested_by_signals(triggers, standing_signals(by, today, subject), today)
    made = TriggerAssessment.objects.create(
        knowingly=why_it_stays([because, *(one.note for one in given.values())], knowingly),
        subject=subject,
        system=system_for(by, today, subject),
        form_key=form_key,
        template=kept(tool, at),
        recommended=advice.step.id,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    TriggerAnswer.objects.bulk_create(
        TriggerAnswer(
            assessment=made,
            question=question.id,
            answer=given[question.id].answer.value,
            signals=len(behind[question.id].signals) if question.id in behind else 0,
            note=given[question.id].note.strip(),
        )
        for question in triggers.questions
    )
    return made


@operation(Permission.WORK_ON_PROFILE, on="subject")
def record_other_process(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    form_key: UUID,
    name: str,
    held_on: date,
    because: str,
    reference: str = "",
    knowingly: str = "",
) -> OtherProcess:
    """This function will record a similarly robust process by which risk was assessed (RSK-09; QSG 2017 ¶122)."""
    today = timezone.localdate(at)
    demand_commissioner(by, today, subject)
    demand_new(OtherProcess, form_key)
    if not name.strip():
        raise Invalid("Give the process its name.")
    if held_on > today:
        raise Invalid("This day is still to come. Record a process once it has been held.")
    return OtherProcess.objects.create(
        knowingly=why_it_stays([name, reference, because], knowingly),
        subject=subject,
        system=system_for(by, today, subject),
        form_key=form_key,
        name=name.strip(),
        held_on=held_on,
        reference=reference.strip(),
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
