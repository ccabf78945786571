"""Terms of reference in words: every section, what differs from the model or the version before, and their review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.groups.terms import TermsFacts, TermsStanding, Written, left_out, lines_of, may_approve, remarks
from sightline.core.groups.terms_difference import MarkedLine, compare
from sightline.core.rulebook.groups import GroupType
from sightline.core.rulebook.terms import OutlineSection, SectionForm, Shown
from sightline.core.verdict import Reason
from sightline.groups.models import Seat, TermsApproval, TermsVersion
from sightline.groups.queries.terms import TermsDue, TermsRules, TermsView, model_of, rules_of
from sightline.rulebook.presenters import RuleLine, meets
from sightline.web.wording import day, plural

AGAINST_MODEL, AGAINST_BEFORE = "model", "before"
TAG: Mapping[TermsStanding, tuple[str, str]] = {
    TermsStanding.NONE: ("No terms yet", "nhsuk-tag--grey"),
    TermsStanding.DRAFT: ("Not approved yet", "nhsuk-tag--blue"),
    TermsStanding.CURRENT: ("Approved", "nhsuk-tag--green"),
    TermsStanding.DUE: ("Review due", "nhsuk-tag--yellow"),
    TermsStanding.OVERDUE: ("Review overdue", "nhsuk-tag--red"),
}


@dataclass(frozen=True, slots=True)
class TermsLine:
    """How it stands with a group's terms, in a line."""

    tag: tuple[str, str]
    says: str


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """One section: what stands in it by itself, what is written, and what the guidance says belongs there."""

    id: str
    title: str
    hint: str
    cites: str
    shown: tuple[RuleLine, ...]
    lines: tuple[MarkedLine, ...]
    left_out: tuple[str, ...]
    change: str
    is_required: bool
    is_code: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there at all."""
        return not (self.shown or self.lines)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list."""

    number: int
    says: str
    when: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class TermsPage:
    """The terms of a group as its page shows one version of them."""

    line: TermsLine
    guidance: str
    source: str
    title: str
    is_in_force: bool
    approved: tuple[str, ...]
    sections: tuple[SectionBlock, ...]
    summary: str
    versions: tuple[VersionLine, ...]
    approvals: tuple[str, ...]
    missing: tuple[Reason, ...]
    remarks: tuple[Reason, ...]


def terms_line(found: TermsDue | TermsStanding) -> TermsLine:
    """This function will say in a line how it stands with a group's terms."""
    match found:
        case TermsDue(standing=TermsStanding.OVERDUE as stands, review_on=when):
            return TermsLine(TAG[stands], f"They were to be looked at again by {day(when)}.")
        case TermsDue(standing=stands, review_on=when):
            return TermsLine(TAG[stands], f"They are to be looked at again by {day(when)}.")
        case TermsStanding.NONE:
            return TermsLine(TAG[found], "The group has no terms of reference on record.")
        case TermsStanding.DRAFT:
            return TermsLine(TAG[found], "They are being written.")
    return TermsLine(TAG[found], "")


def view_line(view: TermsView) -> TermsLine:
    """This function will say in a line how it stands with the terms that a page shows."""
    approval = view.approval
    if approval is None:
        return terms_line(view.standing)
    if view.standing is TermsStanding.CURRENT:
        return TermsLine(TAG[view.standing], f"They are to be looked at again by {day(approval.next_review_on)}.")
    return terms_line(TermsDue(view.group, view.standing, approval.next_review_on))


def terms_page(
    view: TermsView,
    version: TermsVersion,
    names: Mapping[str, str],
    facts: TermsFacts | None,
    seats: Sequence[Seat],
    against: str = "",
) -> TermsPage:
    """This function will put one version of a group's terms into words, marked against another where that is asked."""
    rules, before = rules_of(version), view.before(version)
    other = _other(version, before, against)
    sections = tuple(_block(one, version, rules, seats, other) for one in _outlines(version, rules))
    changed = [one for one in sections if one.change]
    is_newest = version == view.newest
    verdict = may_approve(version.written, facts) if facts and is_newest else None
    return TermsPage(
        line=view_line(view),
        guidance=rules.title,
        source=_source(rules),
        title=f"Version {version.number}, {day(version.recorded_at)}",
        is_in_force=version == view.in_force,
        approved=tuple(_approved(one, names) for one in view.approvals if one.version_id == version.pk),
        sections=sections,
        summary=_summary(changed, against, before, rules) if against else "",
        versions=tuple(_version(one, view, names, version) for one in view.versions),
        approvals=tuple(f"Version {one.version.number}: {_approved(one, names)}" for one in view.approvals),
        missing=verdict.reasons if verdict is not None else (),
        remarks=remarks(version.written, facts) if facts and is_newest else (),
    )


def _source(rules: TermsRules) -> str:
    model = rules.terms.model(rules.kind.id) if rules.kind else None
    return f"{model.name} ({model.cites})" if model else "The guidance has no model for this type: only headings."


def _outlines(version: TermsVersion, rules: TermsRules) -> Iterable[OutlineSection]:
    """The sections of the guidance, without those that belong to another type and in which nothing is written."""
    model = rules.terms.model(version.group.kind)
    written = {one.id: one for one in version.written}
    required = {one.id for one in rules.terms.required_of(version.group.kind)}
    for one in rules.terms.sections:
        has_words = bool(lines_of(written.get(one.id), rules.terms, version.group.kind))
        is_own = one.form is SectionForm.OBJECTIVES or one.shows is not None or (model and model.section(one.id))
        if has_words or is_own or one.id in required or model is None:
            yield one


