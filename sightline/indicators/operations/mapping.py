"""What a person says of a tidy file: what its columns are, and what its indicators mean."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Delivery, LocalIndicator, TidyMapping
from sightline.indicators.queries import received_file, shape_of
from sightline.indicators.sources.tidy import Mapping


@operation(Permission.IMPORT_DATA, on="delivery")
def confirm_mapping(
    *, by: Actor, at: datetime, delivery: Delivery, mapping: Mapping, indicators: Sequence[Indicator]
) -> None:
    """This function will keep what the columns are and what each indicator means, and let the file go on (DAT-01).

    Raises Invalid when the file does not wait for it any more, when the mapping lacks an organisation, a period
    or a figure, or an indicator its meaning.
    """
    if Delivery.objects.select_for_update().get(pk=delivery.pk).state != Delivery.State.MAPPING:
        raise Invalid("The columns of this file were confirmed already. Its drop shows what became of it.")
    if not mapping.is_complete:
        raise Invalid("Say which column is the organisation, which the period and which the value.")
    meant = {indicator.id for indicator in indicators}
    lacking = [one.name for one in mapping.indicators if one.id not in meant]
    if lacking:
        raise Invalid(f"Say what these indicators mean: {', '.join(lacking)}.")
    TidyMapping.objects.create(
        shape=shape_of(received_file(delivery)),
        mapping=json.dumps(mapping.to_plain()),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    # A meaning once given stays: a later file of the same shape does not change it in passing.
    LocalIndicator.objects.bulk_create(
        (
            LocalIndicator(id=one.id, definition=one.model_dump_json(), recorded_at=at, recorded_by=by.actor_id)
            for one in indicators
        ),
        ignore_conflicts=True,
    )
    delivery.state, delivery.finished_at = Delivery.State.WAITING, None
    delivery.save(update_fields=["state", "finished_at"])
