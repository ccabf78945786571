"""The timeline of a subject in words: a line for each moment, under the heading of its year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from sightline.core.access import Handling
from sightline.core.intelligence.duties import Answer, Stated, standing
from sightline.core.intelligence.wording import first_line
from sightline.core.signals import Bearing, SignalKind
from sightline.directory.models import Subject
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Signal
from sightline.indicators.presenters.words import sentence
from sightline.intelligence.models import Addressee, Item
from sightline.intelligence.wording import BEARING_SHORT, BEARING_TAG, HANDLING_OF, KIND
from sightline.intelligence.words import Kind, ReleaseStep
from sightline.overview.presenters.home import tag_of
from sightline.overview.queries import Timeline
from sightline.overview.queries.moments import (
    Aided,
    AskedFor,
    Became,
    Decided,
    Ended,
    Given,
    Judged,
    Levelled,
    Moment,
    MomentKind,
    Raised,
    RaisedConcern,
    ToldItem,
    ToldProvider,
)
from sightline.web.environment import link
from sightline.web.wording import day, plural

LONGEST = 240  # letters of what somebody told
KINDS = {
    MomentKind.FIGURES: "Figures",
    MomentKind.SILENCE: "What fell silent",
    MomentKind.TOLD: "What people told",
    MomentKind.REGULATOR: "Ratings and the regulator’s actions",
    MomentKind.DEATHS: "Coroners’ reports",
    MomentKind.RISK: "Risk profiles and aids",
    MomentKind.LEVEL: "Concerns and levels",
    MomentKind.ASKED: "Proposals and requests",
    MomentKind.RELEASED: "Releases to the provider",
    MomentKind.BODY: "Mergers",
}
GREY, WHITE, BLUE = "nhsuk-tag--grey", "nhsuk-tag--white", "nhsuk-tag--blue"
TAGS = {
    MomentKind.REGULATOR: ("Regulator", "nhsuk-tag--purple"),
    MomentKind.DEATHS: ("Coroner", "nhsuk-tag--purple"),
    MomentKind.RISK: ("Risk", GREY),
    MomentKind.LEVEL: ("Level", BLUE),
    MomentKind.ASKED: ("Asked", GREY),
    MomentKind.RELEASED: ("Released", GREY),
    MomentKind.BODY: ("Body", GREY),
}
AIDS = {
    "profile": ("A risk profile was begun", "profile"),
    "HeatMapReading": ("Heat map", "heat_map"),
    "TriggerAssessment": ("Trigger tool", "trigger_tool"),
    "OtherProcess": ("Another way of assessing risk", "profiles"),
}
GIVEN = {ReleaseStep.RELEASED.value: "released to", ReleaseStep.WITHDRAWN.value: "withdrawn from"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. ``words`` are somebody's own, the rest is ours."""

    on: str
    tag: tuple[str, str]
    name: str
    href: str
    says: str = ""
    words: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """One year and what happened in it, the newest first."""

    year: int
    entries: tuple[Entry, ...]


def years(found: Timeline, subject: Subject, catalogue: Mapping[str, Indicator], known_on: date) -> list[Year]:
    """This function will put a page of moments into words, year by year; ``known_on`` is the day of which it tells."""
    by_year: dict[int, list[Entry]] = {}
    for moment in found.moments:
        if (entry := _entry(moment, subject, catalogue, known_on)) is not None:
            by_year.setdefault(moment.on.year, []).append(entry)
    return [Year(year, tuple(entries)) for year, entries in by_year.items()]


def kind_choices(chosen: frozenset[MomentKind]) -> list[tuple[str, str, bool]]:
    """This function will give the kinds to filter by: each word of the address, its name, and whether it is chosen."""
    return [(kind.value, name, kind in chosen) for kind, name in KINDS.items()]


