"""Reports beside the annexes that lay them down: headings in their order, lines under theirs, and who reports to whom."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from sightline.actions.models import Action
from sightline.core.access import Handling
from sightline.core.actions.facts import Outcome
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.registers import Tier
from sightline.core.verdict import Refused
from sightline.intelligence.models import Item
from sightline.intelligence.words import Kind
from sightline.reports.models import Report, ReportLine
from sightline.reports.presenters.page import ReportShown, SectionShown, rows, shown, to_print
from sightline.reports.presenters.word import starter
from sightline.reports.words import NO_SUBJECT, RecordKind
from tests.factories.accounts import signed_in
from tests.factories.actions import Log, a_stated, an_action, closed
from tests.factories.groups import a_group, an_interest
from tests.factories.improvement import a_rapid_review
from tests.factories.indicators import TODAY
from tests.factories.intelligence import an_item
from tests.factories.reports import ANNEX_F, begun, by_2017, drafted, frozen, wrote
from tests.factories.risks import a_risk
from tests.factories.surveillance_levels import decided
from tests.factories.surveillance_log import a_level

ANNEX_C, ANNEX_G = "area-to-local", "regional-to-national"


def regional(log: Log) -> Log:
    """The group as the region's, by the guidance of 2017."""
    by_2017(log)
    type(log.group).objects.filter(pk=log.group.pk).update(kind="regional-group")
    log.group.refresh_from_db()
    return log


def section(page: ReportShown, begins: str) -> SectionShown:
    (found,) = [one for one in page.sections if one.heading.startswith(begins)]
    return found


def over(one: SectionShown) -> list[tuple[str, int]]:
    return [(pile.over, len(pile.lines)) for pile in one.piles]


@pytest.mark.requirement("RPT-24")
def test_annex_c_tells_by_provider_what_worries_and_what_is_done(log: Log) -> None:
    by_2017(log)
    a_level(log.world.subject, "enhanced", TODAY, pack="qsg-2017")
    an_action(log, stated=a_stated(resolution="Ask every home."))
    about = an_action(log)
    Action.objects.filter(pk=about.pk).update(subject=log.world.subject)
    page = shown(frozen(log, begun(log, ANNEX_C)))
    points = section(page, "Key points/issues of concern")
    assert over(points) == [("Lantern Hospitals", 2), (NO_SUBJECT, 1)]
    assert [line.kind for line in points.piles[0].lines] == ["Level", "Action"]
    assert "Ask every home." in points.piles[1].lines[0].says
    level, action = (line.says for line in points.piles[0].lines)
    assert level.startswith("Enhanced since") and action.startswith("Action: ")  # its name stands above them
    assert page.mark.startswith(f"Report to {log.group.name}")
    assert [one.heading for one in page.sections] == [
        "Purpose",
        "Key points/issues of concern",
        "Summary/recommendations",
    ]


@pytest.mark.requirement("RPT-12")
def test_a_line_says_whom_it_is_about_how_much_it_weighs_and_who_sees_to_it(log: Log) -> None:
    a_risk(log.group.system, [log.world.subject], scores=[((5, 5), TODAY)], places=[(Tier.SYSTEM, log.world.board)])
    late = an_action(log)
    Action.objects.filter(pk=late.pk).update(subject=log.world.subject)
    report = begun(log)
    says = {one.kind: one.says for one in ReportLine.objects.filter(gathering__report=report)}
    assert says["risk"].startswith("Risk about Lantern Hospitals: ") and "It scores 25 of 25 (" in says["risk"]
    assert says["action"].startswith("Action about Lantern Hospitals: ") and " Owner: " in says["action"]


@pytest.mark.requirement("RPT-28")
def test_a_table_of_a_report_holds_its_head_its_headings_and_its_notes(log: Log) -> None:
    regional(log)
    page = shown(frozen(log, begun(log, ANNEX_G)))
    table = rows(page)
    assert [row[1:3] for row in table if row[0] == "At the head"] == [list(one) for one in page.about]
    assert [row[2] for row in table if row[0] == "Note"] == list(page.notes) and page.notes
    assert [row[0] for row in table if row[3] == "In words"] == [
        "1 Purpose",
        "2 For national support and/or response: 2.1 For national escalation within NHSE",
        "3 For the attention of QAG: 3.1 Cross-system and/or regional issues",
        "3 For the attention of QAG: 3.2 Organisations/systems at Risk Summit level of surveillance",
    ]


