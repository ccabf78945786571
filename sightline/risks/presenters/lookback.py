"""What was known of a subject on a day, in words; and look-backs as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sightline.core.access import Handling
from sightline.core.intelligence.wording import first_line
from sightline.core.risks import RiskRules
from sightline.core.signals import Bearing
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Rating, Signal
from sightline.indicators.presenters.words import TAG, sentence
from sightline.intelligence.wording import BEARING_SHORT, BEARING_TAG, HANDLING_OF, KIND
from sightline.intelligence.words import Kind
from sightline.risks.models import LookBackFinding
from sightline.risks.presenters.registers import rating
from sightline.risks.queries.heard_then import HeardThen
from sightline.risks.queries.known import Aid, ConcernThen, Known, ProposalThen
from sightline.risks.queries.lookback import Listed
from sightline.risks.words import FindingKind
from sightline.web.environment import link
from sightline.web.wording import day, plural

LONGEST = 240  # letters of what somebody wrote
SOMEBODY = "somebody who is no longer here"
GREY = "nhsuk-tag--grey"
AIDS = {
    "profile": ("A risk profile was begun", "profile"),
    "HeatMapReading": ("Heat map", "heat_map"),
    "TriggerAssessment": ("Trigger tool", "trigger_tool"),
    "OtherProcess": ("Another way of assessing risk", "profiles"),
}
FOUND = {
    FindingKind.KNOWN: "What was known",
    FindingKind.MISSED: "What was missed",
    FindingKind.LESSON: "What is learned",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was on record. ``words`` are somebody's own; ``whom`` says who could know of it."""

    on: str
    name: str
    href: str = ""
    tag: tuple[str, str] = ("", "")
    says: str = ""
    words: str = ""
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what was known; ``empty`` says what it means that there is nothing."""

    id: str
    name: str
    lines: tuple[Line, ...]
    empty: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of a look-back, or a heading with several."""

    name: str
    lines: tuple[tuple[str, str], ...]  # what was written, and by whom and when


@dataclass(frozen=True, slots=True)
class LookBackLine:
    """One look-back of a list."""

    subject: str
    href: str
    as_of: str
    begun: str
    because: str
    findings: str
    is_open: bool
    by_itself: bool


def sections(known: Known, catalogue: Mapping[str, Indicator], rules: RiskRules) -> list[Section]:
    """This function will put into words what was on record, part by part; what nobody had recorded is said too."""
    return [
        _signals(known, catalogue),
        _heard(known),
        Section(
            "aids",
            "Risk profiles and aids",
            tuple(_aid(one, known) for one in known.aids),
            "No profile had been begun and no aid used.",
        ),
        Section(
            "concerns",
            "Concerns that had been raised",
            tuple(_concern(one, rules) for one in known.concerns),
            "Nobody had raised a concern with the group.",
        ),
        Section("risks", "Risks on a register", tuple(_risks(known, rules)), "No risk about it stood on a register."),
        Section("decided", "What had been proposed, asked and decided", tuple(_decided(known)), "Nothing had been."),
    ]


def not_known(known: Known) -> list[str]:
    """This function will say plainly what cannot be reconstructed (LRN-01)."""
    untold = sum(1 for one in known.heard if one.handling is None)
    said = [
        "That somebody could read something does not mean that they did: nobody’s reading is recorded, except where an "
        "annex was opened.",
        "What was said at a meeting and not written down here is not here.",
        "Figures and ratings count from the day on which they came in here, even where they were public before.",
    ]
    if untold:
        said.append(f"How far it then travelled is not known of {plural(untold, 'item')}: it was changed since.")
    if known.day < known.subject.recorded_at.date():
        said.append(f"This house has known of {known.subject.name} only since {day(known.subject.recorded_at)}.")
    if known.heard or known.sitting:
        said.append("Who then could see what is worked out from roles, interests and lists as they are recorded today.")
    return [*said, "What is not for you to see today is left out, as it is everywhere."]


def who_sat(known: Known) -> str:
    """This function will say how many people sat in the group on the day."""
    return f"{plural(len(known.sitting), 'person', 'people')} sat in the group on that day."


def _signals(known: Known, catalogue: Mapping[str, Indicator]) -> Section:
    lines = [*map(_rating, known.ratings)]
    lines += [_signal(one, catalogue[one.measure], known) for one in known.signals if one.measure in catalogue]
    more = []
    if known.signals_in_all > len(known.signals):
        more.append(f"These are the newest {len(known.signals):,} of {known.signals_in_all:,} signals.")
    if known.earlier:
        more.append(f"{plural(known.earlier, 'earlier signal')} had ended by then.")
    return Section("figures", "What figures and ratings showed", tuple(lines), "Nothing stood out.", " ".join(more))


def _rating(one: Rating) -> Line:
    about = "overall" if one.about == "overall" else one.about.replace("_", " ")
    return Line(day(one.published_on), f"Rating, {about}", says=f"{one.rating}.", whom="Everybody: it was published.")


def _signal(one: Signal, indicator: Indicator, known: Known) -> Line:
    return Line(
        day(one.first_raised_at),
        indicator.short_name,
        link("series", one.measure, known.subject.pk),
        TAG[Bearing(one.bearing)],
        sentence(one, indicator),
        whom="All who may see the figures.",
    )


