"""The note of a meeting as it is written from what happened."""

from __future__ import annotations

import pytest

from sightline.core.meetings.deciding import Side
from sightline.core.meetings.noting import (
    Absent,
    ActionSaid,
    Attendee,
    Discussed,
    Held,
    Managed,
    Result,
    Stood,
    note_of_item,
    note_of_meeting,
)


@pytest.mark.requirement("REC-02", "REC-03")
def test_given_who_was_there_then_each_is_named_with_how_long_and_for_whom() -> None:
    attendees = (
        Attendee("Ada", "Chair", "Lantern board", 65, ("10am to 11.05am",)),
        Attendee(
            "Bo", "Local authority", "Quill council", 20, ("10am to 10.10am", "10.20am to 10.30am"), deputises=True
        ),
        Attendee("Cy", "Lay member", minutes=5, deputises=True, has_authority=False),
        Attendee("Di", minutes=60, is_online=True),
    )
    text = note_of_meeting(Held("10am", "11.05am", attendees, (Absent("Region", "Ed"), Absent("Region"))))
    assert text.splitlines() == [
        "The meeting lasted from 10am to 11.05am.",
        "",
        "There:",
        "- Ada, Chair for Lantern board: 1 hour 5 minutes (10am to 11.05am)",
        "- Bo, standing in for Local authority, and may decide for Quill council: 20 minutes "
        "(10am to 10.10am and 10.20am to 10.30am)",
        "- Cy, standing in for Lay member, and may not decide: 5 minutes",
        "- Di, guest, online: 1 hour",
        "",
        "Not there:",
        "- Ed, Region",
        "- Region: nobody sits there",
        "",
        "Quorum:",
        "The guidance of this group sets no quorum.",
    ]


def test_given_nobody_was_there_then_the_note_says_so() -> None:
    assert "There:\nNobody is on record." in note_of_meeting(Held("10am", "11am", ()))


@pytest.mark.requirement("REC-05", "REC-06", "REC-07", "REC-09")
def test_given_an_item_with_everything_then_its_section_has_it_in_turn() -> None:
    result = Result(
        "Not decided", "10.20am", "Move it up.", "Quill board", "The meeting was quorate for it",
        (
            Stood("Board", Side.FOR),
            Stood("Trust", Side.FOR),
            Stood("Council", Side.AGAINST, "It is ours", "Inspect it", is_statutory_holder=True),
            Stood("Lay member", Side.ABSTAINS),
        ),
        "Ask the survey", ("The holder is against (REC-07)",),
    )  # fmt: skip
    found = Discussed(
        (Managed("Ada", "They declared an interest.", "left for the item"), Managed("Bo", "It is their own.")),
        "All spoke.\nTwice.",
        "None found",
        (result, Result("Carried over", "10.30am", "No time", is_carried_over=True)),
        "Trust stands at Enhanced since 3 March 2026.",
        (ActionSaid("Visit.", "Cy, Trust", "4 May 2026", True), ActionSaid("Ask", "Di, Board", "1 May 2026", False)),
        ("Referred.",),
        told="Board tells Trust.",
    )
    assert note_of_item(found) == "\n".join(
        [
            "Interests:",
            "- Ada. They declared an interest. They left for the item.",
            "- Bo. It is their own. No ruling is on record.",
            "",
            "What was said:",
            "All spoke.",
            "Twice.",
            "",
            "For people who are worse off:",
            "None found",
            "",
            "Not decided, at 10.20am:",
            "Move it up.",
            "The holder is against (REC-07)",
            "Done by Quill board, under its own powers.",
            "The meeting was quorate for it.",
            "- For: Board and Trust",
            "- Against: Council",
            "- Abstained: Lay member",
            "- Council was against with the statutory responsibility, and is not overridden. Why: It is ours",
            "- Council will do itself: Inspect it",
            "Next: Ask the survey",
            "",
            "Carried over, at 10.30am:",
            "No time",
            "It comes again.",
            "",
            "Level:",
            "Trust stands at Enhanced since 3 March 2026.",
            "",
            "Actions:",
            "- New: Visit. Cy, Trust, due 4 May 2026",
            "- Ask. Di, Board, due 1 May 2026",
            "",
            "Abuse or neglect was suspected:",
            "- Referred.",
            "",
            "Who tells the provider:",
            "Board tells Trust.",
        ]
    )


@pytest.mark.parametrize(
    ("stood", "says"),
    [
        (Stood("Board", Side.FOR, "We must"), "- Board: We must"),
        (Stood("Board", Side.FOR, "", "", True), "- Board has the statutory responsibility."),
        (Stood("Board", Side.AGAINST), "- Board was against."),
    ],
)
def test_given_where_somebody_stood_then_it_is_said(stood: Stood, says: str) -> None:
    text = note_of_item(Discussed(results=(Result("Agreed", "10am", "Go", stood=(stood,)),)))
    assert text.splitlines()[-1] == says


def test_given_no_quorum_then_it_is_said_once() -> None:
    no, why = (
        "The meeting was not quorate for it",
        "The meeting was not quorate for it, so that no business was transacted.",
    )
    lines = note_of_item(
        Discussed(results=(Result("Discussion only", "10am", "Go", quorum=no, because=(why,)),))
    ).splitlines()
    assert [one for one in lines if one.startswith(no)] == [why]
    assert note_of_item(Discussed(results=(Result("Discussion only", "10am", "Go", quorum=no),))).endswith(f"{no}.")


def test_given_nothing_on_record_then_the_section_says_so() -> None:
    assert note_of_item(Discussed()) == "Nothing is on record of this item."
