"""What the rules propose across many subjects: every proposal that waits for a named person's answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from sightline.core.access import Actor, Viewer
from sightline.core.rulebook import ProposalKind, ProposalRule
from sightline.core.signals import Bearing, Quadrant, SignalKind
from sightline.core.triangulation import Proposal, lay_out, propose
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Subject
from sightline.directory.queries import subjects_within
from sightline.groups.viewers import viewer_of
from sightline.indicators.queries import catalogue
from sightline.intelligence.models import Sighting
from sightline.triangulation.models import ProposalDecision
from sightline.triangulation.queries.deliberating import decisions_about, open_to
from sightline.triangulation.queries.evidence import confirmed_among, evidence_of, places_of
from sightline.triangulation.queries.picture import rules_of_triangulation, waiting
from sightline.triangulation.queries.worry import current_signals

_WORDS = frozenset({Quadrant.INTERNAL_QUALITATIVE, Quadrant.EXTERNAL_QUALITATIVE})
# What asks most of people comes first; good news last, because it can wait.
_ORDER = (
    ProposalKind.TRIGGER_TOOL,
    ProposalKind.DISCUSS,
    ProposalKind.ASK_FOR_INFORMATION,
    ProposalKind.LOOK_FOR_INFORMATION,
    ProposalKind.NOTE_GOOD_PRACTICE,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that nobody has answered yet, and the subject that it is about."""

    subject: Subject
    proposal: Proposal

    @property
    def place(self) -> tuple[int, int, int, str]:
        """The weightiest first, then by how many witnesses there are, then the newest."""
        one = self.proposal
        return (_ORDER.index(one.kind), -len(one.origins), -one.until.toordinal(), self.subject.name)


@dataclass(slots=True)
class _Origins:
    """Who speaks of one subject in one direction: people, figures, and which of them in words."""

    soft: set[str] = field(default_factory=set)
    hard: set[str] = field(default_factory=set)
    in_words: set[str] = field(default_factory=set)

    def may_meet(self, rule: ProposalRule) -> bool:
        """This function will say whether a rule could be met at all; its rows and kinds are looked at later."""
        return (
            len(self.soft | self.hard) >= rule.sources_at_least
            and (bool(self.soft) or not rule.needs_soft)
            and (bool(self.hard) or not rule.needs_hard)
            and (bool(self.in_words) or not (rule.needs_qualitative or rule.lacks_figures))
        )


def proposals_waiting(actor: Actor, on: date, area: str = "") -> list[Waiting]:
    """This function will give every proposal that waits, the strongest first, of an area or of everywhere (INT-04).

    Few subjects have as many independent witnesses as any rule asks for; the database finds those, and only for them
    is the whole picture laid out.
    """
    rules = rules_of_triangulation(on)
    within = subjects_within(area, on) if area else Subject.objects.all()
    viewer = viewer_of(actor, on)
    chosen = _candidates(actor, viewer, on, open_to(viewer, within), rules.proposals)
    subjects = Subject.objects.in_bulk(chosen)
    told = evidence_of(actor, on, chosen)
    answered: dict[UUID, list[ProposalDecision]] = {}
    for decision in decisions_about(actor, on, chosen):
        answered.setdefault(decision.subject_id, []).append(decision)
    found = []
    for key, subject in subjects.items():
        proposed = propose(subject.name, lay_out(told[key], on, rules.freshness), told[key], rules.proposals)
        found += [Waiting(subject, one) for one in waiting(proposed, tuple(answered.get(key, ())), rules)]
    return sorted(found, key=lambda one: one.place)


def _candidates(
    actor: Actor, viewer: Viewer, on: date, subjects: QuerySet[Subject], rules: Sequence[ProposalRule]
) -> Collection[UUID]:
    found: dict[tuple[UUID, Bearing], _Origins] = {}
    since = on - timedelta(days=max((rule.within_days for rule in rules), default=0))
    for subject, bearing, origin, is_soft, in_words in (
        *_told(viewer, subjects, since),
        *_noticed(actor, on, subjects, since),
    ):
        origins = found.setdefault((subject, bearing), _Origins())
        (origins.soft if is_soft else origins.hard).add(origin)
        if in_words:
            origins.in_words.add(origin)
    return {
        subject
        for (subject, bearing), origins in found.items()
        if any(rule.bearing is bearing and origins.may_meet(rule) for rule in rules)
    }


_Voice = tuple[UUID, Bearing, str, bool, bool]


def _told(viewer: Viewer, subjects: QuerySet[Subject], since: date) -> Iterator[_Voice]:
    rows = Sighting.objects.heard_by(viewer).filter(heard_on__gte=since)
    rows = rows.filter(subject__in=subjects.order_by().values("pk")).order_by()
    for subject, bearing, origin, quadrant in rows.values_list("subject", "bearing", "origin", "quadrant").distinct():
        yield subject, Bearing(bearing), origin, True, not quadrant or Quadrant(quadrant) in _WORDS


def _noticed(actor: Actor, on: date, subjects: QuerySet[Subject], since: date) -> Iterator[_Voice]:
    places = places_of(catalogue(), on)
    standing = current_signals(actor, on).filter(subject__in=subjects.order_by().values("pk"), until__gte=since)
    silent = [kind.value for kind in (*ABSENCES, SignalKind.RATING)]
    rows = standing.exclude(kind__in=silent).order_by().values_list("subject", "bearing", "measure").distinct()
    confirmed = [(one.subject_id, one.bearing, one.measure) for one in confirmed_among(standing)]
    for subject, bearing, measure in (*rows, *confirmed):
        if subject is not None and measure in places:
            place = places[measure]
            yield subject, Bearing(bearing), place.origin, False, place.quadrant in _WORDS
