"""What people of the demonstration did with what they were told: referred, answered, joined, released, kept apart."""

from __future__ import annotations

from datetime import datetime, timedelta

from sightline.core.access import Handling
from sightline.core.signals import Dimension
from sightline.demonstration.cast import Part
from sightline.demonstration.cqc import GROUP_PROVIDER
from sightline.demonstration.geography import NEIGHBOUR
from sightline.demonstration.organisations import MATERNITY_TRUST, SILENT_TRUST
from sightline.demonstration.scene import Deed, Scene
from sightline.demonstration.tales import GOOD_FIGURES
from sightline.groups.operations import declare_interest
from sightline.groups.words import InterestKind
from sightline.intelligence.giving import Words
from sightline.intelligence.models import Release
from sightline.intelligence.operations import (
    add_annex,
    add_words,
    answer_giver,
    answer_release,
    decide_release,
    describe_investigation,
    note_panel,
    note_receipt,
    note_sharing,
    open_annex,
    prepare_release,
    refer,
    review,
    tells_again,
)
from sightline.intelligence.words import Basis, Outcome, ReferralKind, ReleaseStep
from sightline.triangulation.operations import ask, end_request

LEAD, SECRETARY = Part.QUALITY_LEAD, Part.SECRETARY
# Tale, days, what its giver is told.
_ANSWERS = (
    (
        "maternity-listening",
        120,
        "We asked the trust how calls about movements are answered. It will show us in a month.",
    ),
    ("maternity-night", 80, "Others told us the same. Thank you: it goes to the next meeting."),
    ("homes-visits", 110, "The council and the regulator were told on the same day. Visits were brought forward."),
    ("restraint-advocates", 55, "Passed to the neighbouring group, which has confirmed that it looks into it."),
    (
        "settled-where-it-arose",
        60,
        "The surgery is changing the door. The patient group will tell you when it is done.",
    ),
    ("old-insulin", 300, "The trust has filled the posts. We look again in six months."),
    ("one-voice-2", 150, "Thank you. We have this from your council already and keep them together."),
    ("mistaken", 96, "This was about a home of nearly the same name, so we set it aside here. We told the council."),
)


def _referred(
    key: str, by: Part, days: float, kind: ReferralKind, body: str, reference: str = "", detail: str = ""
) -> Deed:
    def do(scene: Scene, at: datetime) -> None:
        group = NEIGHBOUR.code if kind is ReferralKind.OTHER_GROUP else ""
        made = refer(
            by=scene.by(by), at=at, item=scene.items[key], kind=kind, body=body, referred_on=scene.day(days),
            reference=reference, detail=detail, group_system=group,
        )  # fmt: skip
        if kind is ReferralKind.OTHER_GROUP:
            says = "Received; our group looks into it at its next meeting."
            note_receipt(by=scene.by(SECRETARY), at=at + timedelta(days=3), referral=made,
                         received_on=scene.day(days - 2), says=says)  # fmt: skip

    return Deed(days, do)


def _answered(key: str, days: float, says: str) -> Deed:
    return Deed(days, lambda scene, at: answer_giver(by=scene.by(SECRETARY), at=at, item=scene.items[key], says=says))


def _prepared(scene: Scene, at: datetime, key: str, code: str, text: str, asks: str) -> Release:
    return prepare_release(
        by=scene.by(SECRETARY), at=at, item=scene.items[key], to=scene.body(code), text=text, asks=asks,
        answer_by=scene.day(-30),
    )  # fmt: skip


def _decided(scene: Scene, at: datetime, release: Release, step: ReleaseStep, because: str) -> None:
    decide_release(by=scene.by(LEAD), at=at, release=release, step=step, because=because)


def _released_and_answered(scene: Scene, at: datetime) -> None:
    """The secretary prepares, the quality lead releases, the provider answers."""
    copy = _prepared(
        scene, at, "maternity-listening", MATERNITY_TRUST,
        "Several women say that they rang your maternity unit about reduced movements and were asked to ring later.",
        "Please tell us how such calls are answered, and by whom.",
    )  # fmt: skip
    _decided(scene, at + timedelta(days=1), copy, ReleaseStep.RELEASED, "The trust can act on it, and nobody is named.")
    says = "Calls are taken by one midwife on each shift. We have begun to listen to recordings and will report."
    answer_release(by=scene.by(Part.SUBJECT_PROVIDER), at=at + timedelta(days=9), release=copy, says=says)


def _withdrawn(scene: Scene, at: datetime) -> None:
    copy = _prepared(
        scene, at, "maternity-community", MATERNITY_TRUST, "Letters to health visitors come late after births.", ""
    )
    _decided(scene, at + timedelta(days=1), copy, ReleaseStep.RELEASED, "It is plain and can be mended at once.")
    _decided(
        scene, at + timedelta(days=2), copy, ReleaseStep.WITHDRAWN, "The council asked to speak to the trust first."
    )


