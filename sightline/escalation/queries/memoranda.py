"""What the memorandum of a board and its region is, and what it says of escalation, as others ask for it (ORG-13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sightline.core.access import Actor, Permission, may
from sightline.core.escalation.defaulting import Terms
from sightline.core.escalation.sending import REGIONAL
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.registers import Registers
from sightline.directory.models import Organisation, OrganisationFact
from sightline.directory.queries import facts_of, regions_of
from sightline.directory.words import FactKind, Kind
from sightline.escalation.models import MemorandumTerm
from sightline.groups.viewers import viewer_of
from sightline.rulebook.queries import part_with_origin


def memorandum_of(body: Organisation, recipient: Slot, on: date) -> OrganisationFact | None:
    """This function will find what the region and the ICB agreed about who owns risk, beside an escalation (ORG-13)."""
    return memorandum(body, on) if recipient in REGIONAL else None


def memorandum(body: Organisation, on: date) -> OrganisationFact | None:
    """This function will find the memorandum that a board has with its region on a day; none where none is known."""
    if body.kind != Kind.ICB:
        return None
    found = facts_of([body], on)[body.pk].get(FactKind.MOU)
    return found if found is not None and found.value else None


def term_of(found: OrganisationFact | None) -> MemorandumTerm | None:
    """This function will give what was last read in a memorandum; nothing where nobody wrote it down."""
    if found is None:
        return None
    rows = MemorandumTerm.objects.filter(memorandum=found).select_related("region")
    return rows.order_by("-recorded_at", "-pk").first()


def terms_for(body: Organisation, on: date) -> Terms | None:
    """This function will give what the memorandum in force sets by default, as the rules see it (ORG-13)."""
    row = term_of(memorandum(body, on))
    if row is None:
        return None
    return Terms(row.pack, row.route, row.region.code, Severity(row.acts_from) if row.acts_from else None)


def board(organisation: UUID) -> Organisation | None:
    """This function will find an integrated care board."""
    return Organisation.objects.filter(pk=organisation, kind=Kind.ICB.value).first()


def regions_to_name(body: Organisation, on: date) -> Sequence[Organisation]:
    """This function will give the regions of which a board's memorandum may speak."""
    return regions_of([body], on)[body.pk] or tuple(
        Organisation.objects.open_on(on).filter(kind=Kind.REGION.value).order_by("name", "code")
    )


def keeps_terms(actor: Actor, on: date, body: Organisation) -> bool:
    """This function will say whether somebody keeps the record of a board's system, and so what is read there."""
    return bool(may(actor, Permission.KEEP_GROUPS, on)) and viewer_of(actor, on).keeps_record_of(body.code)


def severities(on: date) -> list[tuple[str, str]]:
    """This function will name the severities of a concern in the words of the guidance."""
    found = part_with_origin("registers", on)
    words = found.content.severities if found and isinstance(found.content, Registers) else ()
    return [(one.id.value, one.name) for one in words if one.id is not Severity.NONE]
