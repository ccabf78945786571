"""One return with ten figures about planned operations: however many of them turn bad, it is one witness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.demonstration.stories import Course, Line, Shift
from sightline.demonstration.tidy_cards import PUBLISHER, Good, TidyFile, TidyIndicator, Unit, card

RETURN = "Planned surgery monthly return"
TEN_BAD_FIGURES = "ZA6"
# Operations in a month at each hospital that makes the return.
OPERATIONS = {TEN_BAD_FIGURES: 780.0, "ZB2": 610.0}


@dataclass(frozen=True, slots=True)
class _Figure:
    """One of the ten: what is counted, its usual level, and by how much it moved at the one hospital."""

    id: str
    name: str
    short: str
    counted: str
    direction: Good
    dimensions: tuple[str, ...]
    level: float
    moved: float
    good: str


_LESS, _MORE, _SAFE, _WORKS = Good.LOWER, Good.HIGHER, ("safe",), ("effective",)
_FIGURES = (
    _Figure("cancelled-on-day", "Operations cancelled on the day", "Cancelled on the day",
            "Operations cancelled on the day for a reason other than the patient’s own", _LESS, _WORKS, 6.0, 4.5,
            "Below 6%"),
    _Figure("checklist-whole", "Operations with every step of the safety checklist done", "Safety checklist done",
            "Operations with every step of the safety checklist written down", _MORE, _SAFE, 97.0, -6.0, "100%"),
    _Figure("back-to-theatre", "Patients taken back to theatre within 30 days", "Back to theatre",
            "Patients taken back to theatre within 30 days", _LESS, _SAFE, 3.0, 3.0, "Below 3%"),
    _Figure("wound-infections", "Wounds that became infected", "Wound infections",
            "Wounds that became infected within 30 days", _LESS, _SAFE, 2.5, 3.0, "Below 2%"),
    _Figure("late-starts", "Theatre lists that began late", "Late starts",
            "Operations on lists that began more than 15 minutes late", _LESS, _WORKS, 18.0, 12.0, "Below 15%"),
    _Figure("pain-recorded", "Patients whose pain was assessed in recovery", "Pain assessed",
            "Patients whose pain was assessed and written down in recovery", _MORE, _WORKS, 94.0, -7.0, "98% or more"),
    _Figure("clot-assessed", "Patients assessed for the risk of a blood clot", "Clot risk assessed",
            "Patients assessed for the risk of a blood clot before the operation", _MORE, _SAFE, 96.0, -6.0, "95% or more"),
    _Figure("warm-after", "Patients who were warm enough after their operation", "Warm enough",
            "Patients at 36 degrees or more on arrival in recovery", _MORE, _SAFE, 92.0, -7.5, "95% or more"),
    _Figure("home-as-planned", "Patients who went home on the planned day", "Home as planned",
            "Patients who went home on the day that was planned", _MORE, _WORKS, 81.0, -10.0, "85% or more"),
    _Figure("readmitted", "Patients readmitted within 28 days", "Readmitted",
            "Patients readmitted as an emergency within 28 days", _LESS, _WORKS, 5.0, 3.8, "Below 5%"),
)  # fmt: skip

SURGERY = TidyFile(
    "planned-surgery.csv",
    "Planned surgery, monthly",
    PUBLISHER,
    tuple(
        TidyIndicator(
            f"demo-surgery-{one.id}",
            one.name,
            one.short,
            Unit.PERCENT,
            one.direction,
            one.dimensions,
            one.counted,
            "All planned operations",
            card("Shows how planned operations go", RETURN, one.good),
            source_entry="model-health-system",
        )
        for one in _FIGURES
    ),
    organisation="trust code",
    indicator="measure",
)


def planned_surgery() -> Iterable[Line]:
    """This function will tell of two hospitals: at one of them all ten figures get worse in the same months."""
    for one in _FIGURES:
        for code, number in OPERATIONS.items():
            moves = (Shift(one.moved, 9, 7),) if code == TEN_BAD_FIGURES else ()
            yield Line(f"demo-surgery-{one.id}", code, number, Course(one.level, 0.35, moves))
