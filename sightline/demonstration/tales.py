"""What people of the cast tell that belongs to a story: independent voices that agree with each other or with figures."""

from __future__ import annotations

from sightline.core.access import Handling
from sightline.demonstration.cast import Part
from sightline.demonstration.organisations import GROUP_HOMES, IMPROVED_STAFFING, IMPROVED_TRUST, MATERNITY_TRUST
from sightline.demonstration.tale import (
    EFFECTIVE,
    EQUITABLE,
    EXPERIENCE,
    FAIRLY,
    GOOD,
    LED,
    RESOURCED,
    SAFE,
    SURE,
    Tale,
)
from sightline.intelligence.words import Channel, ReferralKind, Safeguarding, TagKind, Wish

RESTRAINT_TRUST = "ZM2"
GOOD_FIGURES = "1-999000051"  # an independent hospital whose figures and rating are good, and people worry
BETTER_PRACTICE = "Z99004"
SEAVIEW, GULL, HARBOUR, LODGE, FIELDS, VIEW, QUAYSIDE = (home.code for home in GROUP_HOMES)

_PREGNANCY = ((TagKind.POPULATION, "pregnancy-maternity"), (TagKind.EVIDENCE, "peoples-experiences"))
_STAFF = ((TagKind.EVIDENCE, "staff-and-leaders"),)
_OLDER = ((TagKind.POPULATION, "age-older"), (TagKind.EVIDENCE, "observation"))
_DETAINED = ((TagKind.POPULATION, "mental-health"), (TagKind.EVIDENCE, "staff-and-leaders"))

# Figures, the regulator, a coroner, Healthwatch and a lay member agree about one maternity service.
MATERNITY: tuple[Tale, ...] = (
    Tale(
        "maternity-listening",
        Part.HEALTHWATCH,
        (MATERNITY_TRUST,),
        "Eleven women told us over the summer that they rang the maternity unit because the baby was moving less, "
        "and were told to take a bath and ring again. Three of them were admitted later on the same day.",
        170,
        "healthwatch-reports",
        (SAFE, EXPERIENCE),
        certainty=SURE,
        reliability="B",
        credibility="2",
        tags=_PREGNANCY,
    ),
    Tale(
        "maternity-night",
        Part.LAY_MEMBER,
        (MATERNITY_TRUST,),
        "At the parents’ group that I help to run, four couples said independently that at night one midwife ran "
        "between two rooms in labour. One father pressed the emergency bell himself.",
        120,
        "complaints",
        (SAFE, RESOURCED),
        reliability="F",
        credibility="3",
        tags=_PREGNANCY,
    ),
    Tale(
        "maternity-inspection",
        Part.REGULATOR,
        (MATERNITY_TRUST,),
        "On our last visit the maternity team could not show who reviews the unit’s most serious incidents. Nine "
        "reviews were open for longer than six months.",
        85,
        "cqc-reports",
        (SAFE, LED),
        certainty=SURE,
        reliability="A",
        credibility="1",
        tags=((TagKind.EVIDENCE, "processes"),),
        fewer="Two consultants do not speak with each other; decisions wait until one of them is on leave.",
        readers=(Part.QUALITY_LEAD, Part.CHAIR),
        why_fewer="It speaks of two people whom colleagues would know.",
    ),
    Tale(
        "maternity-community",
        Part.LOCAL_AUTHORITY,
        (MATERNITY_TRUST,),
        "Health visitors find that discharge letters from the maternity unit come ten days late or not at all, so "
        "that first visits are missed.",
        60,
        "scrutiny-and-wellbeing",
        (SAFE, EFFECTIVE),
        tags=((TagKind.POPULATION, "age-children"), (TagKind.EVIDENCE, "partners")),
    ),
)

# The homes of one group go wrong one after the other; each voice knows only some of them.
HOMES: tuple[Tale, ...] = (
    Tale(
        "homes-visits",
        Part.HEALTHWATCH,
        (SEAVIEW, HARBOUR),
        "Our visitors went to both homes without notice. At both, residents sat in wet clothes before lunch and the "
        "call bells were out of reach.",
        150,
        "healthwatch-reports",
        (SAFE, EXPERIENCE),
        certainty=SURE,
        tags=_OLDER,
        safeguarding=Safeguarding.STRATEGIC,
    ),
    Tale(
        "homes-managers",
        Part.REGULATOR,
        (SEAVIEW, HARBOUR, LODGE, FIELDS),
        "Four homes of the group have lost their registered manager within a year, and one acting manager now "
        "answers for three of them.",
        130,
        "professional-regulators",
        (LED, SAFE),
        certainty=SURE,
        tags=((TagKind.ISSUE, "several-providers"),),
    ),
    Tale(
        "homes-falls",
        Part.SECRETARY,
        (SEAVIEW, GULL, HARBOUR),
        "Ambulance crews reported through the urgent care board that they lift the same residents from the floor of "
        "these homes several times a month, mostly at night.",
        95,
        "incident-investigations",
        (SAFE,),
        tags=_OLDER,
    ),
    Tale(
        "homes-daughter",
        Part.LAY_MEMBER,
        (FIELDS,),
        "A daughter whom I know from church says that agency carers are alone at night with fifty residents.",
        45,
        "complaints",
        (SAFE, RESOURCED),
        channel=Channel.VERBAL,
        wish=Wish.ORGANISATION,
    ),
    Tale(
        "homes-neighbour",
        Part.OTHER_SYSTEM,
        (QUAYSIDE,),
        "The group’s home in our system has not changed so far. We watch it because the same area manager has come.",
        40,
        "quality-groups",
        (LED,),
    ),
)