def _waiting_for_release(scene: Scene, at: datetime) -> None:
    _prepared(
        scene, at, "larchfell-relatives", GOOD_FIGURES,
        "Relatives say that patients did not always have water within reach after an operation.",
        "Please tell us how you make sure of it at night.",
    )  # fmt: skip


def _kept_apart(scene: Scene, at: datetime) -> None:
    readers = (scene.by(LEAD).actor_id,)
    annex = add_annex(
        by=scene.by(SECRETARY), at=at, item=scene.items["with-an-annex"], basis=Basis.CONSENT, readers=readers,
        text="Worked nights on the first floor until spring; to be reached through the union’s office.",
        because="The former employee agreed to be asked again, by the quality lead alone.",
        closes_on=scene.day(-180),
    )  # fmt: skip
    open_annex(by=scene.by(LEAD), at=at + timedelta(days=4), annex=annex, because="To arrange a conversation.")


def _convened(scene: Scene, at: datetime) -> None:
    item, by = scene.items["emerging-concern"], scene.by(SECRETARY)
    for body in ("Both councils", "The region"):
        note_sharing(by=by, at=at, item=item, body=body, shared_on=scene.day(68))
    agreed = "To visit two homes together, and to meet again within a month."
    note_panel(
        by=by, at=at + timedelta(days=2), item=item, convened_by="Care Quality Commission", met_on=scene.day(67),
        agreed=agreed,
    )  # fmt: skip


def _investigated(scene: Scene, at: datetime) -> None:
    describe_investigation(
        by=scene.by(SECRETARY), at=at, item=scene.items["no-cooperation"], name="Joint review of missed doses",
        led_by="The integrated care board", asked_for="Records of doses that were missed, month by month",
        asked_on=scene.day(75),
    )  # fmt: skip


def _asked(scene: Scene, at: datetime) -> None:
    """One question is open, one has been answered."""
    subject, by = scene.subject(SILENT_TRUST), scene.by(LEAD)
    ask(
        by=by, at=at, subject=subject, asked_of="The trust’s chief nurse", due_on=scene.day(-14), row=Dimension.SAFE,
        question="Nothing has come since the spring. Please tell us how you watch over safety meanwhile.",
    )  # fmt: skip
    done = ask(by=by, at=at, subject=subject, asked_of="Healthwatch", question="What do patients say of this trust?")
    end_request(by=by, at=at + timedelta(days=6), asked=done, came=True, says="Comments came, mostly about waiting.")


def _interest(scene: Scene, at: datetime) -> None:
    declare_interest(
        by=scene.by(Part.LOCAL_AUTHORITY), at=at, subject=scene.subject(GROUP_PROVIDER),
        kind=InterestKind.INDIRECT, detail="My brother-in-law is a director of the company that runs these homes.",
    )  # fmt: skip


def _joined(scene: Scene, at: datetime) -> None:
    because = "The lay member heard it from Healthwatch and has not been there."
    tells_again(
        by=scene.by(SECRETARY), at=at, item=scene.items["lift-again"], first=scene.items["lift-first"], because=because
    )


def _set_aside(scene: Scene, at: datetime) -> None:
    because = "It is about a home of nearly the same name."
    review(by=scene.by(SECRETARY), at=at, item=scene.items["mistaken"], outcome=Outcome.SET_ASIDE, because=because)


def _more_words(scene: Scene, at: datetime) -> None:
    words = Words("Two more women have told us the same since.", Handling.MEMBERS)
    add_words(by=scene.by(Part.HEALTHWATCH), at=at, item=scene.items["maternity-listening"], words=words)


DEEDS: tuple[Deed, ...] = (
    Deed(430, _interest),
    *(_answered(*one) for one in _ANSWERS),
    _referred("abuse-referred", Part.LOCAL_AUTHORITY, 74, ReferralKind.SAFEGUARDING,
              "The council’s safeguarding adults team", "SA-DEMO-0117"),
    _referred("restraint-speaking-up", Part.REGULATOR, 108, ReferralKind.SAFEGUARDING,
              "The neighbouring council’s safeguarding adults team", "awaited"),
    _referred("practitioner", Part.REGION, 56, ReferralKind.REGULATOR, "The doctors’ regulator", "FTP-DEMO-31"),
    _referred("settled-where-it-arose", SECRETARY, 80, ReferralKind.BUSINESS_AS_USUAL, "The surgery’s patient group",
              detail="The surgery owns its building and has said that it will change the door."),
    _referred("restraint-advocates", SECRETARY, 70, ReferralKind.OTHER_GROUP,
              "Quality group of the neighbouring system",
              detail="Advocates report that people placed by us are restrained for small things. We ask you to look."),
    Deed(100, _more_words),
    Deed(98, _set_aside),
    Deed(70, _joined),
    Deed(66, _convened),
    Deed(62, _kept_apart),
    Deed(46, _released_and_answered),
    Deed(44, _investigated),
    Deed(42, _withdrawn),
    Deed(18, _waiting_for_release),
    Deed(16, _asked),
)  # fmt: skip