@pytest.mark.requirement("RPT-12", "RPT-24")
def test_a_section_of_several_kinds_has_a_sub_heading_for_each_on_every_face(log: Log) -> None:
    decided(log.world)
    an_action(log)
    report = begun(log)
    version = frozen(log, report)
    page = shown(version)
    assert over(section(page, "Issues and risks")) == [("Levels", 1), ("Actions agreed", 1)]
    client = signed_in(log.world.secretary)
    for address in (reverse("report_version", args=[report.pk, 1]), reverse("report", args=[report.pk])):
        html = client.get(address).content.decode()
        level = "h4" if address == reverse("report", args=[report.pk]) else "h3"
        assert f">Levels</{level}>" in html and html.index(">Levels</") < html.index(">Actions agreed</")
    document = Document(io.BytesIO(client.post(reverse("report_word", args=[report.pk, 1])).content))
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 3"] == ["Levels", "Actions agreed"]
    printed = to_print(page)["sections"][0]
    assert printed["level"] == 2 and [pile["over"] for pile in printed["piles"]] == ["Levels", "Actions agreed"]
    table = client.post(reverse("report_csv", args=[report.pk, 1])).content.decode("utf-8-sig")
    assert "Section,Under,What it says" in table and "Issues and risks,Actions agreed,Action: " in table


@pytest.mark.requirement("SUM-03", "RPT-26", "RPT-27")
def test_annex_g_tells_a_risk_summit_once_with_how_far_its_actions_are(log: Log) -> None:
    regional(log)
    a_level(log.world.subject, "risk-summit", TODAY, pack="qsg-2017")
    action = an_action(log)
    Action.objects.filter(pk=action.pk).update(subject=log.world.subject)
    report = begun(log, ANNEX_G, for_meeting="QAG, 20 January 2026")
    page = shown(frozen(log, report))
    assert [(one.opens, one.level, one.heading.partition(" ")[0]) for one in page.sections] == [
        ("", 2, "1"), ("2 For national support and/or response", 3, "2.1"), ("3 For the attention of QAG", 3, "3.1"),
        ("", 3, "3.2"),
    ]  # fmt: skip
    assert section(page, "2.1").paragraphs == (
        "No specific issues, risks or concerns identified for national escalation",
    )
    summit = section(page, "3.2")
    assert over(summit) == [("Lantern Hospitals", 2)]
    assert [line.kind for line in summit.lines] == ["Level", "Action"] and "Due by " in summit.lines[1].says
    head = dict(page.about)
    assert head["For meeting on"] == "QAG, 20 January 2026" and head["Region"] == "Region of the North"
    assert head["From"] == log.group.name and "minutes" in page.notes[0]
    assert not section(page, "3.1").lines  # its one action stands beside the level that it is about
    html = signed_in(log.world.secretary).get(reverse("report_version", args=[report.pk, 1])).content.decode()
    places = [html.index(f">{one}</h{level}>") for one, level in (
        ("3 For the attention of QAG", 2), ("3.2 Organisations/systems at Risk Summit level of surveillance", 3),
        ("Lantern Hospitals", 4),
    )]  # fmt: skip
    assert places == sorted(places)


@pytest.mark.requirement("RPT-26")
def test_an_action_of_a_risk_summit_that_was_closed_before_the_period_is_no_news(log: Log) -> None:
    regional(log)
    a_level(log.world.subject, "risk-summit", TODAY, pack="qsg-2017")
    action = an_action(log)
    Action.objects.filter(pk=action.pk).update(subject=log.world.subject)
    closing = closed(log, action)
    type(closing).objects.filter(pk=closing.pk).update(closed_on=TODAY - timedelta(days=200))
    report = begun(log, ANNEX_G)
    assert not ReportLine.objects.filter(gathering__report=report, section="risk-summit", kind="action").exists()


@pytest.mark.parametrize(("outcome", "word"), [
    (Outcome.DONE, "Done on"), (Outcome.PARTLY, "Done in part on"), (Outcome.DROPPED, "Dropped on"),
])  # fmt: skip
def test_what_was_dropped_is_not_called_done(log: Log, outcome: Outcome, word: str) -> None:
    closing = closed(log, an_action(log))
    type(closing).objects.filter(pk=closing.pk).update(outcome=outcome.value)
    line = ReportLine.objects.get(gathering__report=begun(log), gathered="actions")
    assert f" {word} " in line.says


def interventions(log: Log, report: Report) -> dict[str, ReportLine]:
    found = ReportLine.objects.filter(gathering__report=report, gathered="interventions")
    return {one.kind: one for one in found}