def address(chosen: frozenset[MomentKind], known_on: date | None, before: str = "") -> str:
    """This function will write what a timeline is asked for as a part of its address."""
    kinds = [("kind", kind.value) for kind in KINDS if kind in chosen]
    known = [("on", known_on.isoformat())] if known_on else []
    return urlencode([*kinds, *known, *([("before", before)] if before else [])])


def _entry(moment: Moment, subject: Subject, catalogue: Mapping[str, Indicator], known_on: date) -> Entry | None:
    what, on = moment.what, day(moment.on)
    tag = TAGS.get(moment.kind, ("", ""))
    match what:
        case Raised():
            return _noticed(on, what.signal, subject, catalogue, ended=False)
        case Ended():
            return _noticed(on, what.signal, subject, catalogue, ended=True)
        case ToldItem():
            return _told(on, what, moment.kind, subject, known_on)
        case Judged():
            return _judged(on, what, subject)
        case Aided():
            name, page = AIDS[what.which]
            href = link(page, what.record if page == "profile" else subject.pk)
            return Entry(on, tag, name, href, _level(what))
        case Decided():
            word = "Accepted" if what.decision.accepted else "Declined"
            return Entry(
                on, (word, GREY), "A proposal was answered", _on_picture(subject, "answered"), what.decision.says
            )
        case AskedFor():
            return _asked(on, what, subject)
        case Given():
            return _given(on, what)
        case RaisedConcern():
            return Entry(
                on, ("Concern", GREY), "A concern was raised", link("concern", what.concern.pk), "", _short(what.says)
            )
        case Levelled():
            return Entry(
                on, tag, f"{what.before} to {what.after}", link("level_decision", what.decision.pk), _from(what)
            )
        case ToldProvider():
            return _told_provider(on, what)
        case Became():
            return Entry(on, tag, _merger(what, subject), "#history")


def _noticed(
    on: str, signal: Signal | None, subject: Subject, catalogue: Mapping[str, Indicator], ended: bool
) -> Entry | None:
    indicator = catalogue.get(signal.measure) if signal else None
    if signal is None or indicator is None:
        return None
    href = reverse("series", args=[signal.measure, subject.pk])
    if signal.kind == SignalKind.RATING:
        href = "#ratings"
    says = sentence(signal, indicator)
    if ended:
        return Entry(on, ("Ended", WHITE), indicator.short_name, href, f"No longer so: {says[:1].lower()}{says[1:]}")
    return Entry(on, tag_of(signal), indicator.short_name, href, says)


def _told(on: str, told: ToldItem, kind: MomentKind, subject: Subject, known_on: date) -> Entry:
    item = told.item
    tag = TAGS.get(kind) or (BEARING_SHORT[Bearing(item.bearing)], BEARING_TAG[Bearing(item.bearing)])
    answers = [_answer(one, known_on) for one in _addressed(told.addressees, subject)]
    return Entry(
        on=on,
        tag=tag,
        name=KIND[Kind(item.kind)],
        href=link("item", item.pk),
        says=" ".join(filter(None, (_handling(item), *answers))),
        words=begins(told),
    )


def begins(told: ToldItem) -> str:
    """This function will give the first line of what the reader may read, shortened where it is long."""
    return first_line(next((passage.text for passage in told.passages), ""), LONGEST)


def _handling(item: Item) -> str:
    """What a reader must know before they pass it on; that it is for members goes without saying."""
    handling = Handling(item.handling)
    said = "" if handling is Handling.MEMBERS else f"{HANDLING_OF[handling]}."
    if item.verbal_only:
        said += " To be said and not circulated, so its words stand on its own page alone."
    if not item.counts:
        said += " It does not count: not reviewed yet, or set aside."
    return said.strip()


def _addressed(addressees: Sequence[Addressee], subject: Subject) -> list[Addressee]:
    """The body itself where the report was sent to it; else everybody to whom it was sent."""
    own = [one for one in addressees if subject.organisation_id and one.organisation_id == subject.organisation_id]
    return own or list(addressees)