# Force is used more often, somebody inside speaks up, and an advocate hears the same from the other side.
RESTRAINT: tuple[Tale, ...] = (
    Tale(
        "restraint-speaking-up",
        Part.REGULATOR,
        (RESTRAINT_TRUST,),
        "A member of staff told us in confidence that people on one ward are held on the floor when they ask to go "
        "outside, and that it is written down as “guided to a safe space”.",
        110,
        "speaking-up-reports",
        (SAFE, EQUITABLE),
        certainty=FAIRLY,
        reliability="C",
        credibility="2",
        wish=Wish.UNNAMED,
        tags=_DETAINED,
        fewer="It is the ward for men under 35. Whoever spoke fears for their job, so the ward must not be named.",
        readers=(Part.QUALITY_LEAD, Part.SECRETARY, Part.CHAIR),
        why_fewer="Whoever spoke could be known by the ward.",
        safeguarding=Safeguarding.SUSPECTED,
    ),
    Tale(
        "restraint-advocates",
        Part.LOCAL_AUTHORITY,
        (RESTRAINT_TRUST,),
        "The advocates whom we commission hear the same from five people placed there from our side of the border: "
        "they are restrained for swearing, and are afraid to complain.",
        75,
        "case-reviews",
        (SAFE, EXPERIENCE),
        tags=((TagKind.POPULATION, "mental-health"), (TagKind.EVIDENCE, "peoples-experiences")),
        onward=((ReferralKind.OTHER_GROUP, "The neighbouring system’s quality group", ""),),
    ),
)

# Nothing in the figures: an on-time contract return, a good rating. Three who do not know of each other worry.
WORDS_ALONE: tuple[Tale, ...] = (
    Tale(
        "larchfell-relatives",
        Part.HEALTHWATCH,
        (GOOD_FIGURES,),
        "Six relatives said within two months that patients after operations were left without water and without "
        "help to the toilet, and that nobody wrote it down.",
        140,
        "complaints",
        (SAFE, EXPERIENCE),
        tags=((TagKind.EVIDENCE, "peoples-experiences"),),
    ),
    Tale(
        "larchfell-social-work",
        Part.LOCAL_AUTHORITY,
        (GOOD_FIGURES,),
        "Our hospital social workers meet people sent home from there in night clothes, without tablets, on Friday "
        "evenings. Twice they turned the transport round.",
        100,
        "case-reviews",
        (SAFE,),
        tags=((TagKind.EVIDENCE, "partners"),),
    ),
    Tale(
        "larchfell-trainees",
        Part.REGION,
        (GOOD_FIGURES,),
        "Doctors in training who did sessions there asked not to be sent again: at night they cannot reach a senior "
        "doctor, and observations are filled in afterwards.",
        55,
        "education-reports",
        (SAFE, LED),
        tags=_STAFF,
        wish=Wish.ORGANISATION,
    ),
)

# Good practice is worth telling too (it is noted, and never outweighs a worry).
PRAISED: tuple[Tale, ...] = (
    Tale(
        "emergency-better",
        Part.HEALTHWATCH,
        (IMPROVED_TRUST,),
        "We sat in the emergency department on three evenings. People were seen quickly, somebody came round with "
        "water every hour, and waiting times stood on a board for all to read.",
        80,
        "healthwatch-reports",
        (SAFE, EFFECTIVE, EXPERIENCE),
        GOOD,
        SURE,
        Handling.PUBLIC,
        tags=((TagKind.EVIDENCE, "observation"),),
    ),
    Tale(
        "emergency-own-account",
        Part.OTHER_PROVIDER,
        (IMPROVED_TRUST,),
        "Since a senior doctor and a nurse see everybody at the door together, half of our patients never need a "
        "trolley. We gladly show others how we did it.",
        70,
        "quality-accounts",
        (EFFECTIVE,),
        GOOD,
        SURE,
        Handling.PUBLIC,
        tags=_STAFF,
    ),
    Tale(
        "staffing-better",
        Part.LAY_MEMBER,
        (IMPROVED_STAFFING,),
        "On the wards that I visited the same faces greet you as last year. Nurses told me that they can plan their "
        "time off again.",
        65,
        "staff-feedback",
        (RESOURCED,),
        GOOD,
        tags=_STAFF,
    ),
    Tale(
        "practice-telephone",
        Part.HEALTHWATCH,
        (BETTER_PRACTICE,),
        "Patients praise the new telephone system: they are called back within the hour and nobody queues at eight.",
        50,
        "healthwatch-reports",
        (EFFECTIVE, EXPERIENCE),
        GOOD,
        tags=((TagKind.EVIDENCE, "peoples-experiences"),),
    ),
)

STORIES = (*MATERNITY, *HOMES, *RESTRAINT, *WORDS_ALONE, *PRAISED)
