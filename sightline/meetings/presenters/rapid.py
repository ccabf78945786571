"""A Rapid Quality Review at one glance, in words: what the record holds, its meetings, and who came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from sightline.actions.presenters.log import owner_name
from sightline.escalation.queries.interventions import Intervention, InterventionKind
from sightline.improvement.models import RapidReview
from sightline.improvement.presenters.plans import plan_lines
from sightline.improvement.presenters.reviews import asked_by, page_of
from sightline.indicators.catalogue import Indicator
from sightline.indicators.presenters.words import sentence
from sightline.intelligence.wording import KIND as KIND_TOLD
from sightline.intelligence.words import Kind
from sightline.meetings.queries.rapid import SHOWN, Came, Evidence, Told
from sightline.web.environment import link
from sightline.web.wording import day, plural

_LONGEST = 160
_BY_WORD = "To be said and not circulated: read it on its own page."
INTERVENTION: Mapping[InterventionKind, str] = {
    InterventionKind.RISK_SUMMIT: "Risk Summit",
    InterventionKind.RAPID_REVIEW: "Rapid Quality Review",
    InterventionKind.REGULATORY_ACTION: "Regulatory action of NHS England",
    InterventionKind.ENFORCEMENT: "Action of the regulator",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of what is known, with the page on which it stands; no page, no address."""

    says: str
    when: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is known of one kind: its first pieces, how many there are, and where the rest stands."""

    name: str
    pieces: tuple[Piece, ...]
    nothing: str
    more: str = ""
    href: str = ""


def shelves(found: Evidence, review: RapidReview, known: Mapping[str, Indicator]) -> list[Shelf]:
    """This function will write what the record holds about the subject of a review, each kind on its shelf (RQR-03).

    That there is nothing of a kind is said: it is not the same as good news.
    """
    about = f"?subject={review.subject_id}"
    signals = [one for one in found.signals if one.measure in known]
    return [
        _shelf(
            "Figures that stand out",
            [Piece(f"{known[one.measure].short_name}: {sentence(one, known[one.measure])}") for one in signals],
            "No figure stands out now.",
            found.signals_in_all,
            reverse("subject", args=[review.subject_id]),
        ),
        _shelf(
            "What was told",
            [_heard(one) for one in found.told],
            "Nothing was told that you may hear.",
            found.told_in_all,
            link("items") + about,
        ),
        _shelf(
            "Open concerns",
            [
                Piece(_short(one.statement.says), day(one.concern.raised_on), reverse("concern", args=[one.concern.pk]))
                for one in found.concerns
            ],
            "No concern is on record.",
            len(found.concerns),
            link("concerns") + about,
        ),
        _shelf(
            "Risks on the registers",
            [Piece(one.title, "", reverse("risk", args=[one.risk])) for one in found.risks],
            "No risk stands on a register.",
            len(found.risks),
            link("registers"),
        ),
        _shelf(
            "Open actions",
            [
                Piece(
                    f"{_short(one.statement.resolution)} ({owner_name(one.owner)}, {one.owner.organisation.name})",
                    f"due {day(one.due_on)}",
                    reverse("action", args=[one.action.pk]),
                )
                for one in found.actions
            ],
            "No action is open.",
            len(found.actions),
            link("actions"),
        ),
        _shelf(
            "Improvement plans",
            [Piece(f"{one.name}: {one.tag[0].lower()}", "", one.href) for one in plan_lines(found.plans)],
            "There is no plan.",
            len(found.plans),
            link("plans") + about,
        ),
    ]


def _shelf(name: str, pieces: Sequence[Piece], nothing: str, in_all: int, href: str) -> Shelf:
    shown = tuple(pieces[:SHOWN])
    more = f"See all {in_all}" if in_all > len(shown) else ""
    return Shelf(name, shown, nothing, more, href if more else "")


def _heard(one: Told) -> Piece:
    sort = KIND_TOLD.get(Kind(one.item.kind), "")
    words = _short(one.begins) if one.begins else _BY_WORD
    return Piece(f"{sort}: {words}" if sort else words, day(one.item.heard_on), reverse("item", args=[one.item.pk]))


def _short(words: str) -> str:
    whole = " ".join(words.split())
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST].rsplit(' ', 1)[0]} …"


def intervention_lines(found: Iterable[Intervention], own: RapidReview) -> list[Piece]:
    """This function will write the significant interventions about a subject but for the review itself (SUM-04)."""
    return [
        Piece(f"{INTERVENTION[one.kind]}: {_short(one.says) or _BY_WORD}", day(one.on))
        for one in found
        if one.record != own.pk
    ]


def earlier_lines(reviews: Iterable[RapidReview]) -> list[Piece]:
    """This function will write the other reviews of the same subject."""
    return [Piece(f"Asked for by {asked_by(one)}", f"called {day(one.called_on)}", page_of(one)) for one in reviews]


def came_words(came: Came) -> str:
    """This function will say how many came, and how many minimum members did not."""
    there = plural(len(came.people), "person came", "people came")
    if not came.missing:
        return f"{there}, and every minimum member was there."
    return f"{there}. {plural(len(came.missing), 'minimum member', 'minimum members')} did not."