def _block(
    outline: OutlineSection,
    version: TermsVersion,
    rules: TermsRules,
    seats: Sequence[Seat],
    other: Mapping[str, tuple[str, ...]] | None,
) -> SectionBlock:
    written = {one.id: one for one in version.written}.get(outline.id)
    kind = version.group.kind
    lines = said(written, version, rules)
    marked = compare(lines if other is None else other.get(outline.id, ()), lines)
    return SectionBlock(
        id=outline.id,
        title=outline.title,
        hint=outline.says,
        cites=outline.cites,
        shown=tuple(_shown(outline, version, rules, seats)),
        lines=marked,
        left_out=left_out(written, rules.terms, kind),
        change=_change(marked),
        is_required=outline in rules.terms.required_of(kind),
        is_code=outline.is_code,
    )


def said(written: Written | None, version: TermsVersion, rules: TermsRules) -> tuple[str, ...]:
    """This function will give what a section of a version says line by line, recipients of reports first."""
    lines = lines_of(written, rules.terms, version.group.kind)
    outline = rules.terms.section(written.id) if written else None
    if outline is None or outline.shows is not Shown.RECIPIENTS:
        return lines
    return (*_recipients(version, rules.kind), *lines)


def _recipients(version: TermsVersion, kind: GroupType | None) -> Iterable[str]:
    names = {one.id: one.name for one in (kind.reports_to if kind else ())}
    rows: dict[str, list[str]] = {}
    for one in version.recipients.all():
        who = one.group or one.organisation
        rows.setdefault(one.to, []).append(str(who.name) if who else "")
    for to, bodies in rows.items():
        yield f"It reports to {', '.join(sorted(bodies))}, as “{names.get(to, to)}”."


def _shown(
    outline: OutlineSection, version: TermsVersion, rules: TermsRules, seats: Sequence[Seat]
) -> Iterable[RuleLine]:
    """What stands in a section because another rule or record holds it, and is not repeated in the terms."""
    how = meets(rules.kind) if rules.kind else None
    match outline.shows:
        case Shown.QUORUM if how:
            yield from how.quorate
        case Shown.CADENCE if how:
            yield from how.often
        case Shown.FUNCTIONS:
            yield from (RuleLine(one.name, one.says, one.cites) for one in rules.terms.functions)
        case Shown.SEATS if seats:
            named = [f"{one.title} ({one.organisation.name})" if one.organisation else one.title for one in seats]
            yield RuleLine(plural(len(seats), "seat"), f"{'; '.join(named)}.", "")


def _other(version: TermsVersion, before: TermsVersion | None, against: str) -> Mapping[str, tuple[str, ...]] | None:
    """The lines with which a version is compared, by section; nothing where nothing is asked or there is nothing."""
    if against == AGAINST_MODEL:
        rules = rules_of(version)
        return {one.id: said(one, version, rules) for one in model_of(version)}
    if against == AGAINST_BEFORE and before is not None:
        rules = rules_of(before)
        return {one.id: said(one, before, rules) for one in before.written}
    return None


def _change(lines: Sequence[MarkedLine]) -> str:
    """How many lines came, went or changed."""
    whole = [one.whole for one in lines if one.is_changed]
    counts = (
        (sum(one == "added" for one in whole), "added"),
        (sum(one == "removed" for one in whole), "taken out"),
        (sum(one is None for one in whole), "changed"),
    )
    return ", ".join(f"{plural(count, 'line')} {what}" for count, what in counts if count)


def _summary(changed: Sequence[SectionBlock], against: str, before: TermsVersion | None, rules: TermsRules) -> str:
    if against == AGAINST_BEFORE and before is None:
        return "This is the first version. There is none before it."
    what = f"the model of {rules.title}" if against == AGAINST_MODEL else f"version {before.number if before else 0}"
    if not changed:
        return f"It says the same as {what}."
    said_where = "; ".join(f"{one.title}: {one.change}" for one in changed)
    return f"It differs from {what} in {plural(len(changed), 'section')}. {said_where}."


def _version(one: TermsVersion, view: TermsView, names: Mapping[str, str], shown: TermsVersion) -> VersionLine:
    by = names.get(one.recorded_by, "somebody who is no longer known")
    now = " In force." if one == view.in_force else ""
    return VersionLine(one.number, f"{one.because}{now}", f"{day(one.recorded_at)}, by {by}", one == shown)


def _approved(one: TermsApproval, names: Mapping[str, str]) -> str:
    by = names.get(one.recorded_by, "somebody who is no longer known")
    return (
        f"Approved on {day(one.approved_on)}: {one.because.rstrip('.')}. To be looked at again by "
        f"{day(one.next_review_on)}. Recorded by {by}."
    )


def actors_of(view: TermsView) -> set[str]:
    """This function will give the ids of those who wrote or approved terms."""
    return {one.recorded_by for one in view.versions} | {one.recorded_by for one in view.approvals}


def lines_by_group(found: Mapping[UUID, TermsDue | TermsStanding]) -> dict[UUID, TermsLine]:
    """This function will say in a line, group by group, how it stands with the terms; silent where they are current."""
    return {key: terms_line(one) for key, one in found.items() if one is not TermsStanding.CURRENT}


def review_hint(latest: date, months: int) -> str:
    """This function will say by when terms approved today are looked at again at the latest."""
    return f"Approved today, they are looked at again by {day(latest)} at the latest: within {months} months."
