"""What both sides do in a profile: start it, write, share, sign, and review its measures every year."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.rulebook.tools import RiskProfile
from sightline.core.triangulation.profiling import Side, Status, may_sign, may_write
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Subject
from sightline.profiles.giving import Overtaken, Written
from sightline.profiles.models import (
    CommissionerEntry,
    MeasureReview,
    Profile,
    ProviderEntry,
    SharedEntry,
    Signature,
)
from sightline.profiles.operations._keeping import (
    NOT_WRITER,
    demand_commissioner,
    demand_new,
    kept,
    locked_sheet,
    tool_in_force,
)
from sightline.profiles.queries import Sheet, asked_to_sign, may_sign_for_side, system_for

FIELDS = ("evidence_for", "evidence_against", "good_practice", "view", "likelihood", "consequence", "confidence")


@operation(Permission.WORK_ON_PROFILE, on="result")
def start_profile(
    *, by: Actor, at: datetime, subject: Subject, form_key: UUID, because: str, knowingly: str = ""
) -> Profile:
    """This function will start a risk profile of a subject by the template in force (RSK-11; QSG 2017 ¶111).

    An earlier one that was never agreed gives way at once; an agreed one holds until this one is agreed too.
    """
    today = timezone.localdate(at)
    demand_commissioner(by, today, subject)
    demand_new(Profile, form_key)
    tool, _ = tool_in_force("risk_profile", RiskProfile, today)
    return Profile.objects.create(
        subject=subject,
        system=system_for(by, today, subject),
        template=kept(tool, at),
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        form_key=form_key,
        started_at=at,
        started_by=by.actor_id,
    )


@operation(Permission.WORK_ON_PROFILE, on="profile")
def write_entry(
    *, by: Actor, at: datetime, profile: Profile, domain: str, seen: int, written: Written, knowingly: str = ""
) -> CommissionerEntry | ProviderEntry:
    """This function will add a version of what the writer's own side says about a domain; nothing is overwritten.

    ``seen`` is the number of the version that the writer had before them, 0 for none. Raises Overtaken where a newer
    one was saved meanwhile, Already where that newer one is the writer's own and says the same, and Invalid where the
    words hold what looks like personal data and ``knowingly`` does not say why (IGV-01).
    """
    sheet = locked_sheet(by, timezone.localdate(at), profile)
    side = _writing_side(sheet)
    if not (verdict := may_write(side, sheet.is_shared, sheet.is_followed)):
        raise Refused(verdict)
    _check(sheet.template, domain, written)
    newest = sheet.entries.get((domain, side))
    content = _columns(written)
    if newest is not None and all(getattr(newest, name) == value for name, value in content.items()):
        raise Already("This is what is on record already. Nothing was changed.")
    if newest is not None and newest.number != seen:
        raise Overtaken(newest)
    model = CommissionerEntry if side is Side.COMMISSIONER else ProviderEntry
    return model.objects.create(
        knowingly=why_it_stays(_words(written), knowingly),
        profile=sheet.profile,
        domain=domain,
        number=(newest.number if newest else 0) + 1,
        recorded_at=at,
        recorded_by=by.actor_id,
        **content,
    )


@operation(Permission.WORK_ON_PROFILE, on="profile")
def share_entries(
    *, by: Actor, at: datetime, profile: Profile, domains: Collection[str], knowingly: str = ""
) -> tuple[SharedEntry, ...]:
    """This function will copy for the provider what the commissioner's side wrote about some domains.

    Raises Invalid where there is nothing new to share in one of them, and where a copy holds what looks like personal
    data and ``knowingly`` does not say why the provider is to have it (IGV-01).
    """
    sheet = locked_sheet(by, timezone.localdate(at), profile)
    if sheet.writes is not Side.COMMISSIONER:
        raise Refused(NOT_WRITER)
    if not (verdict := may_write(Side.COMMISSIONER, sheet.is_shared, sheet.is_followed)):
        raise Refused(verdict)
    if not domains:
        raise Invalid("Choose at least one domain to share.")
    if stale := [one for one in domains if one not in sheet.unshared]:
        raise Invalid(f"There is nothing new to share about: {', '.join(sorted(stale))}.")
    made = []
    for domain in domains:
        own = sheet.entries[domain, Side.COMMISSIONER]
        content = {name: getattr(own, name) for name in (*FIELDS, "measures", "signals")}
        made.append(
            SharedEntry.objects.create(
                profile=sheet.profile,
                domain=domain,
                number=own.number,
                knowingly=why_it_stays(own.prose.values(), knowingly),
                recorded_at=at,
                recorded_by=by.actor_id,
                **content,
            )
        )
    return tuple(made)


@operation(Permission.WORK_ON_PROFILE, on="profile")
def sign_profile(*, by: Actor, at: datetime, profile: Profile, seen: str) -> Signature:
    """This function will sign, for the signer's side, exactly the text that they had before them (RSK-10).

    ``seen`` is the hash of that text. Any later change leaves the signature on record, and void.
    """
    today = timezone.localdate(at)
    sheet = locked_sheet(by, today, profile)
    side = _writing_side(sheet)
    verdict = may_sign_for_side(by, today, side) & may_sign(asked_to_sign(sheet, side, by.actor_id, seen))
    if not verdict:
        raise Refused(verdict)
    return Signature.objects.create(
        profile=sheet.profile, side=side.value, content_hash=sheet.now, signed_at=at, signed_by=by.actor_id
    )


@operation(Permission.WORK_ON_PROFILE, on="profile")
def review_measures(
    *,
    by: Actor,
    at: datetime,
    profile: Profile,
    form_key: UUID,
    measures: Collection[str],
    because: str,
    knowingly: str = "",
) -> MeasureReview:
    """This function will record the yearly review of an agreed profile's measures (RSK-10; QSG 2017 ¶113).

    The list as given stands from then on; what was agreed and signed stays as it is.
    """
    today = timezone.localdate(at)
    demand_commissioner(by, today, profile.subject, profile)
    demand_new(MeasureReview, form_key)
    sheet = locked_sheet(by, today, profile)
    if sheet.status is not Status.AGREED:
        raise Refused(refused("Measures are reviewed once both sides have agreed the profile.", "QSG 2017 ¶113"))
    return MeasureReview.objects.create(
        profile=sheet.profile,
        measures="\n".join(dict.fromkeys(one.strip() for one in measures if one.strip())),
        because=because.strip(),
        knowingly=why_it_stays([*measures, because], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _writing_side(sheet: Sheet) -> Side:
    if sheet.writes is None:
        raise Refused(NOT_WRITER)
    return sheet.writes


def _check(template: RiskProfile, domain: str, written: Written) -> None:
    problems = []
    if template.domain(domain) is None:
        problems.append("The template has no such domain.")
    scores = (written.likelihood, written.consequence)
    if (scores[0] is None) != (scores[1] is None):
        problems.append("Give both likelihood and consequence, or neither where it cannot be judged yet.")
    if any(score is not None and not 1 <= score <= 5 for score in scores):
        problems.append("Likelihood and consequence are from 1 to 5.")
    if written.confidence and written.confidence not in {one.id for one in template.confidence}:
        problems.append("The template has no such degree of confidence.")
    if written == Written():
        problems.append("Nothing was written.")
    if problems:
        raise Invalid(*problems)


def _words(written: Written) -> tuple[str, ...]:
    return (
        written.evidence_for,
        written.evidence_against,
        written.good_practice,
        written.view,
        "\n".join(written.measures),
    )


def _columns(written: Written) -> dict[str, str | int | None]:
    return {
        "evidence_for": written.evidence_for.strip(),
        "evidence_against": written.evidence_against.strip(),
        "good_practice": written.good_practice.strip(),
        "view": written.view.strip(),
        "measures": "\n".join(written.measures),
        "signals": "\n".join(written.signals),
        "likelihood": written.likelihood,
        "consequence": written.consequence,
        "confidence": written.confidence,
    }
