"""One risk in words: its scores and where they lie on the matrix, what stands against it, and where it has to stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sightline.core.risks import Finding, Fit, RiskFacts, RiskRules, Score, Status, Target, fit_of, rate
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.risks import RiskMatrix
from sightline.core.verdict import Reason
from sightline.directory.models import Subject
from sightline.indicators.catalogue import Indicator
from sightline.risks.models import Measure, Place, RiskLink, RiskStatement
from sightline.risks.presenters.checks import WEIGHT
from sightline.risks.presenters.registers import BAND_TAG
from sightline.risks.queries.choices import Linkable
from sightline.risks.queries.risks import Sheet, TierAnswer
from sightline.risks.words import LinkKind, MeasureHow, MeasureKind, ScoreKind
from sightline.web.environment import link
from sightline.web.wording import day, plural

KIND = {
    ScoreKind.INITIAL: "At the start",
    ScoreKind.CURRENT: "Now",
    ScoreKind.TARGET: "Target",
}
STATUS: Mapping[Status, tuple[str, str]] = {
    Status.OPEN: ("Open", "nhsuk-tag--blue"),
    Status.ACCEPTED: ("Accepted as it is", "nhsuk-tag--purple"),
    Status.CLOSED: ("Closed", "nhsuk-tag--grey"),
}
FIT = {
    Fit.WITHIN_APPETITE: ("Within appetite", "nhsuk-tag--green"),
    Fit.WITHIN_TOLERANCE: ("Above appetite, still tolerated", "nhsuk-tag--yellow"),
    Fit.ABOVE_TOLERANCE: ("Above what is tolerated", "nhsuk-tag--red"),
}
HOW = {
    MeasureHow.ASSURED: "Somebody made sure that it holds",
    MeasureHow.BORNE: "It may stay, for a reason",
    MeasureHow.DONE: "It is done",
    MeasureHow.ENDED: "It counts no more",
}
LINK = {
    LinkKind.SIGNAL: "Signal",
    LinkKind.INTELLIGENCE: "Intelligence",
    LinkKind.CONCERN: "Concern",
    LinkKind.DECISION: "Level decision",
}


@dataclass(frozen=True, slots=True)
class Rated:
    """A score in words: which one, the cell, the band with its tag, and from when."""

    name: str
    score: int
    band: str
    tag: str
    cell: str
    when: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix, with which of the risk's scores lie on it."""

    score: int
    band: str
    tag: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix as a table: names of the columns, and rows from the most likely down."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class FitWords:
    """How a score stands to appetite and tolerance (RSK-04)."""

    word: str
    tag: str
    says: str
    cites: str


@dataclass(frozen=True, slots=True)
class TierLine:
    """One register: whether the risk has to, may, or must not stand there, why, and where it does."""

    name: str
    word: str
    tag: str
    says: str
    cites: str
    places: tuple[Place, ...]
    may: bool


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What a self-check found, and how much it asks for."""

    word: str
    tag: str
    says: str
    cites: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """What became of a control, a gap or an action."""

    says: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A control, a gap or an action, with what became of it."""

    measure: Measure
    word: str
    tag: str
    due: str
    is_late: bool
    against: str
    steps: tuple[StepLine, ...]
    is_over: bool


@dataclass(frozen=True, slots=True)
class LinkLine:
    """Something that the risk is linked to."""

    kind: str
    says: str
    href: str


def rated(matrix: RiskMatrix, name: str, one: Score | Target | None, why: str = "") -> Rated | None:
    """This function will put a score into words."""
    if one is None:
        return None
    found = rate(matrix, one)
    likely, grave = matrix.likelihood[one.likelihood - 1].name, matrix.consequence[one.consequence - 1].name
    when = f"by {day(one.by)}" if isinstance(one, Target) and one.by else ""
    when = f"since {day(one.on)}" if isinstance(one, Score) else when
    return Rated(
        name, found.score, found.band.name, BAND_TAG[found.band.colour], f"{likely}, {grave.lower()}", when, why
    )


def ways(sheet: Sheet) -> list[Rated]:
    """This function will give where the risk began, where it stands, and where it is to come to rest."""
    matrix, facts = sheet.rules.matrix, sheet.facts
    why = {one.kind: one.rationale for one in sheet.scores}
    given = ((ScoreKind.INITIAL, facts.initial), (ScoreKind.CURRENT, facts.current), (ScoreKind.TARGET, facts.target))
    found = [rated(matrix, KIND[kind], one, why.get(kind, "")) for kind, one in given]
    return [one for one in found if one is not None]


def grid(matrix: RiskMatrix, facts: RiskFacts) -> Grid:
    """This function will lay out the matrix with the risk's scores on it (RSK-03)."""
    marks: dict[tuple[int, int], list[str]] = {}
    for name, one in (("start", facts.initial), ("now", facts.current), ("target", facts.target)):
        if one is not None:
            marks.setdefault((one.likelihood, one.consequence), []).append(name)
    rows = []
    for step in reversed(matrix.likelihood):
        cells = []
        for place, grave in enumerate(matrix.consequence):
            band = matrix.band(step.bands[place])
            assert band is not None  # the matrix names only bands that it has
            here = tuple(marks.get((step.value, grave.value), ()))
            cells.append(Cell(step.scores[place], band.name, BAND_TAG[band.colour], here))
        rows.append((f"{step.value} – {step.name}", tuple(cells)))
    return Grid(tuple(f"{one.value} – {one.name}" for one in matrix.consequence), tuple(rows))


