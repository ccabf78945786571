"""The surveillance log: Annex E's columns, old levels in their own words, and what was known on any earlier day."""

from __future__ import annotations

import csv
import html
import io
from datetime import UTC, date, datetime, timedelta

import pytest
import python_calamine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link, Sector
from sightline.surveillance.models import LevelDecision
from sightline.surveillance.presenters import log as presenters
from sightline.surveillance.queries.log import (
    Asked,
    LogCopy,
    LogPage,
    Sort,
    copy_of_log,
    log_lines,
    log_page,
    quarter_starts,
)
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import a_relation
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.rulebook import a_local_version
from tests.factories.surveillance import REGION, SYSTEM, a_process_lead, the_body, the_region
from tests.factories.surveillance_log import Fact, a_level, a_review, a_trust, replayed, system, written

pytestmark = pytest.mark.usefixtures("house")
LONG = date(2025, 2, 3)


@pytest.fixture
def lead(house: None) -> Person:
    the_body()
    return a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM))


@pytest.fixture
def trust(lead: Person) -> Subject:
    return a_trust("ZR1", "Lantern Trust", sector=Sector.SECONDARY_AND_TERTIARY)


def asked(**more: object) -> Asked:
    """This function will ask for the system's log of today, unless something else is said."""
    on = more.pop("on", TODAY)
    assert isinstance(on, date)
    return Asked(**{"on": on, "system": SYSTEM, "columns": quarter_starts(on), **more})  # type: ignore[arg-type]


def names(found: LogPage) -> list[str]:
    """This function will name whom a log lists."""
    return [one.entry.name for one in found.lines]


def shown(person: Person, query: str = "", status: int = 200) -> str:
    """This function will give the words of the log's page."""
    answer = signed_in(person).get(f"/levels/{query}")
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


# --- what stands in it


@pytest.mark.requirement("SUR-05")
def test_line_holds_sector_name_three_earlier_levels_the_current_one_and_its_actions(
    lead: Person, trust: Subject
) -> None:
    a_level(trust, "enhanced", date(2025, 8, 6), actions="Visit the wards\nAsk for the plan")
    line = log_page(lead, TODAY, asked()).lines[0]
    assert (line.entry.sector, line.entry.name) == ("secondary_and_tertiary", "Lantern Trust")
    assert [one.code for one in line.previous] == ["R", "E", "E"]
    assert line.current.name == "Enhanced" and line.current.since == date(2025, 8, 6)
    assert line.actions == ("Visit the wards", "Ask for the plan")
    words = shown(lead)
    for text in ("Previous levels", "1 July 2025", "1 October 2025", "1 January 2026", "Visit the wards", "Enhanced"):
        assert text in words
    assert f"/levels/of/{trust.pk}/" in words


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 1, 15), [(2025, 7), (2025, 10), (2026, 1)]),
        (date(2026, 1, 1), [(2025, 4), (2025, 7), (2025, 10)]),
        (date(2025, 12, 31), [(2025, 4), (2025, 7), (2025, 10)]),
        (date(2026, 4, 2), [(2025, 10), (2026, 1), (2026, 4)]),
    ],
)
def test_columns_are_the_last_three_quarter_starts_before_the_day(on: date, expected: list[tuple[int, int]]) -> None:
    assert quarter_starts(on) == tuple(date(year, month, 1) for year, month in expected)


@pytest.mark.requirement("FRW-02", "FRW-09")
def test_level_of_earlier_guidance_keeps_its_word_and_what_comes_nearest_is_indicative(
    lead: Person, trust: Subject
) -> None:
    a_level(trust, "risk-summit", date(2021, 3, 1), pack="qsg-2017")
    line = log_page(lead, TODAY, asked()).lines[0]
    assert (line.current.name, line.current.code) == ("Risk Summit", "RS")
    assert line.standing.level.name == "Intensive" and line.standing.is_indicative
    words = shown(lead)
    assert "Risk Summit</strong>" in words and "Comes nearest to Intensive; indicative only" in words
    assert "<strong>RS</strong> Risk Summit" in words


