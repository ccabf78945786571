"""What both sides of the demonstration write in the risk profiles of one trust. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.core.triangulation.triggering import Answer
from sightline.profiles.giving import Written

WHY_FIRST = "What families tell of maternity has not changed in half a year, and two visits gave no assurance."
WHY_ANEW = "A year on, a coroner and the regulator speak of the same things again."

# What the trigger tool was answered with; every other question got a no.
YES: dict[str, tuple[Answer, str]] = {
    "safety-figures": (Answer.YES, "Stillbirths reported late, and audits that stopped."),
    "sources-agree": (Answer.YES, "Figures, a coroner, the regulator and families."),
    "lasting": (Answer.YES, "Since the spring before last."),
    "people-served": (Answer.YES, "Healthwatch hears it from several towns."),
    "no-assurance": (Answer.YES, "Two visits, and no answer that could be checked."),
    "leadership": (Answer.NOT_KNOWN, "A new director has just begun."),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One domain as one side sees it: likelihood and consequence of 0 stand for not judged yet."""

    domain: str
    evidence_for: str = ""
    evidence_against: str = ""
    good_practice: str = ""
    view: str = ""
    likelihood: int = 0
    consequence: int = 0
    confidence: str = ""
    measures: tuple[str, ...] = ()

    def written(self) -> Written:
        """This function will give it as an operation takes it."""
        return Written(
            evidence_for=self.evidence_for,
            evidence_against=self.evidence_against,
            good_practice=self.good_practice,
            view=self.view,
            measures=self.measures,
            likelihood=self.likelihood or None,
            consequence=self.consequence or None,
            confidence=self.confidence,
        )


OURS: tuple[Judged, ...] = (
    Judged(
        "leadership", "The board was told of the late reports by the coroner, and not by its own unit.",
        "The chief nurse asked for help herself.", "", "The board hears too little, and too late.", 3, 4, "some",
        ("Days from an incident to the board",),
    ),
    Judged(
        "safety", "Calls about reduced movements were answered with advice to ring again later.",
        "Audits of hand hygiene are good on every ward.", "Each shift begins with a short talk about what could go wrong.",
        "It can be put right within months, if calls are listened to.", 4, 4, "high",
        ("Calls answered by a midwife", "Stillbirths reported within three days"),
    ),
    Judged("staffing", "One post in eight is empty, and more at night.", "", "", "Nights are the weak point.", 4, 3, "some",
           ("Shifts at night with fewer midwives than planned",)),
    Judged("experience", "Families say that they were not believed.", "Those who were heard praise the staff.", "",
           "Being heard is the matter, and not kindness.", 3, 3, "high", ("Families who felt listened to",)),
    Judged("effectiveness", "Clinical audits stopped in the spring.", "", "", "Nobody can say how good care is.", 3, 3, "low",
           ("Clinical audits that are up to date",)),
    Judged("safeguarding", "", "Referrals are made in time, and the council is content.", "", "Sound.", 1, 4, "high"),
    Judged("estates", "The birth pool cannot be used.", "It is to be mended by the summer.", "", "A nuisance.", 2, 2, "high"),
    Judged("information", "Letters to health visitors come late.", "", "", "It is the same cause as in safety.", 3, 3, "some",
           ("Letters sent within two days",)),
    Judged("equity", "Women who speak little English wait longest for an answer.", "", "",
           "Too few were asked to be sure.", 0, 0, "low", ("Calls with an interpreter",)),
    Judged("sustainability", "", "The merger that was feared will not come.", "", "No cause for worry today.", 1, 3, "some"),
)  # fmt: skip
BY_PROVIDER: tuple[Judged, ...] = (
    Judged(
        "safety", "Two calls went wrong in one month, which we told the families.",
        "Since then every call is taken by one midwife on each shift.", "We listen to recordings with the families.",
        "We see it as put right, and ask to be judged by the recordings.", 2, 4, "some", ("Calls listened to again",),
    ),
    Judged("staffing", "Nights are thin in the holidays.", "Six midwives begin in the autumn.", "",
           "It will be solved by the winter.", 3, 3, "high"),
    Judged("experience", "", "", "Families sit on the panel that chooses new staff.", "We agree that being heard is the matter.",
           3, 3, "high"),
)  # fmt: skip
# The second profile: some words stand as they were, judgements are made anew.
ANEW: tuple[Judged, ...] = (
    Judged(
        "safety", "Calls about reduced movements were answered with advice to ring again later.",
        "Every call is taken by one midwife since last year; recordings bear it out for the day, and not for the night.",
        "Each shift begins with a short talk about what could go wrong.",
        "Days are better. Nights are as they were.", 3, 4, "some",
        ("Calls answered by a midwife", "Calls at night listened to again"),
    ),
    Judged("staffing", "One post in eight is empty, and more at night.", "Four of six midwives came.", "",
           "Nights are the weak point.", 3, 3, "some", ("Shifts at night with fewer midwives than planned",)),
)  # fmt: skip
ANEW_BY_PROVIDER: tuple[Judged, ...] = (
    Judged("safety", "", "Recordings of nights show the same since the autumn.", "We listen to recordings with the families.",
           "We see nights otherwise, and have asked for a visit at night.", 2, 3, "high", ("Calls listened to again",)),
)  # fmt: skip