def fit_words(rules: RiskRules, category: str, score: int | None) -> FitWords | None:
    """This function will say how a score stands to the appetite and the tolerance of its category (RSK-04)."""
    found = rules.appetite.category(category)
    fit = fit_of(rules.appetite, category, score) if score is not None else None
    step = rules.appetite.step(found.appetite) if found else None
    if found is None or fit is None or step is None:
        return None
    word, tag = FIT[fit]
    agreed = rules.appetite.statement
    says = (
        f"In “{found.name}” the appetite is “{step.name}”: a risk comes to rest at {step.at_most} or less. "
        f"Up to {found.tolerance} is tolerated on the way."
    )
    if agreed.agreed_on is None:
        says += " Nobody has agreed this yet: it is a suggestion."
    return FitWords(word, tag, says, found.cites)


def tier_lines(rules: RiskRules, answers: Sequence[TierAnswer]) -> list[TierLine]:
    """This function will say of each register whether a risk has to, may, or must not stand there (RPT-02 to RPT-06)."""
    made = []
    for one in answers:
        stands = bool(one.places)
        if not one.verdict:
            word, tag = (
                ("Stands here, and may not", "nhsuk-tag--red") if stands else ("May not stand here", "nhsuk-tag--grey")
            )
        elif one.must:
            word, tag = ("Stands here", "nhsuk-tag--green") if stands else ("Has to stand here", "nhsuk-tag--red")
        else:
            word, tag = ("Stands here", "nhsuk-tag--green") if stands else ("May stand here", "nhsuk-tag--white")
        name = rules.registers.tier(one.tier).name
        made.append(TierLine(name, word, tag, one.rule.says, one.rule.cites, one.places, bool(one.verdict)))
    return made


def finding_lines(found: Sequence[Finding]) -> list[FindingLine]:
    """This function will put what the self-checks found into words, what asks for most first."""
    order = list(WEIGHT)
    some = sorted(found, key=lambda one: order.index(one.weight))
    return [FindingLine(*WEIGHT[one.weight], one.says, one.cites) for one in some]


def measure_lines(sheet: Sheet, kind: MeasureKind) -> list[MeasureLine]:
    """This function will list the controls, the gaps or the actions, those that count first."""
    gaps = {one.pk: one.says for one in sheet.measures}
    made = [
        _measure(one, sheet.on, gaps[one.against_id] if one.against_id else "")
        for one in sheet.measures
        if one.kind == kind
    ]
    return sorted(made, key=lambda one: one.is_over)


def _measure(one: Measure, on: date, against: str) -> MeasureLine:
    steps = list(one.steps.all())
    hows = {step.how for step in steps}
    is_over = bool(hows & {MeasureHow.ENDED, MeasureHow.DONE})
    is_late = not is_over and one.due_on is not None and one.due_on < on
    lines = tuple(StepLine(HOW[MeasureHow(step.how)], day(step.happened_on), step.says) for step in steps)
    word, tag = _state(one, hows, is_late)
    return MeasureLine(one, word, tag, day(one.due_on), is_late, against, lines, is_over)


def _state(one: Measure, hows: set[str], is_late: bool) -> tuple[str, str]:
    if MeasureHow.ENDED in hows:
        return "Counts no more", "nhsuk-tag--grey"
    match MeasureKind(one.kind):
        case MeasureKind.CONTROL:
            return ("Assured", "nhsuk-tag--green") if hows else ("Never checked", "nhsuk-tag--yellow")
        case MeasureKind.GAP:
            return ("May stay", "nhsuk-tag--grey") if hows else ("Open", "nhsuk-tag--yellow")
        case MeasureKind.ACTION:
            if MeasureHow.DONE in hows:
                return "Done", "nhsuk-tag--green"
            return ("Overdue", "nhsuk-tag--red") if is_late else ("To do", "nhsuk-tag--blue")


def link_lines(sheet: Sheet, known: Mapping[str, Indicator]) -> list[LinkLine]:
    """This function will name what the risk is linked to, as far as its reader may see it."""
    return [LinkLine(LINK[LinkKind(one.kind)], *_linked(one, sheet, known)) for one in sheet.links]


def _linked(one: RiskLink, sheet: Sheet, known: Mapping[str, Indicator]) -> tuple[str, str]:
    if one.signal is not None:
        href = link("picture", one.signal.subject_id) if one.signal.subject_id else ""
        return _signal(one.signal.measure, one.signal.until, known), href
    if one.item is not None:
        return f"Heard on {day(one.item.heard_on)}", link("item", one.item.pk)
    if one.concern is not None:
        return f"Raised on {day(one.concern.raised_on)} about {one.concern.subject}", link("concern", one.concern.pk)
    assert one.decision is not None  # a link is to one of the four
    name = sheet.guidance.level_name(one.decision.level_to)
    return f"{name} for {one.decision.subject} from {day(one.decision.effective_on)}", link(
        "level_decision", one.decision.pk
    )


