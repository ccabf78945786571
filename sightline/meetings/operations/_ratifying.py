"""What an item to be ratified brings along from the item that was decided in writing: whose interests close it."""

from __future__ import annotations

from uuid import uuid5

from sightline.core.meetings.interests import Measure
from sightline.meetings.models import AgendaItem, ItemRuling, ItemTie, WrittenQuestion
from sightline.meetings.queries.ratifying import ratified_by


def bring_along(item: AgendaItem) -> None:
    """This function will have an item that ratifies be closed to whoever the first one was closed to (COI-04).

    What they declared for that item holds for this one, and so does a ruling that keeps them from its papers; a milder
    one is for the chair of this meeting to give anew.
    """
    question = ratified_by(item.key)
    if question is None:
        return
    first = WrittenQuestion.objects.values_list("item", flat=True).get(pk=question)
    for tie in ItemTie.objects.filter(item=first):
        ItemTie.objects.create(
            item=item,
            person=tie.person,
            detail=tie.detail,
            declared_at=tie.declared_at,
            form_key=uuid5(item.pk, str(tie.pk)),
            recorded_at=tie.recorded_at,
            recorded_by=tie.recorded_by,
        )
    newest = {one.person_id: one for one in ItemRuling.objects.filter(item=first).order_by("number")}
    for ruling in newest.values():
        if Measure(ruling.measure).reads_papers:
            continue
        ItemRuling.objects.create(
            item=item,
            person=ruling.person,
            number=1,
            measure=ruling.measure,
            ruled_by=ruling.ruled_by,
            because=ruling.because,
            knowingly=ruling.knowingly,
            at=ruling.at,
            recorded_at=ruling.recorded_at,
            recorded_by=ruling.recorded_by,
        )
