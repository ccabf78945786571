"""Terms of reference of one group: what is written in each section, what is missing, and when they are looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sightline.core.rulebook.groups import GroupType, GroupTypes, ReportsTo, Use
from sightline.core.rulebook.levels import Force
from sightline.core.rulebook.terms import (
    ModelSection,
    Needed,
    OutlineSection,
    RecipientNeed,
    SectionForm,
    Shown,
    Terms,
)
from sightline.core.verdict import ALLOWED, Reason, Verdict

MOST_OBJECTIVES = 12


@dataclass(frozen=True, slots=True)
class Objective:
    """What a group means to reach by when, and how one will see that it was reached (GRP-17; SQG 2022 §3.5).

    ``how`` says by what one thinks it will come about: a theory of change, which nobody has to have.
    """

    says: str
    success: str
    by_on: date
    how: str = ""

    def __post_init__(self) -> None:
        if not self.says.strip() or not self.success.strip():
            raise ValueError("an objective says what it is, and how one will see that it was reached")


@dataclass(frozen=True, slots=True)
class Written:
    """What a group wrote in one section; ``kept`` are the model's lines that it kept, where each is kept by itself."""

    id: str
    words: str = ""
    kept: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.kept)) != len(self.kept):
            raise ValueError(f"“{self.id}” keeps the same line twice")
        if len(self.objectives) > MOST_OBJECTIVES:
            raise ValueError(f"“{self.id}” has more than {MOST_OBJECTIVES} objectives")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A group or a body that was set as a recipient of reports; ``to`` is the recipient of the type, by its id.

    ``kind`` is the type of a group, and empty for a body. ``is_self`` says that it is the reporting group itself.
    """

    to: str
    name: str
    kind: str = ""
    is_self: bool = False


@dataclass(frozen=True, slots=True)
class TermsFacts:
    """What is known of a group beside what its terms say."""

    kind: GroupType
    types: GroupTypes
    terms: Terms
    recipients: tuple[Recipient, ...] = ()
    members: int = 0  # seats of members that stand today
    has_chair: bool = False  # whether there is a seat for its chair


def as_plain(sections: Iterable[Written]) -> list[dict[str, Any]]:
    """This function will write sections as they are kept, so that they can be read back as the same."""
    return [
        {
            "id": one.id,
            "words": one.words,
            "kept": list(one.kept),
            "objectives": [
                {"says": each.says, "success": each.success, "by_on": each.by_on.isoformat(), "how": each.how}
                for each in one.objectives
            ],
        }
        for one in sections
    ]


def from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[Written, ...]:
    """This function will read sections as they were kept; what is no section raises ValueError, KeyError or TypeError."""
    found = tuple(
        Written(
            id=str(one["id"]),
            words=str(one["words"]),
            kept=tuple(str(each) for each in one["kept"]),
            objectives=tuple(
                Objective(each["says"], each["success"], date.fromisoformat(each["by_on"]), each["how"])
                for each in one["objectives"]
            ),
        )
        for one in plain
    )
    if len({one.id for one in found}) != len(found):
        raise ValueError("a section stands twice")
    return found


def begun_from(terms: Terms, kind: str) -> tuple[Written, ...]:
    """This function will give the terms with which a group of a type begins: the model's, or the bare headings."""
    model = terms.model(kind)
    return tuple(_begun(one, model.section(one.id) if model else None) for one in terms.sections)


def _begun(outline: OutlineSection, section: ModelSection | None) -> Written:
    lines = section.lines if section else ()
    if outline.form in {SectionForm.STANDS, SectionForm.CHECKLIST}:
        return Written(outline.id, kept=tuple(one.id for one in lines if one.id))
    return Written(outline.id, "\n".join(one.says for one in lines))


def lines_of(written: Written | None, terms: Terms, kind: str) -> tuple[str, ...]:
    """This function will give what a section says, line by line: the model's lines that stand in it, then its own.

    A line that stands does so whatever was kept: no group writes away that it has no executive power (GRP-13).
    """
    if written is None:
        return ()
    outline, model = terms.section(written.id), terms.model(kind)
    section = model.section(written.id) if model else None
    own = [line.strip() for line in written.words.splitlines() if line.strip()]
    stands = outline is not None and outline.form is SectionForm.STANDS
    checked = outline is not None and outline.form is SectionForm.CHECKLIST
    kept = [one.says for one in (section.lines if section else ()) if stands or (checked and one.id in written.kept)]
    goals = [_objective(one) for one in written.objectives]
    return (*kept, *goals, *own)


def _objective(one: Objective) -> str:
    how = f" How: {one.how.strip()}" if one.how.strip() else ""
    by = f"{one.by_on.day} {one.by_on:%B %Y}"
    return f"{one.says.strip()} By {by}. Reached when: {one.success.strip()}{how}"


def left_out(written: Written | None, terms: Terms, kind: str) -> tuple[str, ...]:
    """This function will name the lines of a model's checklist that a group left out (GRP-18)."""
    model, outline = terms.model(kind), terms.section(written.id) if written else None
    section = model.section(written.id) if model and written else None
    if written is None or section is None or outline is None or outline.form is not SectionForm.CHECKLIST:
        return ()
    return tuple(one.says for one in section.lines if one.id not in written.kept)


# --- whether they may be approved


def may_approve(sections: Iterable[Written], facts: TermsFacts) -> Verdict:
    """This function will say whether terms are whole, naming all that is missing (GRP-02, GRP-04, GRP-06 to GRP-08, COI-05).

    Frequency and quorum stand with the type of group and need no words where its guidance lays them down.
    """
    written = {one.id: one for one in sections}
    reasons = [
        reason
        for outline in facts.terms.required_of(facts.kind.id)
        if (reason := _missing(outline, written.get(outline.id), facts))
    ]
    reasons += [_unmet(one, facts) for one in needs_of(facts) if one.force is Force.MUST and not _met(one, facts)]
    reasons += _not_apart(facts)
    return Verdict(tuple(reasons)) if reasons else ALLOWED


