"""The milestones of a version: each keeps its number through all versions of the plan, and what was noted of it."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.core.improvement.facts import PlannedMilestone
from sightline.core.verdict import Invalid
from sightline.improvement.models import Milestone, PlanMilestone, PlanVersion
from sightline.improvement.queries.plans import bodies_with_codes


def write_milestones(version: PlanVersion, said: Sequence[PlannedMilestone]) -> None:
    """This function will write what a version says of its milestones; one without a number gets the next (PLN-07)."""
    given = [one for one in said if one.says_something]
    known = {one.number: one for one in Milestone.objects.filter(plan=version.plan_id)}
    named = [one.number for one in given if one.number]
    if len(set(named)) < len(named) or not known.keys() >= set(named):
        raise Invalid("One of the milestones is not of this plan, or stands in it twice. Open the form anew.")
    bodies = bodies_with_codes({one.organisation for one in given} - {""})
    highest = max(known, default=0)
    for place, one in enumerate(given, 1):
        milestone = known.get(one.number)
        if milestone is None:
            highest += 1
            milestone = Milestone.objects.create(plan=version.plan, number=highest)
        PlanMilestone.objects.create(
            version=version,
            milestone=milestone,
            position=place,
            what=one.what.strip(),
            due_on=one.due_on,
            evidence=one.evidence.strip(),
            assurance=one.assurance.strip(),
            organisation=bodies.get(one.organisation),
            body=one.body.strip(),
            owner=one.owner.strip(),
        )