def _signal(measure: str, until: date, known: Mapping[str, Indicator]) -> str:
    name = known[measure].name if measure in known else measure
    return f"{name}, up to {day(until)}"


def linkable_lines(
    some: Sequence[Linkable], sheet: Sheet, known: Mapping[str, Indicator]
) -> list[tuple[Linkable, str, str]]:
    """This function will name what the risk could be linked to."""
    made = []
    for one in some:
        row = RiskLink(kind=one.kind.value, **{_COLUMN[one.kind]: one.record})
        made.append((one, f"{LINK[one.kind]}: {_linked(row, sheet, known)[0]}", ""))
    return made


_COLUMN = {
    LinkKind.SIGNAL: "signal",
    LinkKind.INTELLIGENCE: "item",
    LinkKind.CONCERN: "concern",
    LinkKind.DECISION: "decision",
}


def severity_words(sheet: Sheet) -> str:
    """This function will say how grave the concern is, and as what it counts for its registers (RSK-06)."""
    registers = sheet.rules.registers
    own = registers.severity(sheet.facts.severity).name
    marks = [one.name.lower() for one in registers.modifiers if one.id in sheet.facts.modifiers]
    said = f"{own}, {' and '.join(marks)}" if marks else own
    counts = registers.severity(sheet.severity).name
    return said if counts == own else f"{said}; counts as {counts.lower()} for its registers"


def category_words(rules: RiskRules, category: str) -> str:
    """This function will name a category, or give its id where the guidance has it no longer."""
    found = rules.appetite.category(category)
    return found.name if found else category


def owner_words(said: RiskStatement) -> str:
    """This function will name whoever owns a risk."""
    name = said.owner.display_name if said.owner else said.owner_name
    until = f", until {day(said.owner_until)}" if said.owner_until else ""
    return f"{name}{until}" if name else ""


def accountable_words(said: RiskStatement) -> str:
    """This function will name whoever answers for a risk."""
    if said.accountable_group is not None:
        return str(said.accountable_group)
    return said.accountable.name if said.accountable else ""


def return_lines(sheet: Sheet) -> list[tuple[str, str, str]]:
    """This function will tell of the closed risks that came back as this one, and the trigger it offers (RSK-07)."""
    made = []
    for one in sheet.returns:
        months = plural(one.months, "month")
        says = f"{one.earlier.title}: closed on {day(one.closed_on)}, back after {months}."
        trigger = sheet.trigger(one.trigger)
        offers = f"That is a reason to involve the region: {trigger.says}" if trigger else ""
        made.append((says, offers, one.cites))
    return made


def reasons(verdict_reasons: Sequence[Reason]) -> list[str]:
    """This function will give reasons with their paragraphs, one a line."""
    return [one.cited for one in verdict_reasons]


def asked_lines(rules: RiskRules, answers: Sequence[TierAnswer], asked: Collection[Tier]) -> list[TierLine]:
    """This function will say of each register, before a risk is opened, what holds for it and whether it is asked for."""
    made = []
    for one in answers:
        wanted = one.tier in asked
        match (bool(one.verdict), one.must, wanted):
            case (False, _, True):
                word, tag = "Ticked, and may not stand here", "nhsuk-tag--red"
            case (False, _, False):
                word, tag = "May not stand here", "nhsuk-tag--grey"
            case (True, True, False):
                word, tag = "Has to stand here: tick it", "nhsuk-tag--red"
            case (True, _, True):
                word, tag = "Will stand here", "nhsuk-tag--green"
            case _:
                word, tag = "May stand here", "nhsuk-tag--white"
        name = rules.registers.tier(one.tier).name
        made.append(TierLine(name, word, tag, one.rule.says, one.rule.cites, (), bool(one.verdict)))
    return made


def level_lines(sheet: Sheet) -> list[tuple[Subject, str]]:
    """This function will name each subject with its level, as far as the level is for the reader."""
    names = {pk: sheet.guidance.level_name(level) for pk, level in sheet.levels.items()}
    return [(one, names.get(one.pk, "")) for one in sheet.subjects]


def score_rows(sheet: Sheet) -> list[tuple[Rated, str]]:
    """This function will list every score that was ever given, the newest first, each with who gave it."""
    made = []
    for one in sorted(sheet.scores, key=lambda row: (row.holds_from, row.recorded_at), reverse=True):
        given = Score(one.likelihood, one.consequence, one.holds_from)
        found = rated(sheet.rules.matrix, KIND[ScoreKind(one.kind)], given, one.rationale)
        if found is not None:
            by = f", by {day(one.by_on)}" if one.by_on else ""
            made.append((replace(found, when=f"{day(one.holds_from)}{by}"), one.recorded_by))
    return made