def _missing(outline: OutlineSection, written: Written | None, facts: TermsFacts) -> Reason | None:
    source = f"COI-05; {outline.cites}" if outline.id == Needed.CONFLICTS else f"GRP-02; {outline.cites}"
    if outline.id == Needed.MEMBERSHIP and not facts.members:
        return Reason(f"{outline.title}: the group has no seat for a member yet. Add its seats first.", source)
    if outline.id == Needed.CHAIR and not facts.has_chair:
        return Reason(f"{outline.title}: there is no seat for whoever chairs. Add one first.", source)
    by_itself = {
        Shown.QUORUM: facts.kind.quorum is not None,
        Shown.CADENCE: facts.kind.cadence is not None,
        Shown.SEATS: bool(facts.members),
        Shown.RECIPIENTS: bool(facts.recipients),
        Shown.FUNCTIONS: bool(facts.terms.functions),
    }
    stands = outline.shows is not None and by_itself[outline.shows]
    if stands or lines_of(written, facts.terms, facts.kind.id) or outline.id == Needed.REPORTING:
        return None  # what is missing among the recipients is said one by one
    return Reason(f"{outline.title}: nothing is written yet. {outline.says}", source)


def needs_of(facts: TermsFacts) -> tuple[RecipientNeed, ...]:
    """This function will give to whom a group has to report: as its model says or else each recipient of its type."""
    model = facts.terms.model(facts.kind.id)
    if model is not None and model.must_report:
        return model.must_report
    return tuple(RecipientNeed(any_of=(one.id,), cites=one.cites) for one in facts.kind.reports_to)


def _met(need: RecipientNeed, facts: TermsFacts) -> bool:
    return any(one.to in need.any_of and not one.is_self for one in facts.recipients)


def _unmet(need: RecipientNeed, facts: TermsFacts) -> Reason:
    names = " or ".join(one.name for one in facts.kind.reports_to if one.id in need.any_of)
    return Reason(f"It is not set to whom it reports as: {names}. Choose the group or the body.", need.cites)


def _not_apart(facts: TermsFacts) -> list[Reason]:
    """A group reports to a body other than itself, and its assurance is given by one that may give it (GRP-04)."""
    found = [
        Reason(f"It cannot report to itself as {one.name}: choose another body.", "GRP-04; SQG 2022 §1.6 and §5.1")
        for one in facts.recipients
        if one.is_self
    ]
    known: Mapping[str, ReportsTo] = {one.id: one for one in facts.kind.reports_to}
    for one in facts.recipients:
        to = known.get(one.to)
        wanted = facts.types.type(to.kind) if to is not None and to.kind else None
        chosen = facts.types.type(one.kind) if one.kind else None
        assures = wanted is not None and Use.ASSURANCE_COMMITTEE in wanted.uses
        if assures and chosen is not None and Use.ASSURANCE_COMMITTEE not in chosen.uses:
            found.append(
                Reason(
                    f"{one.name} is not the board or its committee for assurance, and gives no assurance.",
                    "GRP-04; SQG 2022 §1.6 and §2.8",
                )
            )
    return found


def remarks(sections: Iterable[Written], facts: TermsFacts) -> tuple[Reason, ...]:
    """This function will say what the guidance would rather see in terms; nothing waits for it."""
    written = {one.id: one for one in sections}
    found = [_unmet(one, facts) for one in needs_of(facts) if one.force is Force.SHOULD and not _met(one, facts)]
    for outline in facts.terms.sections:
        mine = written.get(outline.id)
        found += [
            Reason(f"{outline.title}: left out is “{says}”", outline.cites)
            for says in left_out(mine, facts.terms, facts.kind.id)
        ]
        if outline.form is SectionForm.OBJECTIVES and not (mine and mine.objectives):
            says = "no objective says yet what success looks like, and by when."
            found.append(Reason(f"{outline.title}: {says}", outline.cites))
    return tuple(found)


# --- the code of conduct


def code_of(sections: Iterable[Written], terms: Terms, kind: str) -> tuple[tuple[OutlineSection, tuple[str, ...]], ...]:
    """This function will give the code of conduct of a group, section by section; nothing where it has none (COI-06)."""
    written = {one.id: one for one in sections}
    found = ((one, lines_of(written.get(one.id), terms, kind)) for one in terms.sections if one.is_code)
    return tuple((outline, lines) for outline, lines in found if lines)


def same_code_since(codes: Sequence[Sequence[object]]) -> int:
    """This function will say at which place of a row of codes, the oldest first, the last one came to be as it is."""
    at = len(codes) - 1
    while at > 0 and codes[at - 1] == codes[-1]:
        at -= 1
    return at


# --- the clock


class TermsStanding(StrEnum):
    """How it stands with a group's terms on a day."""

    NONE = "none"
    DRAFT = "draft"  # written, and never approved
    CURRENT = "current"
    DUE = "due"
    OVERDUE = "overdue"


def standing(next_review: date | None, on: date, *, are_written: bool, told_days_before: int | None) -> TermsStanding:
    """This function will say how it stands with terms: due some weeks before their review, overdue after its day.

    ``told_days_before`` is None where the house has switched the clock of reviews off: then none is ever due.
    """
    if next_review is None:
        return TermsStanding.DRAFT if are_written else TermsStanding.NONE
    if told_days_before is None:
        return TermsStanding.CURRENT
    if on > next_review:
        return TermsStanding.OVERDUE
    return TermsStanding.DUE if on >= next_review - timedelta(days=told_days_before) else TermsStanding.CURRENT
