"""The pages of the action log as their readers meet them: what is listed and left out, what a form keeps, what is hidden."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.actions.models import Action, ActionClosing
from sightline.core.access import Grant, Role
from sightline.core.actions.facts import Outcome
from tests.factories.accounts import a_person, signed_in
from tests.factories.actions import DUE, IMPACT, Log, a_log, a_stated, an_action, an_owner, closed
from tests.factories.groups import a_group, an_interest
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM

PHONE = "ring 07700 900123 about it"  # of the range kept for stories
ASKS = "This looks like personal data. What shall be done about it?"
DEEDS = ("report", "restate", "owner", "due", "review", "close", "reopen")


@pytest.fixture
def log(house: None) -> Log:
    """This function will make a group with its action log."""
    return a_log()


def page(person: Person, name: str, *args: Any, status: int = 200, query: str = "") -> str:
    answer = signed_in(person).get(reverse(name, args=args) + query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return html.unescape(answer.content.decode())


def sent(person: Person, name: str, given: dict[str, Any], *args: Any, status: int = 302) -> str:
    answer = signed_in(person).post(reverse(name, args=args), given)
    assert answer.status_code == status, html.unescape(answer.content.decode())[:6000]
    return html.unescape(answer.content.decode()) if status != 302 else answer.headers["Location"]


def boxes(name: str, day: date) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def filled(log: Log, **change: Any) -> dict[str, Any]:
    """This function will fill in the form of a new action."""
    stated = a_stated()
    plain = {
        "form_key": str(uuid4()), "issue": stated.issue, "resolution": stated.resolution, "kind": stated.kind.value,
        "done_when": stated.done_when, "owner": str(log.seated.pk), "organisation": SYSTEM, **boxes("due_on", DUE),
    }  # fmt: skip
    return {**plain, **change}


# --- the log


@pytest.mark.requirement("ACT-01")
@pytest.mark.requirement("ACT-05")
def test_the_log_stands_in_annex_ds_columns(log: Log) -> None:
    an_action(log, subject=log.world.subject)
    shown = page(log.seated, "actions")
    head = shown.split("<thead ")[1].split("</thead>")[0]
    columns = ("Date raised", "Status", "Priority", "Issue", "Owner", "Resolution", "Due date", "Comments")
    places = [head.index(f">{one}<") for one in columns]
    assert places == sorted(places)
    for words in (
        a_stated().issue,
        "Mel Member",
        "On\N{NO-BREAK SPACE}target",
        f"About {log.world.subject.name}",
        "1 open action.",
    ):
        assert words in shown


def test_the_log_says_what_it_leaves_out(log: Log) -> None:
    an_action(log)
    closed(log, an_action(log))
    assert "1 open action. 1 closed action is not listed." in page(log.seated, "actions")
    assert "1 closed action. The filter leaves out 1 other" in page(log.seated, "actions", query="?state=closed")
    assert "2 actions." in page(log.seated, "actions", query="?state=all")
    assert "No action fits." in page(log.seated, "actions", query="?state=overdue")
    assert "There is no such page." in page(log.seated, "actions", query="?page=9")


def test_filters_stay_in_the_address_and_nonsense_asks_for_nothing(log: Log) -> None:
    an_action(log)
    shown = page(log.seated, "actions", query=f"?mine=yes&owner={log.world.board.pk}&words=nurse&sort=owner")
    assert f"log.csv?mine=yes&owner={log.world.board.pk}&words=nurse&sort=owner&" in shown
    assert "1 open action." in page(log.seated, "actions", query="?state=x&group=y&owner=%00&sort=z&subject=1")


def test_an_empty_log_says_what_to_do_next(log: Log) -> None:
    assert "Add the first one" in page(log.world.secretary, "actions")
    assert "what you own comes here by itself" in page(log.seated, "actions")
    closed(log, an_action(log))
    assert "Nothing is open" in page(log.seated, "actions")


def test_what_is_shown_can_be_taken_away_as_a_table_and_as_a_workbook(log: Log) -> None:
    an_action(log, stated=a_stated(issue="=1+1 calls"))
    closed(log, an_action(log))
    client = signed_in(log.seated)
    answer = client.get(reverse("actions_csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert [one[3] for one in rows[1:]] == ["'=1+1 calls"], "no spreadsheet takes it for a formula"
    assert rows[0][:3] == ["Date raised", "Status (O, C)", "Priority (1, 2, 3)"]
    assert f"action-log-{TODAY.isoformat()}.csv" in answer.headers["Content-Disposition"]
    book = client.get(reverse("actions_xlsx") + "?state=all").content
    words = zipfile.ZipFile(io.BytesIO(book)).read("xl/sharedStrings.xml").decode()
    assert IMPACT in words and "Priority: 1 = high priority" in words


@pytest.mark.parametrize("who", ["elsewhere", "provider", "regional_elsewhere"])
def test_nobody_finds_an_action_that_is_not_theirs_to_read(log: Log, who: str) -> None:
    person, action = getattr(log.world, who), an_action(log, subject=log.world.subject)
    closed(log, action)
    for name in ("actions", "actions_csv", "actions_changed"):
        shown = page(person, name, query="?state=all&words=calls")
        assert a_stated().issue not in shown and IMPACT not in shown
    page(person, "action", action.pk, status=404)


# --- one action


@pytest.mark.requirement("ACT-08")
def test_an_action_tells_its_whole_history(log: Log) -> None:
    action, secretary = an_action(log), log.world.secretary
    moved = DUE + timedelta(days=7)
    sent(log.seated, "action_report", {"form_key": uuid4(), "says": "Half is done."}, action.pk)
    sent(secretary, "action_due", {"form_key": uuid4(), "because": "Late start", **boxes("due_on", moved)}, action.pk)
    sent(
        secretary, "action_owner",
        {"form_key": uuid4(), "because": "On leave", "owner": "other", "owner_name": "Dana Doe", "organisation": SYSTEM},
        action.pk,
    )  # fmt: skip
    sent(
        secretary, "action_review", {"form_key": uuid4(), "comment": "Slow.", **boxes("reviewed_on", TODAY)}, action.pk
    )
    sent(
        secretary, "action_restate",
        {"seen": 1, "because": "Clearer", "issue": "Calls go unanswered.", "resolution": "Two nurses on each ward.",
         "kind": "contract"}, action.pk,
    )  # fmt: skip
    sent(secretary, "action_close", {"form_key": uuid4(), "outcome": "done", "impact": IMPACT}, action.pk)
    sent(secretary, "action_reopen", {"form_key": uuid4(), "because": "It came back"}, action.pk)
    shown = page(log.world.regional, "action", action.pk)
    for words in (
        "Half is done.", "Late start", "On leave", "Slow.", "Clearer", "It came back", IMPACT, "Contractual action",
        "Handed over from Mel Member (Lantern Integrated Care Board) to Dana Doe", "Calls go unanswered.",
        f"the issue was “{a_stated().issue}”", "Closed on", "Opened again on", "Moved once",
    ):  # fmt: skip
        assert words in shown, words
    assert "Close it" not in shown and "Say how it goes" not in shown


def test_hints_are_for_those_who_can_word_it_anew_and_stand_in_nobodys_way(log: Log) -> None:
    action = an_action(log, stated=a_stated(resolution="Monitor staffing", done_when=""))
    assert "It could be worded better." in page(log.world.secretary, "action", action.pk)
    assert "It could be worded better." not in page(log.seated, "action", action.pk)
    closed(log, action)
    assert "It could be worded better." not in page(log.world.secretary, "action", action.pk)


@pytest.mark.requirement("ACT-09")
def test_what_a_member_committed_to_alone_is_shown_with_the_disagreement(log: Log) -> None:
    action = an_action(log, stated=a_stated(disagreement="The council would wait."))
    shown = page(log.seated, "action", action.pk)
    assert "The council would wait." in shown and "Committed to by one member alone" in shown
    assert "Committed to by one member alone" in page(log.seated, "actions")


def test_an_owner_from_the_provider_concerned_reads_what_to_do_and_not_what_the_group_says(log: Log) -> None:
    stated = a_stated(disagreement="Some doubt that they can.")
    owner = an_owner(log, log.world.provider)
    action, other = an_action(log, subject=log.world.subject, stated=stated, owner=owner), an_action(log)
    given = {"form_key": uuid4(), "comment": "We doubt it.", **boxes("reviewed_on", TODAY)}
    sent(log.world.secretary, "action_review", given, action.pk)
    anew = {"seen": 1, "because": "Doubted", "issue": "Calls at night", "resolution": "Two nurses", "kind": "support"}
    sent(log.world.secretary, "action_restate", {**anew, "disagreement": "Some doubt it still."}, action.pk)
    sent(log.world.provider, "action_report", {"form_key": uuid4(), "says": "Begun on Monday."}, action.pk)
    for shown in (page(log.world.provider, "action", action.pk), page(log.world.provider, "actions")):
        assert "Begun on Monday." in shown
        for words in ("We doubt it.", "Some doubt", "Doubted", a_stated().issue, "by one member alone"):
            assert words not in shown
    assert "because it is yours to do" in page(log.world.provider, "action", action.pk)
    page(log.world.provider, "action", other.pk, status=404)
    assert "Some doubt" in page(log.seated, "action", action.pk)


@pytest.mark.parametrize("deed", DEEDS)
def test_what_a_reader_may_not_do_is_refused_and_what_they_may_not_read_is_not_there(log: Log, deed: str) -> None:
    action = an_action(log, subject=log.world.subject)
    page(log.unseated, f"action_{deed}", action.pk, status=404 if deed == "report" else 403)
    page(log.world.elsewhere, f"action_{deed}", action.pk, status=404)
    an_interest(log.world.lead, log.world.subject)
    page(log.world.lead, f"action_{deed}", action.pk, status=404)
    page(log.world.regional, f"action_{deed}", action.pk, status=404 if deed == "report" else 403)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_form_that_is_closed_or_open_already_says_so(log: Log, deed: str) -> None:
    action, keeper = an_action(log), log.world.secretary
    page(keeper, f"action_{deed}", action.pk, status=403 if deed == "reopen" else 200)
    closed(log, action)
    shown = page(keeper, f"action_{deed}", action.pk, status=200 if deed in {"reopen", "review"} else 403)
    assert deed in {"reopen", "review"} or "Open it again first" in shown


# --- forms


@pytest.mark.requirement("ACT-07")
def test_a_keeper_adds_an_action(log: Log) -> None:
    to = sent(log.world.secretary, "action_new", filled(log, subject="ZR1"))
    action = Action.objects.get()
    assert to == reverse("action", args=[action.pk])
    assert (action.subject, action.owners.get().organisation) == (log.world.subject, log.world.board)
    assert sent(log.world.secretary, "action_new", filled(log, form_key=action.form_key)) == to
    assert Action.objects.count() == 1


@pytest.mark.requirement("GRP-13")
@pytest.mark.parametrize(
    "change",
    [
        {"organisation": "Lantern quality group"},
        {"organisation": "the SQG"},
        {"owner": "other", "owner_name": "Lantern Quality Group"},
    ],
)
def test_the_group_as_owner_is_refused_with_the_reason_and_nothing_typed_is_lost(
    log: Log, change: dict[str, str]
) -> None:
    shown = sent(log.world.secretary, "action_new", filled(log, **change), status=400)
    assert "it has no powers of its own" in shown and "QSG 2017 ¶23" in shown
    assert a_stated().resolution in shown and next(reversed(change.values())) in shown
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"issue": ""}, "which issue it answers"),
        ({"resolution": " "}, "what is to be done"),
        ({"kind": ""}, "is needed: choose one"),
        ({"owner": ""}, "“Who takes it forward?” is needed: choose one"),
        ({"owner": "other"}, "Give the name of whoever takes it forward."),
        ({"owner_name": "Dana Doe"}, "An action has one owner"),
        ({"owner": "nobody"}, "Select a valid choice"),
        ({"organisation": ""}, "is needed"),
        ({"organisation": "Unicorn"}, "Nothing here fits"),
        ({"due_on-day": "31", "due_on-month": "2"}, "must be a day in the calendar"),
        ({"due_on-year": "2001"}, "due before it was raised"),
        ({"issue": PHONE}, ASKS),
        ({"disagreement": PHONE}, ASKS),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(log: Log, change: dict[str, str], says: str) -> None:
    shown = sent(log.world.secretary, "action_new", filled(log, **change), status=400)
    assert says in shown
    assert a_stated().done_when in shown
    assert not Action.objects.exists()


def test_the_name_of_an_owner_is_no_personal_data_to_be_taken_out(log: Log) -> None:
    given = filled(log, owner="other", owner_name=log.world.lead.display_name)
    sent(log.world.secretary, "action_new", given)
    assert Action.objects.get().owners.get().name == "Ada Lead"


def test_whoever_keeps_several_logs_chooses_the_group_first(log: Log) -> None:
    secretary = log.world.secretary
    assert "Which issue does it answer?" in page(secretary, "action_new")
    review = a_group(log.world.board, "rapid-quality-review", "The review", subject=log.world.subject)
    assert "for which group?" in page(secretary, "action_new")
    shown = page(secretary, "action_new", query=f"?group={review.pk}")
    assert "It is about" in shown and "Whom or what is it about?" not in shown
    page(secretary, "action_new", query=f"?group={uuid4()}", status=404)
    an_interest(secretary, log.world.subject)
    page(secretary, "action_new", query=f"?group={review.pk}", status=404)


def test_a_subject_may_be_named_in_the_address(log: Log) -> None:
    shown = page(log.world.secretary, "action_new", query=f"?subject={log.world.subject.pk}")
    assert f'value="{log.world.subject.name} (ZR1)"' in shown
    page(log.world.secretary, "action_new", query="?subject=nonsense")


def test_whoever_keeps_no_log_of_a_standing_group_is_told_so(log: Log) -> None:
    keeper = a_person(Grant(Role.SECRETARY, system="QZ2"))
    assert "no group whose action log you keep" in page(keeper, "action_new")


@pytest.mark.requirement("ACT-04")
def test_closing_without_impact_is_refused_on_the_page_too(log: Log) -> None:
    action = an_action(log)
    given = {"form_key": str(uuid4()), "outcome": "partly", "impact": "  "}
    shown = sent(log.world.secretary, "action_close", given, action.pk, status=400)
    assert "an action is not closed without its impact" in shown
    assert not ActionClosing.objects.exists()


def test_two_who_close_at_once_lose_no_words(log: Log) -> None:
    action = an_action(log)
    closed(log, action)
    given = {"form_key": str(uuid4()), "outcome": "done", "impact": "Mine"}
    shown = sent(log.world.lead, "action_close", given, action.pk, status=400)
    assert "Somebody closed it already." in shown and ">Mine<" in shown
    given = {"form_key": str(uuid4()), "says": "Typed before it was closed"}
    assert "Typed before it was closed" in sent(log.seated, "action_report", given, action.pk, status=400)
    assert ActionClosing.objects.get().impact == IMPACT


def test_two_who_word_it_anew_at_once_see_both_wordings_and_may_go_on(log: Log) -> None:
    action = an_action(log)
    given = {"seen": 1, "because": "Clearer", "resolution": "Two nurses on each ward.", "kind": "contract"}
    sent(log.world.secretary, "action_restate", {**given, "issue": "First words"}, action.pk)
    shown = sent(log.world.lead, "action_restate", {**given, "issue": "Second words"}, action.pk, status=400)
    assert "Somebody else worded it anew" in shown and "First words" in shown and "Second words" in shown
    assert 'name="seen" value="2"' in shown
    sent(log.world.lead, "action_restate", {**given, "seen": 2, "issue": "Second words"}, action.pk)
    assert [one.issue for one in action.statements.all()][1:] == ["First words", "Second words"]


# --- what actions changed


@pytest.mark.requirement("LRN-03")
def test_what_actions_changed_is_shown_searched_and_says_what_it_leaves_out(log: Log) -> None:
    shown = page(log.seated, "actions_changed")
    assert "No action that you may read is closed yet." in shown
    closed(log, an_action(log))
    closed(log, an_action(log), impact="Letters name the medicines.", outcome=Outcome.PARTLY)
    shown = page(log.seated, "actions_changed", query="?words=medicines")
    assert "Letters name the medicines." in shown and IMPACT not in shown
    assert "1 closed action, the newest first. The filter leaves out 1 other." in shown
    assert "No closed action fits." in page(log.seated, "actions_changed", query="?kind=contract&outcome=x")
