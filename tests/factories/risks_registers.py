"""A board with its registers, risks that came, moved and left over two years, and everybody who might read of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind
from sightline.risks.models import Acceptance, PlaceEnding, Risk, RiskEnding, RiskReview, RiskScore, RiskStatement
from sightline.risks.operations._now import keep_now
from sightline.risks.queries.ledgers import Ledger
from sightline.risks.words import ScoreKind
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.risks import SYSTEM, WRITER, a_risk, moment

REGION = "QY1"
CATEGORIES = ("safety", "workforce", "transition")


@dataclass(frozen=True)
class Board:
    """A board, its region, a provider of each kind that matters, and the readers of its registers."""

    icb: Organisation
    region: Organisation
    trust: Subject
    hospice: Subject
    people: dict[str, Person]

    @property
    def ledger(self) -> Ledger:
        """The register of its system."""
        return Ledger(Tier.SYSTEM, self.icb)


def a_board() -> Board:
    """This function will make a board with its readers: the conflicted one has an interest in the hospice."""
    icb = an_organisation(SYSTEM, "Lantern Board", Kind.ICB)
    region = an_organisation(REGION, "Northern Region", Kind.REGION)
    trust, hospice = (an_organisation(code, name).subjects.get() for code, name in (("ZR1", "Mill"), ("ZR2", "Elm")))
    roles = {
        "lead": Grant(Role.QUALITY_LEAD, system=SYSTEM),
        "member": Grant(Role.MEMBER, system=SYSTEM),
        "conflicted": Grant(Role.MEMBER, system=SYSTEM),
        "stranger": Grant(Role.CHAIR, system="QZ9"),
        "region": Grant(Role.REGION, organisation=REGION),
        "provider": Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR2"),
    }
    people = {name: a_person(grant) for name, grant in roles.items()}
    an_interest(people["conflicted"], hospice)
    return Board(icb, region, trust, hospice, people)


def grow(board: Board, many: int, seed: int = 1) -> list[Risk]:
    """This function will let risks come, move, be accepted, leave and close over the last two years, at random."""
    rng = random.Random(seed)
    made = [_one(board, rng) for _ in range(many)]
    keep_now(made, TODAY)
    return made


def _one(board: Board, rng: random.Random) -> Risk:
    opened = TODAY - timedelta(days=rng.randrange(30, 700))
    days = sorted(opened + timedelta(days=rng.randrange((TODAY - opened).days + 1)) for _ in range(6))
    places = [(Tier.SYSTEM, board.icb, f"S-{rng.randrange(99)}"), (Tier.REGION, board.region), (Tier.ICB, board.icb)]
    risk = a_risk(
        subjects=rng.sample([board.trust, board.hospice], rng.randrange(1, 3)),
        opened_on=opened,
        initial=_cell(rng),
        target=_cell(rng) if rng.random() < 0.5 else None,
        places=places[: rng.randrange(1, 4)] if rng.random() < 0.9 else places[1:],
        **_said(board, rng, opened),
    )
    by = {"recorded_by": WRITER}
    for number, day in enumerate(days[: rng.randrange(3)], 2):
        RiskStatement.objects.create(
            risk=risk, number=number, recorded_at=moment(day), **_said(board, rng, day), **by, **_STATED
        )
    for day in days[: rng.randrange(5)]:
        told = moment(min(TODAY, day + timedelta(days=rng.choice([0, 0, 40]))))
        likelihood, consequence = _cell(rng)
        RiskScore.objects.create(
            risk=risk, kind=ScoreKind.CURRENT.value, likelihood=likelihood, consequence=consequence, holds_from=day,
            rationale="Discussed", recorded_at=told, **by,
        )  # fmt: skip
    for day in days[2 : 2 + rng.randrange(3)]:
        on = day + timedelta(days=rng.randrange(200)) if rng.random() < 0.7 else None
        RiskReview.objects.create(
            risk=risk, reviewed_on=day, says="Seen", next_review_on=on, recorded_at=moment(day), **by
        )
    if rng.random() < 0.3:
        Acceptance.objects.create(risk=risk, accepted_by="The chief", because="b", recorded_at=moment(days[4]), **by)
    if rng.random() < 0.3:
        place = risk.places.order_by("?").first() if rng.random() < 0.5 else risk.places.first()
        assert place is not None
        PlaceEnding.objects.create(place=place, ended_on=days[4], because="b", recorded_at=moment(days[5]), **by)
    if rng.random() < 0.3:
        RiskEnding.objects.create(risk=risk, ended_on=days[3], because="It held", recorded_at=moment(days[5]), **by)
    return risk


def _cell(rng: random.Random) -> tuple[int, int]:
    return rng.randrange(1, 6), rng.randrange(1, 6)


def _said(board: Board, rng: random.Random, day: date) -> dict[str, object]:
    owner = rng.choice([None, board.people["lead"], board.people["member"]])
    return {
        "title": f"Risk {uuid4().hex[:6]}",
        "category": rng.choice(CATEGORIES),
        "severity": rng.choice(list(Severity)).value,
        "owner": owner,
        "owner_name": "" if owner or rng.random() < 0.5 else "Director of nursing",
        "review_on": day + timedelta(days=rng.randrange(300)) if rng.random() < 0.7 else None,
    }


_STATED = {"cause": "c", "event": "e", "effect": "f"}