@pytest.mark.requirement("FRW-02")
def test_level_keeps_the_name_that_the_house_gave_it_then(lead: Person, trust: Subject) -> None:
    a_level(trust, "enhanced", LONG)
    from sightline.core.rulebook import as_text
    from tests.factories.rulebook import in_force

    text = as_text(in_force("levels").content).replace("name: Enhanced\n", "name: Closer look\n")
    a_local_version("levels", text)
    later = a_trust("ZR2", "Harbour Trust")
    a_level(later, "enhanced", TODAY)
    found = {one.entry.name: one.current.name for one in log_page(lead, TODAY, asked()).lines}
    assert found == {"Lantern Trust": "Enhanced", "Harbour Trust": "Closer look"}


def test_newest_review_is_told_and_sets_the_day_of_the_next(lead: Person, trust: Subject) -> None:
    made = a_level(trust, "enhanced", LONG, next_review_on=date(2025, 6, 1))
    assert log_page(lead, TODAY, asked()).lines[0].review_due == date(2025, 6, 1)
    assert names(log_page(lead, TODAY, asked(is_overdue=True))) == ["Lantern Trust"]
    a_review(made, date(2025, 6, 1), date(2026, 2, 1), "The plan is not yet embedded")
    line = log_page(lead, TODAY, asked()).lines[0]
    assert line.review_due == date(2026, 2, 1) and line.reviews[-1].because == "The plan is not yet embedded"
    assert "Reviewed on 1 June 2025, and stays: The plan is not yet embedded" in shown(lead)
    assert names(log_page(lead, TODAY, asked(is_overdue=True))) == []


def test_review_due_on_the_day_itself_is_not_overdue(lead: Person, trust: Subject) -> None:
    a_level(trust, "enhanced", LONG, next_review_on=TODAY)
    assert names(log_page(lead, TODAY, asked(is_overdue=True))) == []


# --- filters


def test_each_filter_keeps_what_fits_and_says_what_it_leaves_out(lead: Person, trust: Subject) -> None:
    board = the_body()
    a_relation(trust.organisation, Link.PART_OF, board)  # type: ignore[arg-type]  # a trust has its organisation
    home = a_trust("ZH1", "Moor House", kind=Kind.CARE_HOME, sector=Sector.CARE_HOMES)
    a_level(trust, "enhanced", LONG)
    a_level(home, "intensive", date(2025, 12, 1))
    a_process_lead(home, board)
    for chosen, expected in (
        ({"sector": "care_homes"}, ["Moor House"]),
        ({"level": "enhanced"}, ["Lantern Trust"]),
        ({"name": "lantern"}, ["Lantern Trust"]),
        ({"name": "zh1"}, ["Moor House"]),
        ({"area": SYSTEM}, ["Lantern Trust"]),
        ({"lead": SYSTEM.lower()}, ["Moor House"]),
        ({"since": date(2025, 12, 1)}, ["Moor House"]),
        ({"level": "routine"}, []),
        ({}, ["Moor House", "Lantern Trust"]),
    ):
        found = log_page(lead, TODAY, asked(**chosen))
        assert names(found) == expected, chosen
        assert found.total == 2 and found.fitting == len(expected)
    words = shown(lead, "?sector=care_homes")
    assert "1 subject. The filter leaves out 1 other." in words and "Show all" in words
    assert "sector=care_homes" in words[words.index("Download this list") - 200 : words.index("as CSV")]


