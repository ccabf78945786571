"""Triangulation for tests: people of every sort around one body, and evidence of every sort about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Actor, Grant, Role
from sightline.core.signals import SignalKind
from sightline.core.triangulation import Proposal
from sightline.directory.models import Subject
from sightline.indicators.models import Publication, Rating, Series, Signal
from sightline.indicators.rating import OVERALL, SOURCE
from sightline.intelligence.models import Item
from sightline.intelligence.words import TagKind
from sightline.triangulation.models import ProposalDecision, RatingReview, Request
from sightline.triangulation.operations import answer_proposal, ask, review_ratings
from sightline.triangulation.queries import picture_of
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation
from tests.factories.groups import an_interest
from tests.factories.indicators import NOW, SICKNESS, TODAY, a_signal
from tests.factories.intelligence import ELSEWHERE, SYSTEM, a_body, an_item


@dataclass(frozen=True)
class People:
    """Who may look at one body, each in their own way."""

    lead: Person
    secretary: Person
    chair: Person
    member: Person
    conflicted: Person
    provider: Person
    elsewhere: Person
    auditor: Person

    @property
    def deaf(self) -> tuple[Person, ...]:
        """Those who see the published figures of the body and nothing of what was told."""
        return (self.conflicted, self.provider)


def people_around(subject: Subject) -> People:
    """This function will make the people around a body."""
    conflicted = a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Cleo Conflicted")
    an_interest(conflicted, subject)
    return People(
        lead=a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM), display_name="Ada Lead"),
        secretary=a_person(Grant(Role.SECRETARY, system=SYSTEM), display_name="Sam Secretary"),
        chair=a_person(Grant(Role.CHAIR, system=SYSTEM), display_name="Chris Chair"),
        member=a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Mel Member"),
        conflicted=conflicted,
        provider=a_person(Grant(Role.PROVIDER, system=SYSTEM, organisation=subject.key), display_name="Pia Provider"),
        elsewhere=a_person(Grant(Role.MEMBER, system=ELSEWHERE), display_name="Eli Elsewhere"),
        auditor=a_person(Grant(Role.AUDITOR, system=SYSTEM), display_name="Ann Auditor"),
    )


def a_watched_body(code: str = "ZR1", name: str = "Lantern Trust") -> Subject:
    """This function will make a body, and give its subject."""
    return a_body(code, name)


def a_partner(code: str, role: Role = Role.MEMBER) -> Person:
    """This function will make somebody who speaks for a body of their own, and is a witness apart from others."""
    an_organisation(code, f"Partner {code}")
    return a_person(Grant(role, system=SYSTEM, organisation=code))


def told(subject: Subject, code: str, **more: Any) -> Item:
    """This function will have a partner tell a worry about safety, in words from outside the provider."""
    more.setdefault("source", "media")
    return an_item(subject, by=more.pop("by", None) or a_partner(code), **more)


def measured(subject: Subject, until: date = date(2025, 8, 1), indicator: str = SICKNESS, **more: Any) -> Series:
    """This function will make a series in which nothing stands out, without its points."""
    given = {
        "source": "sickness_absence", "kind": "month", "first_on": date(2023, 9, 1), "last_on": until, "points": 24,
        "status": "ok", "variation": "common_cause", "worry": 0, "rule_set": "mdc-2023", "screened": False,
        "assessed_at": NOW, "packed": Series.pack({}), **more,
    }  # fmt: skip
    return Series.objects.create(subject=subject, indicator=indicator, **given)


def rated(
    subject: Subject,
    rating: str = "Requires improvement",
    about: str = "safe",
    on: date = date(2025, 6, 1),
    **more: Any,
) -> Rating:
    """This function will make a published rating."""
    publication, _ = Publication.objects.get_or_create(
        source=SOURCE,
        defaults={"title": "Ratings", "publisher": "CQC", "sha256": "0" * 64, "recorded_at": NOW, "recorded_by": "x"},
    )
    return Rating.objects.create(
        subject=subject, about=about, rating=rating, published_on=on, publication=publication, **more
    )


def a_rating_signal(subject: Subject, **more: Any) -> Signal:
    """This function will make the signal of an overall rating below good, as assessment does."""
    on = more.pop("on", date(2025, 6, 1))
    given = {
        "measure": OVERALL,
        "since": on,
        "until": on,
        "side": "low",
        "periods": 1,
        "rules": "",
        "value": 1.0,
        **more,
    }
    return a_signal(subject, source=SOURCE, kind=SignalKind.RATING, **given)


def confirmed(signal: Signal, by: Actor, counts: bool = True, because: str = "Looked at") -> RatingReview:
    """This function will have somebody review a rating."""
    review_ratings(by=by, at=timezone.now(), signals=[signal], counts=counts, because=because)
    return RatingReview.objects.filter(signal=signal).latest("pk")


def agreeing(subject: Subject, figures: bool = True) -> None:
    """This function will let people and figures agree in a worry about leadership; without figures they stand already."""
    if figures:
        a_signal(subject)
    for code in ("ZP1", "ZP2"):
        told(subject, code, tags=((TagKind.DIMENSION, "well-led"),))


def proposals_of(actor: Actor, subject: Subject) -> tuple[Proposal, ...]:
    """This function will give what is proposed to somebody."""
    return picture_of(actor, TODAY, subject).proposals


def answered(
    actor: Actor, subject: Subject, proposal: Proposal, accepted: bool = False, because: str = "We know why"
) -> ProposalDecision:
    """This function will have somebody answer a proposal."""
    return answer_proposal(
        by=actor,
        at=timezone.now(),
        subject=subject,
        fingerprint=proposal.fingerprint,
        accepted=accepted,
        because=because,
    )


def asked(actor: Actor, subject: Subject, **more: Any) -> Request:
    """This function will have somebody ask for information."""
    given = {"asked_of": "Healthwatch", "question": "What do people say of it?", **more}
    return ask(by=actor, at=timezone.now(), subject=subject, **given)
