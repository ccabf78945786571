"""How a report is laid out by its template: what may not be left open, and what an empty section says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.reports import ReportSection, ReportTemplate
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody writes in a section, or that they say outright that there is nothing."""

    section: str
    words: str = ""
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """One section of a report as it leaves the house, which is never blank."""

    heading: str
    words: str
    under: str = ""  # the heading over it and its neighbours, where the template has one


PURPOSES = {
    Purpose.INFORMATION: "This report is to note, for information only.",
    Purpose.ACTION: "This report is for action.",
}


def to_fill(template: ReportTemplate) -> tuple[ReportSection, ...]:
    """This function will give the sections that somebody writes; the others stand there by themselves."""
    return tuple(one for one in template.sections if one.stands is None)


def may_report(template: ReportTemplate, told: tuple[Said, ...]) -> Verdict:
    """This function will say whether a report may go as it stands (RPT-10, RPT-12, RPT-28).

    Where the template asks for it, nothing is passed over in silence: bad news and good are told, or said to be none.
    """
    reasons = []
    for one in told:
        if one.section not in {section.id for section in to_fill(template)}:
            reasons.append(Reason(f"“{template.name}” has no section “{one.section}” to write in.", template.cites))
    for section in to_fill(template):
        said = _said(section, told)
        if said.words.strip() and said.is_none:
            says = f"{section.title}: you wrote something and ticked that there is nothing. Do one of the two."
            reasons.append(Reason(says, section.cites))
        elif section.blank and section.blank.outright and not said.words.strip() and not said.is_none:
            reasons.append(Reason(f"{section.title}: write something, or tick that there is nothing.", section.cites))
    return Verdict(tuple(reasons))


def laid_out(template: ReportTemplate, told: tuple[Said, ...]) -> tuple[Laid, ...]:
    """This function will lay a report out in its order (RPT-25, RPT-27, RPT-28).

    A section with nothing in it says so in the sentence that the guidance fixed; one that need not be there is left out.
    """
    found = [(one, one.stands or _said(one, told).words.strip()) for one in template.sections]
    filled = [(one, words or (one.blank.says if one.blank else "")) for one, words in found]
    return tuple(Laid(one.heading, words, one.under or "") for one, words in filled if words)


def in_words(laid: Iterable[Laid]) -> str:
    """This function will write a report that was laid out as plain words, each heading on a line of its own (RPT-26)."""
    said, over = [], ""
    for one in laid:
        said.append("\n".join([*([one.under] if one.under and one.under != over else []), one.heading, one.words]))
        over = one.under
    return "\n\n".join(said)


def stated(section: ReportSection, purpose: Purpose | None, *, is_empty: bool) -> str:
    """This function will give what stands in a section before anybody's words: what it is for, or that there is nothing.

    Where nothing is asked for, that the report is to note says so already (RPT-21, RPT-24, RPT-25).
    """
    says = [section.stands] if section.stands else []
    if section.says_purpose and purpose is not None:
        says.append(PURPOSES[purpose])
    if is_empty and section.blank and not (says and section.is_request):
        says.append(section.blank.says)
    return "\n".join(says)


def may_freeze(
    template: ReportTemplate, told: tuple[Said, ...], *, has_minutes: bool, why_no_minutes: str,
    purpose: Purpose | None = None,
) -> Verdict:  # fmt: skip
    """This function will say whether a report may be fixed as it stands (RPT-10, RPT-21, RPT-25, RPT-28).

    Where minutes have to go with it, there are some in its period, or it says why there are none. Where it says what it
    is for, it asks for something if it is for action.
    """
    verdict = may_report(template, told) & _may_be_for(template, told, purpose)
    if template.needs_minutes and not has_minutes and not why_no_minutes.strip():
        says = "Its minutes go with it, and no meeting of the group was held in this period. Say why none are enclosed."
        verdict &= refused(says, template.cites)
    return verdict


def _may_be_for(template: ReportTemplate, told: tuple[Said, ...], purpose: Purpose | None) -> Verdict:
    if not template.says_purpose:
        return ALLOWED
    if purpose is None:
        return refused("Say whether the report is to note or for action.", template.cites)
    places = [one for one in template.sections if one.is_request or one.says_purpose]
    if purpose is Purpose.INFORMATION or any(_said(one, told).words.strip() for one in places):
        return ALLOWED
    where = " or ".join(f"“{one.heading}”" for one in places)
    return refused(f"It is for action, and asks for nothing. Write under {where} what is asked for.", template.cites)


def not_said(template: ReportTemplate, told: tuple[Said, ...]) -> tuple[str, ...]:
    """This function will name by their ids the sections of which nobody said anything, nor that there is nothing."""
    return tuple(one.id for one in to_fill(template) if not _is_said(_said(one, told)))


def _is_said(said: Said) -> bool:
    return bool(said.words.strip()) or said.is_none


def asked(template: ReportTemplate, told: tuple[Said, ...]) -> str:
    """This function will give what a report asks of whom it goes to, or nothing where it is to note."""
    words = (_said(one, told).words.strip() for one in to_fill(template) if one.is_request)
    return "\n\n".join(one for one in words if one)


def _said(section: ReportSection, told: tuple[Said, ...]) -> Said:
    return next((one for one in told if one.section == section.id), Said(section.id))
