"""What looks like a story and is none: each false friend is here on purpose, and the rules must pass it by.

- ``ONE_VOICE``: one organisation tells one tale five times, under five headings. It is one witness.
- ``OLD_NEWS``: four voices agree, and all of it is more than a year old.
- ``RUMOUR``: four partners have a hunch about one surgery, and nobody knows anything.
- ``SELF_PRAISE``: a provider praises the very service about which others worry; the worry must stand.
- ``LOUD``: a big trust has the most complaints of all, as it has the most patients (see ``comments``).
- ``ALWAYS_MISSED``: a trust misses the national standard as it and nearly everybody always did (see ``ae``), and
  people say so.
- Ten bad figures of one return (see ``tidy_surgery``), about which no tale is told at all.
"""

from __future__ import annotations

from sightline.demonstration.cast import Part
from sightline.demonstration.organisations import MATERNITY_TRUST
from sightline.demonstration.tale import EFFECTIVE, EXPERIENCE, GOOD, HUNCH, LED, RESOURCED, SAFE, SURE, Tale
from sightline.intelligence.words import Channel, TagKind

TOLD_BY_ONE = "1-999000011"
OLD_NEWS_OF = "ZC2"
RUMOURED = "Z99007"
BIG_TRUST = "ZA1"
MISSES_AS_ALWAYS = "ZB1"

ONE_VOICE: tuple[Tale, ...] = tuple(
    Tale(
        f"one-voice-{number}",
        Part.LOCAL_AUTHORITY,
        (TOLD_BY_ONE,),
        text,
        days,
        source,
        certainty=SURE,
        tags=((TagKind.POPULATION, "age-older"),),
    )
    for number, (text, days, source) in enumerate(
        (
            ("Our contracts officer found medicine charts at the nursing home with gaps on nine days.", 230,
             "contractual-action"),
            ("Our quality team reports gaps in the medicine charts of the nursing home.", 200, "internal-reviews"),
            ("The scrutiny committee heard of incomplete medicine records at the nursing home.", 165,
             "scrutiny-and-wellbeing"),
            ("Our staff repeat that the nursing home does not sign for all medicines.", 125, "staff-feedback"),
            ("The council’s risk register carries medicine records at the nursing home as a risk.", 70,
             "risk-registers"),
        ),
        start=1,
    )
)  # fmt: skip

OLD_NEWS: tuple[Tale, ...] = (
    Tale("old-insulin", Part.HEALTHWATCH, (OLD_NEWS_OF,),
         "Housebound people waited until noon for the nurse who gives them insulin.", 415, "healthwatch-reports",
         (SAFE, EFFECTIVE), certainty=SURE),
    Tale("old-rounds", Part.LOCAL_AUTHORITY, (OLD_NEWS_OF,),
         "Home carers met no community nurse for weeks and dressed wounds themselves.", 408, "case-reviews",
         (SAFE,), certainty=SURE),
    Tale("old-vacancies", Part.REGION, (OLD_NEWS_OF,),
         "One community nurse in three was missing, and trainees worked without supervision.", 400,
         "education-reports", (SAFE, RESOURCED), certainty=SURE),
    Tale("old-visit", Part.REGULATOR, (OLD_NEWS_OF,),
         "Lone-working alarms were not charged at two bases. The trust has told us since that they are.", 392,
         "professional-regulators", (SAFE, LED), certainty=SURE),
)  # fmt: skip

RUMOUR: tuple[Tale, ...] = (
    Tale("rumour-partner", Part.LAY_MEMBER, (RUMOURED,),
         "People at the market say that a partner of the surgery is about to leave. I have no idea whether it is so.",
         60, "media", (RESOURCED, SAFE), certainty=HUNCH, channel=Channel.VERBAL),
    Tale("rumour-something", Part.HEALTHWATCH, (RUMOURED,),
         "Something does not feel right at this surgery. Nobody has told us anything that I could point to.", 52,
         "patient-forums", (SAFE,), certainty=HUNCH),
    Tale("rumour-same", Part.LOCAL_AUTHORITY, (RUMOURED,),
         "I have heard it said that the surgery is in difficulty. It may be the same rumour that others hear.", 48,
         "scrutiny-and-wellbeing", (SAFE, LED), certainty=HUNCH),
    Tale("rumour-quiet", Part.REGION, (RUMOURED,),
         "The surgery was quieter than usual at our last meeting. That is all, and it may mean nothing.", 44,
         "independent-reviews", (SAFE,), certainty=HUNCH),
)  # fmt: skip

SELF_PRAISE: tuple[Tale, ...] = (
    Tale("self-praise-maternity", Part.SUBJECT_PROVIDER, (MATERNITY_TRUST,),
         "Our maternity service has turned the corner. The new bereavement suite is open and families thank us.", 58,
         "quality-accounts", (SAFE, EXPERIENCE), GOOD, SURE),
    Tale("self-praise-midwives", Part.SUBJECT_PROVIDER, (MATERNITY_TRUST,),
         "Every woman has a named midwife, and our own audit shows care of the highest standard.", 30,
         "internal-audit", (SAFE, LED), GOOD, SURE),
)  # fmt: skip

ALWAYS_MISSED: tuple[Tale, ...] = (
    Tale("as-always-queue", Part.HEALTHWATCH, (MISSES_AS_ALWAYS,),
         "People wait longer than four hours in the emergency department, as they did last year and the year before.",
         90, "complaints", (SAFE, EFFECTIVE), certainty=SURE),
)  # fmt: skip

MISLEADING = (*ONE_VOICE, *OLD_NEWS, *RUMOUR, *SELF_PRAISE, *ALWAYS_MISSED)
