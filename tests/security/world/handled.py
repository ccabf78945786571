"""What was done with what was told: reviews, answers, referrals, copies for the provider, identities, published items."""

from __future__ import annotations

from datetime import timedelta

from django.test import override_settings
from django.utils import timezone

from sightline.core.access import Handling
from sightline.core.signals import Quadrant
from sightline.directory.models import Organisation, Subject
from sightline.intelligence import operations as do
from sightline.intelligence.models import (
    About,
    Addressee,
    Doubt,
    Item,
    Passage,
    Placing,
    Release,
    Report,
    Review,
    TextDelivery,
    TextFault,
    ThemeTraining,
    Unplaced,
)
from sightline.intelligence.operations._sightings import see_again
from sightline.intelligence.words import Basis, DeliveryState, Kind, Outcome, ReferralKind, ReleaseStep
from tests.factories.published_texts import a_comment, comments, taken_in
from tests.security.personas import ELSEWHERE, HOME, OTHER, SUBJECT, Cast

PREPARES, RELEASES = "secretariat", "quality_lead"


def build(cast: Cast) -> None:
    """This function will handle the items, by operations wherever there is one."""
    _decided(cast)
    _passed_on(cast)
    _kept_apart(cast)
    _released(cast)
    _published(cast)
    _delivered(cast)
    _trained(cast)


def _decided(cast: Cast) -> None:
    keeper, now, told = cast.people[PREPARES], timezone.now(), cast.records
    because = {"by": keeper, "at": now, "because": "We looked into it"}
    do.review(item=told["unnamed"], outcome=Outcome.ACCEPTED, **because)
    do.review(item=told["aside"], outcome=Outcome.SET_ASIDE, **because)
    do.tells_again(item=told["unnamed"], first=told["open"], **because)
    because["at"] = timezone.now()
    mistaken = do.tells_again(item=told["by_conflicted"], first=told["open"], **because)
    do.undo_join(told=mistaken, **because)
    for name in ("unnamed", "of_itself", "by_conflicted", "plain"):
        do.answer_giver(by=keeper, at=now, item=told[name], says="We asked the ward, and it is put right.")


def _passed_on(cast: Cast) -> None:
    now, today, told = timezone.now(), timezone.localdate(), cast.records
    keeper, member = cast.people[PREPARES], cast.people["member"]
    with_reference = {"referred_on": today, "reference": "S-1", "detail": "Please look into it"}
    safeguarding = do.refer(
        by=member, at=now, item=told["open"], kind=ReferralKind.SAFEGUARDING, body="The council", **with_reference
    )
    do.note_receipt(by=keeper, at=now, referral=safeguarding, received_on=today, says="It came")
    told["referral"] = do.refer(
        by=keeper, at=now, item=told["plain"], kind=ReferralKind.OTHER_GROUP, body="", group_system=ELSEWHERE,
        **with_reference,
    )  # fmt: skip
    do.note_sharing(by=keeper, at=now, item=told["protocol"], body="The inspectorate", shared_on=today)
    do.note_panel(
        by=keeper, at=now, item=told["protocol"], convened_by="The inspectorate", met_on=today, agreed="A visit"
    )
    do.describe_investigation(
        by=keeper, at=now, item=told["uncooperative"], name="Night care", led_by="The council", asked_for="The rota"
    )


def _kept_apart(cast: Cast) -> None:
    """Both databases keep identities here: what is tested is who may open them."""
    for name, readers in {"annexed": ("deputy", "conflicted_member"), "annexed_other": ("lay_member",)}.items():
        with override_settings(ANNEX_ON_SQLITE=True):
            cast.records[f"annex of {name}"] = do.add_annex(
                by=cast.people[PREPARES],
                at=timezone.now(),
                item=cast.records[name],
                text="Somebody of ours",
                basis=Basis.SAFEGUARDING,
                readers=tuple(cast.people[one].actor_id for one in readers),
                because="The council must find them",
            )
    with override_settings(ANNEX_ON_SQLITE=True):  # she who is never named opens none: it would bear her name
        annex = cast.records["annex of annexed"]
        do.open_annex(by=cast.people["deputy"], at=timezone.now(), annex=annex, because="To call them")


def _released(cast: Cast) -> None:
    """Of one item four copies: one stands released and is answered, one waits, one was refused, one was withdrawn."""
    steps = {
        "released": (ReleaseStep.RELEASED,),
        "prepared": (),
        "refused": (ReleaseStep.REFUSED,),
        "withdrawn": (ReleaseStep.RELEASED, ReleaseStep.WITHDRAWN),
    }
    for name, taken in steps.items():
        cast.records[f"{name} copy"] = _copy(cast, "released", taken)
    cast.records["copy of other"] = _copy(cast, "plain", (ReleaseStep.RELEASED,), OTHER)
    copy = cast.records["released copy"]
    do.answer_release(by=cast.people["subject_provider"], at=timezone.now(), release=copy, says="We changed the rota.")