@pytest.mark.requirement("RPT-25", "SUM-04")
def test_annex_f_tells_of_risk_summits_rapid_reviews_and_what_the_regulator_made_public(log: Log) -> None:
    by_2017(log)
    summit = a_level(log.world.subject, "risk-summit", TODAY, pack="qsg-2017")
    review = a_rapid_review(log.world)
    public, kept = (an_item(log.world.subject, words) for words in ("A warning notice", "A notice that is not public"))
    Item.objects.filter(pk__in=[public.pk, kept.pk]).update(kind=Kind.ENFORCEMENT.value)
    Item.objects.filter(pk=public.pk).update(handling=Handling.PUBLIC.value)
    Item.objects.filter(pk=kept.pk).update(handling=Handling.MEMBERS.value)
    report = begun(log, ANNEX_F)
    found = interventions(log, report)
    assert set(found) == {"decision", "review", "item"}
    assert (found["decision"].decision, found["review"].review, found["item"].item) == (summit, review, public)
    assert "Risk Summit since" in found["decision"].says and "called on" in found["review"].says
    assert "A warning notice" in found["item"].says
    assert not ReportLine.objects.filter(gathering__report=report, gathered="levels").exists()  # told once
    wrote(log, report, "key-issues", "Care at night.")
    page = shown(frozen(log, report, why_no_minutes="None was held."))
    assert ("Significant interventions", 3) in over(section(page, "2.0"))
    html = signed_in(log.world.secretary).get(reverse("report", args=[report.pk])).content.decode()
    assert reverse("item", args=[public.pk]) in html and reverse("rapid", args=[review.pk]) in html


def test_whoever_may_not_read_a_review_reads_no_report_of_it(log: Log) -> None:
    review = a_rapid_review(log.world)
    report = begun(log)
    frozen(log, report)
    assert interventions(log, report)[RecordKind.REVIEW.value].review == review
    today = timezone.localdate()
    assert Report.objects.visible_to(log.seated, today).filter(pk=report.pk).exists()
    an_interest(log.seated, log.world.subject)
    assert not Report.objects.visible_to(log.seated, today).filter(pk=report.pk).exists()


@pytest.mark.requirement("RPT-21", "RPT-25")
def test_annex_f_says_in_its_summary_what_it_is_for(log: Log) -> None:
    report = begun(by_2017(log), ANNEX_F)
    why = {"why_no_minutes": "None was held."}
    for purpose in (None, Purpose.ACTION):
        with pytest.raises(Refused):
            frozen(log, report, purpose=purpose, **why)
    page = shown(frozen(log, report, purpose=Purpose.INFORMATION, **why))
    assert page.notes == ("No minutes are enclosed: None was held.",)
    says = ("This report is to note, for information only.", "No specific recommendations")
    assert section(page, "4.0").paragraphs == says
    wrote(log, report, "support", "Lend us a team.")
    page = shown(frozen(log, report, purpose=Purpose.ACTION, changed="We ask for a team.", **why))
    assert section(page, "4.0").paragraphs[0] == "This report is for action."


@pytest.mark.requirement("RPT-21")
def test_the_page_asks_what_it_is_for_and_proposes_what_follows_from_its_words(log: Log) -> None:
    report = begun(by_2017(log), ANNEX_C)
    client, address = signed_in(log.world.secretary), reverse("report_freeze", args=[report.pk])
    frozen_as = {"seen": drafted(log, report).stamp}
    assert client.post(address, frozen_as).status_code == 400 and not report.versions.exists()
    assert 'value="information" checked' in client.get(address).content.decode().replace('" type="radio"', '"')
    assert client.post(address, {**frozen_as, "purpose": "information"}).status_code == 302
    assert report.versions.get().content["purpose"] == "information"


@pytest.mark.requirement("RPT-11", "RPT-24")
@pytest.mark.parametrize(("template", "kind", "sender"), [
    ("system-to-region", "system-group", ""),
    ("system-to-icb", "system-group", "Chair of the System Quality Group"),
    ("members-to-local-authority", "system-group", "Local authority members of the System Quality Group"),
    ("area-to-system", "place-group", "Place or commissioner"),
])  # fmt: skip
def test_a_report_says_from_whom_it_is(log: Log, template: str, kind: str, sender: str) -> None:
    group = log.group
    if kind != group.kind:
        group = a_group(log.world.board, kind, "Moor place group")
    own = Log(log.world, group, log.seated, log.unseated)
    page = shown(frozen(own, begun(own, template)))
    head = dict(page.about)
    assert head["From"] == (sender or group.name) and (head.get("Group") == group.name) is bool(sender)
    if template == "area-to-system":
        assert head["System Quality Group"] == log.group.name and page.group == "Moor place group"


def test_a_word_document_carries_no_picture_of_another(log: Log) -> None:
    frozen(log, report := begun(log))
    made = signed_in(log.world.secretary).post(reverse("report_word", args=[report.pk, 1])).content
    for data in (starter(), made):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert not [one for one in package.namelist() if "thumbnail" in one]


def test_a_word_document_sets_its_headings_apart_and_its_head_close() -> None:
    document = Document(io.BytesIO(starter()))
    sizes = [document.styles[f"Heading {level}"].font.size.pt for level in range(1, 5)]
    assert sizes == sorted(sizes, reverse=True) and len(set(sizes)) == 4
    assert not document.styles["Heading 4"].font.italic
    (head,) = [one for one in document.paragraphs if one.text == "{{ about }}"]
    assert head.paragraph_format.space_after < document.styles["Normal"].paragraph_format.space_after