def test_lead_is_found_by_a_commissioned_service_and_by_the_newest_process_lead_only(
    lead: Person, trust: Subject
) -> None:
    from sightline.directory.models import Commissioning
    from tests.factories.directory import AT

    other = the_body("QZ7", "Harbour ICB")
    a_level(trust, "enhanced", LONG)
    a_process_lead(trust, other, agreed_on=date(2025, 3, 1))
    assert names(log_page(lead, TODAY, asked(lead="harbour"))) == ["Lantern Trust"]
    a_process_lead(trust, the_body(), agreed_on=date(2025, 5, 1))
    assert names(log_page(lead, TODAY, asked(lead="harbour"))) == []
    given = {"service": "Beds", "route": "nhs_icb", "recorded_at": AT, "recorded_by": "x"}
    Commissioning.objects.create(provider=trust.organisation, commissioner=other, **given)
    assert names(log_page(lead, TODAY, asked(lead="QZ7"))) == ["Lantern Trust"]


@pytest.mark.requirement("SUR-07")
def test_long_stays_are_found_where_the_clock_runs_and_said_to_be_off_where_not(lead: Person, trust: Subject) -> None:
    a_level(trust, "enhanced", date(2025, 2, 3))
    a_level(a_trust("ZR2", "Harbour Trust"), "enhanced", date(2025, 11, 3))
    assert names(log_page(lead, TODAY, asked(is_long=True))) == []
    assert "switched off in the rules" in shown(lead)
    from sightline.core.rulebook import as_text
    from tests.factories.rulebook import in_force

    text = as_text(in_force("clocks").content).replace("is_on: false", "is_on: true", 1)
    a_local_version("clocks", text)
    assert names(log_page(lead, TODAY, asked(is_long=True))) == ["Lantern Trust"]
    assert "Long stay: 5 quarters" in shown(lead)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.LEVEL, ["Moor", "Harbour", "Lantern"]),
        (Sort.NAME, ["Harbour", "Lantern", "Moor"]),
        (Sort.CHANGED, ["Harbour", "Moor", "Lantern"]),
        (Sort.REVIEW, ["Lantern", "Moor", "Harbour"]),
        (Sort.SECTOR, ["Lantern", "Moor", "Harbour"]),
    ],
)
def test_log_is_read_in_the_order_asked_for(lead: Person, sort: Sort, expected: list[str]) -> None:
    a_level(a_trust("Z1", "Lantern", sector=Sector.AMBULANCE), "enhanced", LONG, next_review_on=date(2026, 2, 1))
    a_level(a_trust("Z2", "Moor", sector=Sector.DENTAL), "intensive", date(2025, 3, 3), next_review_on=date(2026, 3, 1))
    a_level(a_trust("Z3", "Harbour"), "enhanced", date(2025, 4, 4), next_review_on=None)
    assert names(log_page(lead, TODAY, asked(sort=sort))) == expected


def test_those_never_levelled_are_listed_on_request_at_the_lowest_level(lead: Person, trust: Subject) -> None:
    a_relation(trust.organisation, Link.PART_OF, system())  # type: ignore[arg-type]
    closed = a_trust("ZR9", "Gone Trust", closed_on=date(2024, 1, 1))
    a_relation(closed.organisation, Link.PART_OF, system())  # type: ignore[arg-type]
    assert names(log_page(lead, TODAY, asked())) == []
    found = log_page(lead, TODAY, asked(with_lowest=True))
    assert "Lantern Trust" in names(found) and "Gone Trust" not in names(found)
    line = next(one for one in found.lines if one.entry.name == "Lantern Trust")
    assert line.current.is_unmoved and line.current.code == "R" and line.standing.since is None


@pytest.mark.requirement("COI-03")
def test_one_closed_by_an_interest_is_in_no_part_of_the_log(lead: Person, trust: Subject) -> None:
    a_relation(trust.organisation, Link.PART_OF, system())  # type: ignore[arg-type]
    an_interest(lead, trust)
    assert "Lantern Trust" not in names(log_page(lead, TODAY, asked(with_lowest=True)))
    a_level(trust, "enhanced", LONG)
    found = log_page(lead, TODAY, asked(with_lowest=True))
    assert "Lantern Trust" not in names(found)


