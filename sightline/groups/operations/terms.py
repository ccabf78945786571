"""Changes to terms of reference: begun from the model, written section by section, and approved by the group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.groups.terms import Written, as_plain, begun_from, lines_of, may_approve
from sightline.core.rulebook.clocks import later_by
from sightline.core.rulebook.groups import GroupTypes
from sightline.core.rulebook.terms import OutlineSection, SectionForm, Shown
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Organisation
from sightline.groups.hearing import groups_seen
from sightline.groups.keeping import kept
from sightline.groups.models import Group, GroupEnding, TermsApproval, TermsRecipient, TermsVersion
from sightline.groups.queries import group_types
from sightline.groups.queries.terms import TermsRules, facts_of, presides, rules_of, terms_rules
from sightline.groups.queries.terms_recipients import Chosen, chosen_in, evident, fitting
from sightline.web.wording import day

_CHAIRS = "CHR-09; SQG 2022 Annex A, Chair; QSG 2017 ¶85"


@operation(Permission.KEEP_GROUPS, on="result")
def begin_terms(*, by: Actor, at: datetime, group: Group, form_key: UUID) -> TermsVersion:
    """This function will begin the terms of a group from the model of its guidance, or begin again after it moved (GRP-02).

    Where only one group or body fits as a recipient of its reports, that one is set. Raises Already where they were
    begun from that guidance, Invalid where it does not know groups of this type.
    """
    today = timezone.localdate(at)
    group = _standing(kept(by, group, today), today)
    _once(TermsVersion.objects.filter(form_key=form_key).exists())
    rules = terms_rules(group, today)
    if rules.kind is None:
        raise Invalid(f"{rules.title} knows no groups of this type. Move the group to another guidance first.")
    newest = _newest(group)
    if newest is not None and newest.pack == rules.pack:
        raise Already("The terms were begun from the model of this guidance already.")
    found = fitting(group, rules.kind, _types(rules, today), today)
    because = f"Begun from the model of {rules.title}."
    sections = begun_from(rules.terms, group.kind)
    return _keep(by, at, group, newest, rules, sections, evident(found), form_key, because)


@operation(Permission.KEEP_GROUPS, on="result")
def write_section(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    base: int,
    section: Written,
    because: str,
    form_key: UUID,
    recipients: Iterable[Chosen] | None = None,
    knowingly: str = "",
) -> TermsVersion:
    """This function will keep a section as a new version of the terms; ``base`` is the version that was changed.

    ``recipients`` are given with the section about reporting. Raises Invalid where nothing is changed, where a line or a
    recipient is none of the guidance's, or where somebody else changed the same section since.
    """
    today = timezone.localdate(at)
    group = _standing(kept(by, group, today), today)
    _once(TermsVersion.objects.filter(form_key=form_key).exists())
    newest = _newest(group)
    if newest is None:
        raise Invalid("The terms are not begun yet. Begin them from the model first.")
    rules, outline = _outlined(newest, section, today)
    _demand_unchanged(newest, base, section.id)
    sections = _with(newest.written, section)
    goes = chosen_in(newest) if recipients is None else tuple(recipients)
    if outline.shows is not Shown.RECIPIENTS and recipients is not None:
        raise Invalid("To whom the group reports is set in the section about reporting.")
    _demand_fitting(newest, rules, goes, today)
    if set(sections) == set(newest.written) and set(goes) == set(chosen_in(newest)):
        raise Invalid("Nothing is changed yet: this says the same as the version before.")
    why = why_it_stays([section.words, because, *_typed(section)], knowingly)
    return _keep(by, at, group, newest, rules, sections, goes, form_key, because.strip(), why)


@operation(Permission.PRESIDE, on="result")
def approve_terms(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    number: int,
    approved_on: date,
    because: str,
    form_key: UUID,
    next_review_on: date | None = None,
    knowingly: str = "",
) -> TermsApproval:
    """This function will record that the group approved its newest terms; ``because`` says by whom, or at which meeting.

    Whoever chairs it records it (CHR-09). Raises Refused for anybody else, and with all that is missing (GRP-02, GRP-04,
    GRP-06 to GRP-08, COI-05); Invalid for a day that does not fit, or a review later than the guidance has it.
    """
    today = timezone.localdate(at)
    group = _presided(by, group, today)
    _once(TermsApproval.objects.filter(form_key=form_key).exists())
    version = _newest(group)
    if version is None or version.number != number:
        raise Invalid("There is a newer version of the terms. Look at it, and approve that one.")
    _demand_whole(version, today)
    months = rules_of(version).terms.review.months
    latest = later_by(approved_on, months)
    review = next_review_on or latest
    _demand_days(version, approved_on, review, latest, months, today)
    return TermsApproval.objects.create(
        version=version,
        approved_on=approved_on,
        next_review_on=review,
        form_key=form_key,
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


# --- shared by the above


def _once(is_there: bool) -> None:
    if is_there:
        raise Already("This is on record already.")


def _standing(group: Group, today: date) -> Group:
    ending = GroupEnding.objects.filter(group=group).first()
    if ending is not None and ending.ends_on <= today:
        raise Invalid(f"The group was ended from {day(ending.ends_on)} on. Its terms stay as they are.")
    return group


def _presided(by: Actor, group: Group, today: date) -> Group:
    if not Group.objects.filter(groups_seen(by, today), pk=group.pk).exists() or not presides(by, group, today):
        raise Refused(refused("Whoever chairs the group records that it approved its terms.", _CHAIRS))
    return _standing(Group.objects.select_for_update().get(pk=group.pk), today)


def _newest(group: Group) -> TermsVersion | None:
    rows = TermsVersion.objects.filter(group=group).select_related("group").prefetch_related("recipients")
    return rows.order_by("-number").first()


def _types(rules: TermsRules, today: date) -> GroupTypes:
    return group_types(rules.pack, today)


def _outlined(newest: TermsVersion, section: Written, today: date) -> tuple[TermsRules, OutlineSection]:
    """The section of the guidance that is written; Invalid for one, or a line of one, that it does not have."""
    rules = terms_rules(newest.group, today, newest.pack)
    outline, model = rules.terms.section(section.id), rules.terms.model(newest.group.kind)
    if outline is None:
        raise Invalid("The terms have no such section.")
    lines = model.section(section.id) if model else None
    known = {one.id for one in lines.lines} if lines else set()
    if set(section.kept) - known:
        raise Invalid("A line that is not in the model cannot be kept. Write it in your own words.")
    if section.objectives and outline.form is not SectionForm.OBJECTIVES:
        raise Invalid("Objectives stand in a section of their own.")
    return rules, outline


def _demand_unchanged(newest: TermsVersion, base: int, section_id: str) -> None:
    """Two people may write at once, as long as they write different sections."""
    if newest.number == base:
        return
    earlier = TermsVersion.objects.filter(group=newest.group, number=base).prefetch_related("recipients").first()
    if earlier is None or base > newest.number:
        raise Invalid("The version that you changed is not there. Open the section again.")
    was, now = [{one.id: one for one in row.written}.get(section_id) for row in (earlier, newest)]
    if was != now or set(chosen_in(earlier)) != set(chosen_in(newest)):
        kind = newest.group.kind
        says = " / ".join(lines_of(now, rules_of(newest).terms, kind)) or "nothing"
        raise Invalid(
            "Somebody changed this section while you wrote. Put their words and yours together, then keep it again.",
            f"It now says: {says}",
        )


def _with(sections: tuple[Written, ...], section: Written) -> tuple[Written, ...]:
    words = "\n".join(line.strip() for line in section.words.splitlines() if line.strip())
    made = replace(section, words=words)
    others = {one.id for one in sections}
    return tuple(made if one.id == section.id else one for one in sections) + (() if made.id in others else (made,))


def _typed(section: Written) -> list[str]:
    return [words for one in section.objectives for words in (one.says, one.success, one.how)]


def _demand_fitting(version: TermsVersion, rules: TermsRules, goes: tuple[Chosen, ...], today: date) -> None:
    """Each recipient is one that the guidance names, and each group one that fits it: never the group itself (GRP-04)."""
    if rules.kind is None:
        return
    known = {one.to.id: one for one in fitting(version.group, rules.kind, _types(rules, today), today)}
    before = {key for one in chosen_in(version) for key in one.groups}
    for one in goes:
        if one.to not in known:
            raise Invalid("The guidance names no such recipient of reports.")
        if one.groups - {each.pk for each in known[one.to].groups} - before:
            raise Invalid(f"Choose a group that fits as {known[one.to].to.name}, and is another than this one.")


def _demand_whole(version: TermsVersion, today: date) -> None:
    facts = facts_of(version, today)
    if facts is None:
        raise Invalid("The guidance knows no groups of this type. Move the group to another guidance first.")
    verdict = may_approve(version.written, facts)
    if not verdict:
        raise Refused(verdict)


def _demand_days(
    version: TermsVersion, approved_on: date, review: date, latest: date, months: int, today: date
) -> None:
    problems = []
    if approved_on > today:
        problems.append("The day of approval is still to come. Give the day on which it was approved.")
    if approved_on < version.group.begun_on:
        problems.append(f"The group began on {day(version.group.begun_on)}: give that day or a later one.")
    newest = TermsApproval.objects.filter(version__group=version.group).order_by("-approved_on").first()
    if newest is not None and approved_on < newest.approved_on:
        problems.append(f"The last approval was on {day(newest.approved_on)}: give that day or a later one.")
    if not approved_on < review <= latest:
        problems.append(
            f"Terms are looked at again within {months} months: give a day after {day(approved_on)} and up to "
            f"{day(latest)} (SQG 2022 Annex A, Frequency; QSG 2017 Annex A)."
        )
    if problems:
        raise Invalid(*problems)


def _keep(
    by: Actor,
    at: datetime,
    group: Group,
    newest: TermsVersion | None,
    rules: TermsRules,
    sections: tuple[Written, ...],
    recipients: tuple[Chosen, ...],
    form_key: UUID,
    because: str,
    knowingly: str = "",
) -> TermsVersion:
    version = TermsVersion.objects.create(
        group=group,
        number=newest.number + 1 if newest else 1,
        sections=as_plain(sections),
        pack=rules.pack,
        edition=rules.edition,
        form_key=form_key,
        because=because,
        knowingly=knowingly,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    rows = [
        TermsRecipient(version=version, to=one.to, group_id=key) for one in recipients for key in sorted(one.groups)
    ]
    known = Organisation.objects.filter(pk__in={key for one in recipients for key in one.bodies}).in_bulk()
    rows += [
        TermsRecipient(version=version, to=one.to, organisation=known[key])
        for one in recipients
        for key in sorted(one.bodies)
        if key in known
    ]
    TermsRecipient.objects.bulk_create(rows)
    return version