def _copy(cast: Cast, item: str, steps: tuple[ReleaseStep, ...], to: str = SUBJECT) -> Release:
    made = do.prepare_release(
        by=cast.people[PREPARES],
        at=timezone.now(),
        item=cast.records[item],
        to=Organisation.objects.get(code=to),
        text="Answers at night are late.",
        asks="Please say what you do about it.",
        answer_by=timezone.localdate() + timedelta(days=30),
    )
    for step in steps:
        do.decide_release(
            by=cast.people[RELEASES], at=timezone.now(), release=made, step=step, because="It is fair to tell them"
        )
    return made


def _published(cast: Cast) -> None:
    """One report that counts, about the one body; of the other, one that waits and one nobody gave to any group."""
    report = published_item(cast, "report", SUBJECT, Kind.DEATH_REPORT, counts=True)
    Review.objects.create(
        item=report, outcome=Outcome.ACCEPTED.value, because="It is ours", recorded_at=timezone.now(),
        recorded_by=cast.people[PREPARES].actor_id,
    )  # fmt: skip
    facts = Report.objects.create(item=report, reference="2026-0001", area="A county")
    Addressee.objects.create(report=facts, name=f"{SUBJECT} Trust")
    waiting = published_item(cast, "waiting", OTHER, Kind.ENFORCEMENT, counts=False)
    doubtful = published_item(cast, "waiting_subject", SUBJECT, Kind.COMMENT, counts=False)
    Doubt.objects.create(item=doubtful, says="It bears no day", recorded_at=timezone.now())
    published_item(cast, "nowhere", OTHER, Kind.COMMENT, counts=True, system="")
    for item, words in ((report, "A trust of a like name"), (waiting, "A home of a like name")):
        unplaced = Unplaced.objects.create(item=item, words=words, candidates=OTHER, recorded_at=timezone.now())
        cast.records[f"unplaced of {item.kind}"] = unplaced
    Placing.objects.create(
        unplaced=cast.records["unplaced of death_report"], subject=None, recorded_at=timezone.now(),
        recorded_by=cast.people[PREPARES].actor_id,
    )  # fmt: skip


def published_item(cast: Cast, name: str, about: str, kind: Kind, *, counts: bool, system: str = HOME) -> Item:
    """This function will make an item as a publication brings it, under its name in the records of the cast."""
    now, who = timezone.now(), cast.people[PREPARES].actor_id
    item = Item.objects.create(
        system=system, kind=kind.value, bearing="concern", heard_on=timezone.localdate() - timedelta(days=9),
        origin=kind.value, quadrant=Quadrant.EXTERNAL_QUALITATIVE.value, handling=Handling.PUBLIC.value, counts=counts,
        source_key=name, recorded_at=now, recorded_by=who,
    )  # fmt: skip
    About.objects.create(item=item, subject=Subject.objects.get(key=about))
    Passage.objects.create(
        item=item, handling=Handling.PUBLIC.value, text="As published.", recorded_at=now, recorded_by=who
    )
    see_again([item])
    cast.records[name] = item
    return item


def _trained(cast: Cast) -> None:
    ThemeTraining.objects.create(
        fingerprint="a" * 64, labels_from="comments.csv", labels_sha256="b" * 64, labelled=90, texts=80,
        earliest=timezone.localdate(), latest=timezone.localdate(), figures={}, recorded_at=timezone.now(),
        recorded_by=cast.people[PREPARES].actor_id,
    )  # fmt: skip


def _delivered(cast: Cast) -> None:
    for state in DeliveryState:
        delivery = TextDelivery.objects.create(
            file_name=f"{state.value}.csv", sha256="0" * 64, source="many_items", system=HOME, state=state.value,
            says="So it went", rows=2, recorded_at=timezone.now(), recorded_by=cast.people[PREPARES].actor_id,
        )  # fmt: skip
        TextFault.objects.create(delivery=delivery, line=2, column="What", says="It is empty", mend="Write it")
        cast.records[f"text delivery {state.value}"] = delivery
    rows = [a_comment(number, f"It was cold in room {number}.", Trust="The other one") for number in (1, 2)]
    cast.records["file of comments"] = taken_in(comments(*rows), cast.people[PREPARES], at=timezone.now(), system=HOME)
    named = Unplaced.objects.filter(words="The other one").earliest("pk")
    other = Subject.objects.get(key=OTHER)
    do.place_name(by=cast.people[PREPARES], at=timezone.now(), unplaced=named, subject=other)