def test_pages_hold_fifty_lines_each(lead: Person) -> None:
    from tests.factories.surveillance import an_office

    office = an_office()
    for number in range(52):
        a_level(a_trust(f"ZP{number:02}", f"Trust {number:02}"), "enhanced", LONG, office=office)
    assert len(log_page(lead, TODAY, asked()).lines) == 50
    assert names(log_page(lead, TODAY, asked(), 2)) == ["Trust 50", "Trust 51"]
    assert "Page 2 of 2" in shown(lead, "?page=2") and "There is no such page" in shown(lead, "?page=9")


# --- who reads it


@pytest.mark.requirement("ORG-11", "PER-09")
def test_region_reads_what_reaches_it_and_another_system_reads_nothing(lead: Person, trust: Subject) -> None:
    region = the_region()
    a_level(trust, "enhanced", LONG, reaches=(region,))
    a_level(a_trust("ZR2", "Harbour Trust"), "enhanced", LONG)
    regional = a_person(Grant(Role.REGION, organisation=REGION))
    assert names(log_page(regional, TODAY, asked(system=REGION))) == ["Lantern Trust"]
    assert "Lantern Trust" in shown(regional) and "Harbour Trust" not in shown(regional)
    the_body("QZ2")
    other = a_person(Grant(Role.QUALITY_LEAD, system="QZ2"))
    assert "Lantern Trust" not in shown(other)
    shown(other, f"?system={SYSTEM}", status=404)


@pytest.mark.requirement("PER-10")
def test_provider_does_not_open_the_log(trust: Subject) -> None:
    client = signed_in(a_person(Grant(Role.PROVIDER, organisation="ZR1")))
    for address in ("/levels/", "/levels/log.csv", "/levels/log.xlsx"):
        assert client.get(address).status_code == 403


# --- as of a day


@pytest.mark.requirement("SUR-06")
def test_as_of_shows_only_what_had_been_decided_and_reviewed_by_then(lead: Person, trust: Subject) -> None:
    made = a_level(trust, "enhanced", LONG)
    a_review(made, date(2025, 8, 1))
    a_level(trust, "intensive", date(2025, 9, 1), decided=date(2025, 10, 6))
    before = log_page(lead, TODAY, asked(on=date(2025, 10, 5))).lines[0]
    assert before.current.name == "Enhanced"
    after = log_page(lead, TODAY, asked(on=date(2025, 10, 6))).lines[0]
    assert after.current.name == "Intensive"
    assert not log_page(lead, TODAY, asked(on=date(2025, 7, 31))).lines[0].reviews
    words = shown(lead, "?as_of=2025-10-05")
    assert "This is the log as it was known on 5 October 2025" in words and "Enhanced</strong>" in words
    assert "No level was known on that day" in shown(lead, "?as_of=2020-01-01")


def test_decision_of_the_last_minute_of_a_london_day_counts_for_that_day(lead: Person, trust: Subject) -> None:
    made = a_level(trust, "enhanced", date(2025, 7, 1))
    LevelDecision.objects.filter(pk=made.pk).update(decided_at=datetime(2025, 7, 1, 22, 59, tzinfo=UTC))
    assert names(log_page(lead, TODAY, asked(on=date(2025, 7, 1)))) == ["Lantern Trust"]
    LevelDecision.objects.filter(pk=made.pk).update(decided_at=datetime(2025, 7, 1, 23, 1, tzinfo=UTC))
    assert names(log_page(lead, TODAY, asked(on=date(2025, 7, 1)))) == []


def test_level_that_takes_effect_later_is_not_yet_in_the_log(lead: Person, trust: Subject) -> None:
    a_level(trust, "enhanced", TODAY + timedelta(days=5), decided=TODAY)
    assert names(log_page(lead, TODAY, asked())) == []


_DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 12))
_LEVELS = st.sampled_from(
    [("routine", "sqg-2022"), ("enhanced", "sqg-2022"), ("intensive", "sqg-2022"), ("enhanced", "qsg-2017")]
)


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """This function will make up a history of two subjects, decided before, on and after the day of effect."""
    drawn = draw(st.lists(st.tuples(st.sampled_from("AB"), _LEVELS, _DAYS, _DAYS), max_size=7))
    made: list[Fact] = []
    for subject, (level, pack), effective, decided in drawn:
        number = sum(1 for one in made if one.subject == subject) + 1
        made.append(Fact(subject, level, pack, effective, decided, number))
    return made


@pytest.mark.requirement("SUR-05")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=facts(), known=_DAYS, day=_DAYS)
def test_log_of_any_day_is_what_reading_every_decision_in_turn_would_give(
    lead: Person, told: list[Fact], known: date, day: date
) -> None:
    from django.db import transaction

    with transaction.atomic():
        subjects = {one: a_trust(f"ZX{one}", f"Trust {one}") for one in "AB"}
        written(told, subjects)
        found = {
            one.entry.name[-1]: one for one in log_page(lead, TODAY, asked(on=known, columns=(min(day, known),))).lines
        }
        for name in "AB":
            now, before = replayed(told, name, known, known), replayed(told, name, known, min(day, known))
            if now[1]:
                assert (found[name].current.level, found[name].current.pack) == now
                assert found[name].previous[0].level == before[0]
            else:
                assert name not in found
        transaction.set_rollback(True)


# --- what is typed into the address


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?as_of=soon", "“As of”: “soon” is no day of the calendar. Write it as 2026-03-31."),
        ("?as_of=2025-02-30", "“As of”: “2025-02-30” is no day of the calendar."),
        ("?as_of=2031-01-01", "1 January 2031 is still to come."),
        ("?column1=2026-09-01", "1 September 2026 lies after the day of the log"),
        ("?column2=x", "“Earlier day 2”: “x” is no day"),
        ("?since=never", "“Changed since”: “never” is no day"),
    ],
)
def test_day_that_is_none_is_said_and_the_log_is_shown_all_the_same(
    lead: Person, trust: Subject, query: str, says: str
) -> None:
    a_level(trust, "enhanced", LONG)
    words = shown(lead, query)
    assert says in words and "<h1" in words
    assert words.count("<tr>") >= 2 or "?since" in query


@pytest.mark.parametrize(
    "query", ["?sort=nonsense", "?level=nonsense", "?sector=%00", "?page=-3", "?area=x", "?lead=%27"]
)
def test_nonsense_in_the_address_does_no_harm(lead: Person, trust: Subject, query: str) -> None:
    a_level(trust, "enhanced", LONG)
    shown(lead, query)


def test_reader_chooses_the_earlier_days(lead: Person, trust: Subject) -> None:
    a_level(trust, "enhanced", LONG)
    words = shown(lead, "?column1=2025-03-01&column2=2024-03-01&column3=2025-03-01")
    assert words.index("1 March 2024</th>") < words.index("1 March 2025</th>")
    assert "1 October 2025</th>" not in words and "column1=2024-03-01" in words


def test_empty_log_says_what_to_do_next(lead: Person) -> None:
    assert "No level has been set yet" in shown(lead)


# --- as a file


def test_csv_has_the_columns_of_annex_e_the_day_and_no_formula(lead: Person, trust: Subject) -> None:
    a_level(trust, "enhanced", LONG, actions="=HYPERLINK(1)\nVisit")
    client: Client = signed_in(lead)
    answer = client.get("/levels/log.csv?as_of=2025-12-31")
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[0][:2] == ["Sector", "Provider or system"] and rows[0][2:5] == [
        "Level on 1 April 2025", "Level on 1 July 2025", "Level on 1 October 2025",
    ]  # fmt: skip
    assert rows[1][-1] == "2025-12-31" and rows[0][-1] == "Log as known on"
    assert "'=HYPERLINK(1)\nVisit" in rows[1]
    assert answer["Content-Disposition"] == 'attachment; filename="surveillance-log-2025-12-31.csv"'