def _answer(one: Addressee, known_on: date) -> str:
    told_since = one.stated_on is not None and one.stated_on > known_on
    found = standing(
        one.due_on,
        Stated.AWAITED if told_since else Stated(one.status),
        on=known_on,
        answered_on=None if told_since else one.answered_on,
        stated_on=None if told_since else one.stated_on,
    )
    days = plural(abs(found.days), "day") if found.days is not None else ""
    match found.answer:
        case Answer.AWAITED:
            left = f", {days} left" if days else ""
            return f"The answer of {one.name} is awaited{left}."
        case Answer.OVERDUE:
            late = f" by {days}" if days else ""
            return f"The answer of {one.name} is overdue{late}."
        case Answer.ANSWERED:
            return f"{one.name} has answered."
        case Answer.ANSWERED_LATE:
            return f"{one.name} answered {days} late."
        case Answer.UNKNOWN:
            return f"Nobody has published whether {one.name} answered."


def _judged(on: str, judged: Judged, subject: Subject) -> Entry:
    overall = [(rating, before) for rating, before in judged.changes if rating.about == "overall"]
    parts = [(rating, before) for rating, before in judged.changes if rating.about != "overall"]
    says = [f"{rating.rating} overall{_before(before)}." for rating, before in overall]
    if parts:
        each = "; ".join(f"{r.about.replace('_', ' ')}: {r.rating.lower()}{_before(before)}" for r, before in parts)
        says.append(f"{each[:1].upper()}{each[1:]}.")
    about = judged.subject.name if judged.subject.pk != subject.pk else ""
    return Entry(on, TAGS[MomentKind.REGULATOR], "Rating", "#ratings", " ".join(says), about=about)


def _before(before: str) -> str:
    return f" (before: {before.lower()})" if before else ""


def _level(aided: Aided) -> str:
    if aided.which == "OtherProcess":
        return f"{aided.word}."
    return f"It suggests {aided.word.replace('-', ' ')}. It is an aid and no decision." if aided.word else ""


def _on_picture(subject: Subject, anchor: str) -> str:
    page = link("picture", subject.pk)
    return f"{page}#{anchor}" if page else ""


def _asked(on: str, asked: AskedFor, subject: Subject) -> Entry:
    href = _on_picture(subject, "requests")
    one = asked.request
    if asked.answer is None:
        return Entry(on, ("Asked", GREY), f"{one.asked_of} was asked", href, one.question)
    word = "Answered" if asked.answer.came else "Nothing came"
    return Entry(on, (word, GREY), f"What was asked of {one.asked_of}", href, asked.answer.says)


def _given(on: str, given: Given) -> Entry:
    name = given.release.to.name
    href = link("released_one" if given.is_own else "release", given.release.pk)
    if given.answer is not None:
        return Entry(on, ("Answered", BLUE), f"{name} answered what was released to it", href, words=given.answer.text)
    if given.is_own:
        return Entry(on, ("Released", BLUE), "Released to you", href, given.release.asks, _short(given.release.text))
    return Entry(on, TAGS[MomentKind.RELEASED], f"A copy was {GIVEN.get(given.step, given.step)} {name}", href)


def _from(levelled: Levelled) -> str:
    return f"It takes effect on {day(levelled.decision.effective_on)}."


def _told_provider(on: str, told: ToldProvider) -> Entry:
    one = told.telling
    if told.is_own:
        return Entry(on, ("Told", BLUE), "You were told", link("told_one", one.pk), "", _short(one.text))
    return Entry(on, ("Told", GREY), f"{one.organisation.name} was told", link("duty", one.duty_id))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"


def _merger(became: Became, subject: Subject) -> str:
    step = became.step
    part = "part of " if step.is_part else ""
    if step.target_id == subject.organisation_id:
        return f"Took over {part}{step.origin.name} ({step.origin.code})"
    return f"{'Partly became' if step.is_part else 'Became'} {step.target.name} ({step.target.code})"