def _heard(known: Known) -> Section:
    lines = tuple(_told(one, len(known.sitting)) for one in known.heard)
    hidden = known.heard_in_all - len(known.heard)
    more = f"These are the newest {len(known.heard):,} of {known.heard_in_all:,} items." if hidden > 0 else ""
    return Section("heard", "What people had told", lines, "Nobody had told anything that you may see.", more)


def _told(one: HeardThen, sat: int) -> Line:
    item = one.item
    said = [f"Heard on {day(item.heard_on)}.", _then(one)]
    if item.verbal_only:
        said.append("To be said and not circulated, so its words stand on its own page alone.")
    whom = "How far it then travelled cannot be told."
    if one.could_read is not None:
        whom = f"{one.could_read:,} of the {sat:,} who sat in the group could read it."
    return Line(
        day(item.recorded_at),
        KIND[Kind(item.kind)],
        link("item", item.pk),
        (BEARING_SHORT[Bearing(item.bearing)], BEARING_TAG[Bearing(item.bearing)]),
        " ".join(filter(None, said)),
        first_line(one.words, LONGEST),
        whom,
    )


def _then(one: HeardThen) -> str:
    handling = "" if one.handling in {None, Handling.MEMBERS} else f"{HANDLING_OF[Handling(one.handling)]}. "
    return f"{handling}{'' if one.counted else 'It did not count: not reviewed yet, or set aside.'}".strip()


def _aid(one: Aid, known: Known) -> Line:
    name, page = AIDS[one.which]
    href = link(page, one.key if page == "profile" else known.subject.pk)
    is_level = one.which in {"HeatMapReading", "TriggerAssessment"}
    says = f"It suggested {one.word.replace('-', ' ')}." if is_level else f"{one.word}." if one.word else ""
    return Line(day(one.on), name, href, says=says, whom="Members of the group.")


def _concern(one: ConcernThen, rules: RiskRules) -> Line:
    severity = next((s.name for s in rules.registers.severities if s.id.value == one.statement.severity), "")
    return Line(
        day(one.concern.raised_on),
        f"Concern: {severity.lower()}" if severity else "Concern",
        link("concern", one.concern.pk),
        ("Closed by then", GREY) if one.is_closed else ("", ""),
        words=first_line(one.statement.says, LONGEST),
        whom="Members of the group.",
    )


def _risks(known: Known, rules: RiskRules) -> Iterator[Line]:
    for one in known.risks:
        stood = rating(rules.matrix, one.current)
        tiers = ", ".join(rules.registers.tier(place.tier).name for place in one.places)
        yield Line(
            day(one.opened_on),
            one.title,
            link("risk", one.id),
            ("Closed by then", GREY) if one.is_closed else (f"{stood.score} {stood.band}".strip(), stood.tag),
            f"On: {tiers}." if tiers else "On no register then.",
            whom="Members of the group, and the region where it stood on the region’s register.",
        )


def _decided(known: Known) -> Iterator[Line]:
    for one in known.proposals:
        yield _proposal(one, known)
    for answer in known.answers:
        word = "Accepted" if answer.accepted else "Declined"
        yield Line(day(answer.recorded_at), "A proposal was answered", tag=(word, GREY), says=answer.says)
    for asked in known.requests:
        yield Line(day(asked.recorded_at), f"{asked.asked_of} was asked", says=asked.question)


def _proposal(one: ProposalThen, known: Known) -> Line:
    proposal, decision = one.proposal, one.decision
    level = known.guidance.level_name(proposal.level_to)
    if decision is not None:
        return Line(
            day(decision.decided_at),
            f"The level was set to {level}",
            link("level_decision", decision.pk) or link("level_proposal", proposal.pk),
            ("Decided", GREY),
            f"From {day(decision.effective_on)}.",
            first_line(decision.because, LONGEST),
            "Members of the group, and those whom it reached.",
        )
    state = "Not followed by then" if one.is_ended else "Open"
    return Line(
        day(proposal.recorded_at),
        f"{level} was proposed",
        link("level_proposal", proposal.pk),
        (state, GREY),
        words=first_line(proposal.reason, LONGEST),
        whom="Members of the group, and those whom it reached.",
    )


def findings(found: Iterable[LookBackFinding], names: Mapping[str, str]) -> list[Found]:
    """This function will group what was found: known, missed, learned."""
    some = list(found)
    made = []
    for kind, name in FOUND.items():
        lines = tuple(
            (one.says, f"{names.get(one.recorded_by, SOMEBODY)}, {day(one.recorded_at)}")
            for one in some
            if one.kind == kind.value
        )
        made.append(Found(name, lines))
    return made


def lines(found: Iterable[Listed]) -> list[LookBackLine]:
    """This function will put look-backs into words."""
    return [
        LookBackLine(
            subject=one.record.subject.name,
            href=link("look_back_record", one.record.pk),
            as_of=day(one.record.as_of),
            begun=day(one.record.recorded_at),
            because=first_line(one.record.because, LONGEST),
            findings=plural(one.findings, "finding") if one.findings else "Nothing written down yet",
            is_open=one.is_open,
            by_itself=one.record.by_itself,
        )
        for one in found
    ]