def test_workbook_says_whose_log_of_which_day_and_holds_text_alone(lead: Person, trust: Subject) -> None:
    a_level(trust, "enhanced", LONG, actions="=1+1")
    content = signed_in(lead).get("/levels/log.xlsx?as_of=2025-12-31&sector=dental").content
    assert "Surveillance log" in sheet(content)[0][0]
    assert "a filter leaves out 1." in sheet(content)[2][0]
    rows = sheet(signed_in(lead).get("/levels/log.xlsx").content)
    assert any("=1+1" in row for row in rows)
    above = [row[0] for row in rows[:8]]
    assert "E: Enhanced. Risks that are complex, significant or recurrent" in " ".join(above)  # as Annex E has it
    assert "As known on 15 January 2026" in rows[1][0]


def sheet(content: bytes) -> list[list[str]]:
    """This function will read the first sheet of a workbook."""
    found = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row] for row in found]


@pytest.mark.requirement("SUR-09", "RPT-30")
def test_copy_of_a_log_is_fixed_and_reads_back_as_it_was_written(lead: Person, trust: Subject) -> None:
    made = a_level(trust, "enhanced", LONG)
    a_level(a_trust("ZR2", "Harbour Trust"), "risk-summit", date(2021, 3, 1), pack="qsg-2017")
    a_review(made, date(2025, 6, 1), date(2026, 2, 1))
    copy = copy_of_log(SYSTEM, lead, TODAY)
    assert LogCopy.read(copy.as_json) == copy and copy.name == "Board of QZ1"
    assert [one.current for one in copy.rows] == ["Enhanced", "Risk Summit"]  # who has no sector stands last
    text = copy.as_json
    a_level(trust, "intensive", TODAY)
    assert copy.as_json == text and copy_of_log(SYSTEM, lead, TODAY).as_json != text
    before = asked(on=TODAY - timedelta(days=1), sort=Sort.SECTOR)
    whole = presenters.table(log_lines(lead, TODAY - timedelta(days=1), before), asked())
    assert [row[:-1] for row in presenters.copy_table(copy)[1:]] == [row[:-1] for row in whole[1:]]


@pytest.mark.requirement("ORG-05")
def test_copy_of_a_log_stands_by_sector_as_in_annex_e(lead: Person) -> None:
    for code, name, sector in (
        ("Z1", "Lantern", Sector.DENTAL),
        ("Z2", "Moor", Sector.AMBULANCE),
        ("Z3", "Ash", Sector.DENTAL),
    ):
        a_level(a_trust(code, name, sector=sector), "intensive" if name == "Lantern" else "enhanced", LONG)
    heads, *rows = presenters.copy_table(copy_of_log(SYSTEM, lead, TODAY))
    # Annex E has these columns in this order (SUR-05); what it lacks stands behind them.
    assert heads[:2] == ("Sector", "Provider or system") and all(one.startswith("Level on ") for one in heads[2:5])
    assert heads[5:8] == ("Current level", "Actions/Comments", "Code")
    assert [tuple(row[:2]) for row in rows] == [("Ambulance", "Moor"), ("Dental", "Ash"), ("Dental", "Lantern")]


def test_page_asks_the_database_as_often_for_fifty_lines_as_for_one(
    lead: Person, trust: Subject, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    a_level(trust, "enhanced", LONG)
    log_page(lead, TODAY, asked())
    with CaptureQueriesContext(connection) as one:
        log_page(lead, TODAY, asked())
    for number in range(20):
        a_level(a_trust(f"ZP{number:02}", f"Trust {number:02}"), "enhanced", LONG)
    with CaptureQueriesContext(connection) as many:
        log_page(lead, TODAY, asked())
    assert len(one) == len(many)
