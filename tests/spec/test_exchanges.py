"""What one tier tells another, as the guidance tells of it: each test is one example to be read."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from sightline.core.escalation.answering import Course, ExchangeHow, ExchangeKind, Happened, Side, may_step
from sightline.core.escalation.sending import Sending, may_send, remarks_on, update_rule
from sightline.core.reports.laying import Said, laid_out, may_report
from sightline.core.rulebook.circumstances import Circumstances, Commissioner, Severity
from sightline.core.rulebook.duties import Notices, Purpose
from sightline.core.rulebook.levels import REGIONAL, Slot, Triggers
from sightline.core.rulebook.reports import Reports, ReportTemplate
from sightline.core.verdict import Verdict
from sightline.directory.models import Organisation
from sightline.escalation.models import Exchange
from sightline.escalation.presenters.exchanges import Entry, plain_text
from tests.factories.levels import notices, part, rules

ON = date(2026, 3, 2)
NAMES = {slot: rules().authority.name(slot) for slot in Slot}
BOTH = {"sqg-2022": notices(), "qsg-2017": notices("qsg-2017")}


def sending(sender: Slot, recipient: Slot, route: str, **more: object) -> Sending:
    given = {"kind": ExchangeKind.ESCALATION, "case": Circumstances(), "on": ON, **more}
    return Sending(sender=sender, recipient=recipient, route=route, **given)  # type: ignore[arg-type]


def asked(pack: str, one: Sending) -> Verdict:
    found: Notices = BOTH[pack]
    return may_send(found, one, NAMES)


@pytest.mark.requirement("RPT-08")
def test_the_executive_lead_of_the_icb_is_who_escalates_to_the_region() -> None:
    region = Slot.NHS_ENGLAND_REGION
    assert asked("sqg-2022", sending(Slot.ICB_EXECUTIVE_QUALITY_LEAD, region, "icb-to-region"))
    for other in set(Slot) - {Slot.ICB_EXECUTIVE_QUALITY_LEAD}:
        verdict = asked("sqg-2022", sending(other, region, "icb-to-region"))
        assert not verdict
        assert NAMES[Slot.ICB_EXECUTIVE_QUALITY_LEAD] in verdict.words  # by whom it may go instead


@pytest.mark.requirement("RPT-09")
@pytest.mark.parametrize(
    ("to", "route"),
    [
        (Slot.ICB_EXECUTIVE_QUALITY_LEAD, "system-to-icb"),
        (Slot.LOCAL_AUTHORITY, "system-to-local-authority"),
        (Slot.REGIONAL_QUALITY_GROUP, "system-to-regional-group"),
    ],
)
def test_the_system_group_escalates_to_the_icb_to_councils_and_to_the_regional_group(to: Slot, route: str) -> None:
    assert asked("sqg-2022", sending(Slot.SYSTEM_QUALITY_GROUP, to, route))


@pytest.mark.requirement("RPT-01")
@pytest.mark.parametrize(
    ("severity", "is_open"),
    [(Severity.MINOR, True), (Severity.MODERATE, True), (Severity.SIGNIFICANT, False), (Severity.NONE, False)],
)
def test_a_place_reports_minor_and_moderate_concerns_to_the_icb(severity: Severity, is_open: bool) -> None:
    one = sending(
        Slot.PLACE_GROUP, Slot.ICB_EXECUTIVE_QUALITY_LEAD, "place-to-icb", case=Circumstances(severity=severity)
    )
    verdict = asked("sqg-2022", one)
    assert bool(verdict) is is_open
    if not is_open:
        assert NAMES[Slot.SYSTEM_QUALITY_GROUP] in verdict.words  # which way stands open instead


@pytest.mark.requirement("RPT-20", "RPT-22")
@pytest.mark.parametrize(
    ("sender", "to", "route"),
    [
        (Slot.SYSTEM_QUALITY_GROUP, Slot.REGIONAL_QUALITY_GROUP, "local-to-regional"),
        (Slot.REGIONAL_QUALITY_GROUP, Slot.NHS_ENGLAND_NATION, "regional-to-national"),
    ],
)
def test_in_2017_what_goes_up_has_wider_implications(sender: Slot, to: Slot, route: str) -> None:
    assert not asked("qsg-2017", sending(sender, to, route))
    assert asked("qsg-2017", sending(sender, to, route, case=Circumstances(is_wider=True)))


@pytest.mark.requirement("RPT-21")
@pytest.mark.parametrize(
    ("asks", "due_on", "is_allowed"),
    [
        ("Lend us a team.", ON + timedelta(days=7), True),
        ("Lend us a team.", ON, True),
        ("Lend us a team.", ON - timedelta(days=1), False),
        ("Lend us a team.", None, False),
        ("", ON, False),
    ],
)
def test_what_is_sent_for_action_says_what_is_asked_and_by_when(
    asks: str, due_on: date | None, is_allowed: bool
) -> None:
    one = sending(
        Slot.SYSTEM_QUALITY_GROUP, Slot.LOCAL_AUTHORITY, "system-to-local-authority",
        purpose=Purpose.ACTION, asks=asks, due_on=due_on,
    )  # fmt: skip
    assert bool(asked("sqg-2022", one)) is is_allowed


@pytest.mark.requirement("LVL-20", "LVL-23")
def test_whoever_asks_the_region_to_act_names_why_the_region() -> None:
    known = tuple(one.id for one in part("sqg-2022", "triggers", Triggers).of(REGIONAL))
    plain = {"purpose": Purpose.ACTION, "asks": "Lend us a team.", "due_on": ON, "triggers_known": known}
    way = (Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.NHS_ENGLAND_REGION, "icb-to-region")
    assert len(known) == 7
    assert not asked("sqg-2022", sending(*way, **plain))
    assert asked("sqg-2022", sending(*way, **plain, triggers=known[:1]))
    assert asked("sqg-2022", sending(*way, triggers_known=known))  # for information no trigger is needed


@pytest.mark.requirement("LVL-23", "LVL-24")
def test_where_nhs_england_commissions_the_sender_is_told_that_the_region_does_the_routine_work() -> None:
    way = (Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.NHS_ENGLAND_REGION, "icb-to-region")
    theirs = Circumstances(commissioned_by=Commissioner.ICB_AND_NHS_ENGLAND)
    assert [one.source for one in remarks_on(sending(*way, case=theirs))] == [
        "NQB risk response 2022, Key principles",
        "NQB risk response 2022, Routine/Regional",
    ]
    assert len(remarks_on(sending(*way))) == 1
    assert remarks_on(sending(Slot.SYSTEM_QUALITY_GROUP, Slot.LOCAL_AUTHORITY, "system-to-local-authority")) == ()


@pytest.mark.requirement("LVL-25")
def test_check_and_challenge_is_the_regions_and_about_one_subject() -> None:
    def challenge(sender: Slot, **more: object) -> Sending:
        return sending(sender, Slot.ICB_EXECUTIVE_QUALITY_LEAD, "", kind=ExchangeKind.CHALLENGE, **more)

    assert asked("sqg-2022", challenge(Slot.NHS_ENGLAND_REGION, has_subject=True))
    assert asked("qsg-2017", challenge(Slot.REGIONAL_QUALITY_GROUP, has_subject=True))
    assert not asked("sqg-2022", challenge(Slot.NHS_ENGLAND_REGION))
    assert not asked("sqg-2022", challenge(Slot.SYSTEM_QUALITY_GROUP, has_subject=True))


@pytest.mark.requirement("SUR-09", "RPT-30")
@pytest.mark.parametrize("pack", ["sqg-2022", "qsg-2017"])
def test_the_regional_group_is_kept_up_to_date_by_both_guidances(pack: str) -> None:
    rule = update_rule(BOTH[pack])
    assert rule is not None
    assert rule.to is Slot.REGIONAL_QUALITY_GROUP


def update_to(pack: str, recipient: Slot) -> ReportTemplate:
    found = part(pack, "reports", Reports).update_to(recipient)
    assert found is not None
    return found


@pytest.mark.requirement("RPT-10", "RPT-12")
@pytest.mark.parametrize(
    ("bad", "good", "is_balanced"),
    [
        (Said("concerns", "Falls"), Said("good-practice", "A huddle"), True),
        (Said("concerns", "Falls"), Said("good-practice", is_none=True), True),
        (Said("concerns", is_none=True), Said("good-practice", is_none=True), True),
        (Said("concerns", "Falls"), Said("good-practice"), False),
        (Said("concerns"), Said("good-practice", "A huddle"), False),
        (Said("concerns", "Falls", is_none=True), Said("good-practice", is_none=True), False),
    ],
)
def test_a_report_tells_bad_news_and_good_or_says_none(bad: Said, good: Said, is_balanced: bool) -> None:
    template = update_to("sqg-2022", Slot.REGIONAL_QUALITY_GROUP)
    assert bool(may_report(template, (bad, good))) is is_balanced


@pytest.mark.requirement("RPT-25", "RPT-27", "RPT-28")
@pytest.mark.parametrize(
    ("recipient", "section", "sentence"),
    [
        (Slot.REGIONAL_QUALITY_GROUP, "3.0 ", "None identified"),
        (Slot.NHS_ENGLAND_NATION, "2.1 ", "No specific issues, risks or concerns identified for national escalation"),
        (
            Slot.NHS_ENGLAND_NATION,
            "3.1 ",
            "No cross-system or regional issues identified for the attention of QAG",
        ),
    ],
)
def test_t20_an_empty_section_leaves_the_house_in_the_words_that_the_guidance_fixed(
    recipient: Slot, section: str, sentence: str
) -> None:
    """T20: nothing is written under "support or response" for the region, or under 2.1 for the nation. The report says
    "None identified" there, or the sentence that Annex G fixed; no section of it is blank.
    """
    laid = laid_out(update_to("qsg-2017", recipient), ())
    assert [one.words for one in laid if one.heading.startswith(section)] == [sentence]
    assert all(one.words for one in laid)


@pytest.mark.requirement("RPT-25", "RPT-28", "SUR-09")
def test_t20_an_update_with_nothing_in_a_section_says_so_when_it_is_taken_away() -> None:
    """T20: so does the text of an update under the guidance of 2022, as it is taken out of the house."""
    told = (Said("concerns", "Falls"), Said("good-practice", is_none=True))
    laid = laid_out(update_to("sqg-2022", Slot.REGIONAL_QUALITY_GROUP), told)
    assert [one.words for one in laid] == ["Falls", "None identified", "None identified"]
    says = "\n\n".join(f"{one.heading}\n{one.words}" for one in laid)
    text = plain_text(_update(says), NAMES, [Entry("Sent", ON, "Sam, for Board", says, datetime(2026, 3, 2, 9))], None)
    assert "Issues that need support or a response\nNone identified" in text
    assert "Good practice\nNone identified" in text


def _update(says: str) -> Exchange:
    return Exchange(
        kind=ExchangeKind.UPDATE.value, title="Update of March", says=says, sent_on=ON,
        purpose=Purpose.INFORMATION.value, sender=Slot.SYSTEM_QUALITY_GROUP.value,
        recipient=Slot.REGIONAL_QUALITY_GROUP.value, from_body=Organisation(name="Board"),
        to_body=Organisation(name="Region"),
    )  # fmt: skip


@pytest.mark.requirement("NET-02")
def test_an_escalation_is_closed_only_once_those_from_whom_it_came_know_what_came_of_it() -> None:
    def course(*steps: ExchangeHow) -> Course:
        return Course(ExchangeKind.ESCALATION, Purpose.ACTION, ON, steps=tuple(Happened(one, ON) for one in steps))

    assert not may_step(course(ExchangeHow.ANSWERED), ExchangeHow.CLOSED, {Side.SENDER})
    assert may_step(course(ExchangeHow.ANSWERED, ExchangeHow.FED_BACK), ExchangeHow.CLOSED, {Side.SENDER})
