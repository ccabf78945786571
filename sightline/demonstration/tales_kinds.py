"""What people of the cast tell so that every way of telling can be looked at: each is one item, and none is a story."""

from __future__ import annotations

from sightline.core.access import Handling
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import AUTHORITIES, MAIN, NEIGHBOUR
from sightline.demonstration.organisations import AMBULANCE, GROUP_HOMES, SILENT_TRUST, SUCCESSOR
from sightline.demonstration.tale import (
    EFFECTIVE,
    EITHER,
    EQUITABLE,
    EXPERIENCE,
    GOOD,
    HUNCH,
    LED,
    RESOURCED,
    SAFE,
    SURE,
    Tale,
)
from sightline.intelligence.words import Channel, Kind, ReferralKind, Safeguarding, TagKind, Wish

PRISON, HOSPICE, HOME_CARE, SMALL_HOME = "1-999000071", "1-999000061", "1-999000022", "1-999000009"
_PLACE = {authority.name: authority.gss for authority in AUTHORITIES}
_ROWANSLACK, _WEAVERS, _DUNES = "1-999000008", "Z99003", "Z99009"

KINDS: tuple[Tale, ...] = (
    # To be said and not circulated.
    Tale("said-aloud", Part.CHAIR, (SILENT_TRUST,),
         "The chief executive told me on the telephone that the data team has left and that returns will be late.", 88,
         "quality-groups", (LED,), channel=Channel.VERBAL, verbal_only=True),
    # Given in confidence, to named readers alone.
    Tale("named-readers", Part.REGULATOR, (SILENT_TRUST,),
         "We are considering whether to use our powers about leadership at this trust. Please do not tell it yet.", 35,
         "cqc-reports", (LED,), certainty=SURE, handling=Handling.RESTRICTED,
         readers=(Part.QUALITY_LEAD, Part.SECRETARY), why_fewer="Our decision is not taken yet."),
    Tale("named-readers-chair", Part.LOCAL_AUTHORITY, (HOME_CARE,),
         "Three carers of this agency are being looked into by the police. Only the chair should know for now.", 33,
         "case-reviews", (SAFE,), handling=Handling.RESTRICTED, readers=(Part.CHAIR,),
         why_fewer="The police asked that few know of it."),
    # Unattributed.
    Tale("nobody-named", Part.HEALTHWATCH, (_DUNES,),
         "A receptionist told us that letters from hospital are read two weeks after they come.", 66, "staff-feedback",
         (SAFE, EFFECTIVE), wish=Wish.UNNAMED, reliability="F", credibility="3"),
    # Abuse suspected: the referral is recorded for one, and still owed for the other.
    Tale("abuse-referred", Part.LOCAL_AUTHORITY, (_ROWANSLACK,),
         "A resident had bruises on both arms, and two accounts of how they came do not fit each other.", 76,
         "case-reviews", (SAFE,), certainty=SURE, safeguarding=Safeguarding.SUSPECTED,
         tags=((TagKind.ISSUE, "safeguarding"), (TagKind.POPULATION, "age-older"))),
    Tale("abuse-not-yet-referred", Part.HEALTHWATCH, (SMALL_HOME,),
         "A visitor saw a resident being left in a locked room at lunch time.", 14, "patient-forums", (SAFE,),
         safeguarding=Safeguarding.SUSPECTED, tags=((TagKind.ISSUE, "safeguarding"),)),
    # One person's fitness to practise: the giver's own duty to refer.
    Tale("practitioner", Part.REGION, (HOSPICE,),
         "A locum doctor’s references could not be confirmed. The hospice let them go on the same day.", 58,
         "professional-standards", (SAFE,), practitioner=True, wish=Wish.ORGANISATION),
    # The Emerging Concerns Protocol, with its panel.
    Tale("emerging-concern", Part.REGULATOR, (GROUP_HOMES[0].code, GROUP_HOMES[2].code),
         "Under the Emerging Concerns Protocol we ask partners what they know of the group’s homes in Quillhaven "
         "before we decide what to do.", 72, "emerging-concerns", (SAFE, LED), certainty=SURE,
         kind=Kind.EMERGING_CONCERN, tags=((TagKind.ISSUE, "several-providers"),)),
    # A provider that does not cooperate in a joint investigation.
    Tale("no-cooperation", Part.SECRETARY, (PRISON,),
         "The prison’s healthcare provider has answered none of three requests for its records of missed doses, which "
         "the joint review needs.", 47, "quality-groups", (LED,), certainty=SURE, kind=Kind.NON_COOPERATION,
         tags=((TagKind.POPULATION, "justice"),)),
    # It can be settled where it arose, or says why it cannot.
    Tale("settled-where-it-arose", Part.HEALTHWATCH, (_WEAVERS,),
         "The surgery’s door is too heavy for people in wheelchairs.", 84, "patient-forums", (EQUITABLE,),
         certainty=SURE, tags=((TagKind.POPULATION, "disability"),),
         onward=((ReferralKind.BUSINESS_AS_USUAL, "The surgery’s own patient group", ""),)),
    Tale("not-to-be-settled-there", Part.LOCAL_AUTHORITY, (AMBULANCE,),
         "Crews wait outside two hospitals for hours while people wait for an ambulance at home. No one body can end "
         "that alone.", 69, "scrutiny-and-wellbeing", (SAFE, EFFECTIVE), certainty=SURE,
         onward=((ReferralKind.BUSINESS_AS_USUAL, "", "It needs the hospitals, the ambulance service and us together."),)),
    # Two who tell one story; the secretary joins them.
    Tale("lift-first", Part.HEALTHWATCH, (SUCCESSOR,),
         "The lift to the stroke ward has been out of order since Easter, so that visitors in wheelchairs cannot come.",
         92, "healthwatch-reports", (EXPERIENCE, EQUITABLE), certainty=SURE),
    Tale("lift-again", Part.LAY_MEMBER, (SUCCESSOR,),
         "Healthwatch says that the lift to the stroke ward does not work. I have not been there myself.", 74,
         "media", (EXPERIENCE, EQUITABLE)),
    # About places. Of Marrowdale nobody says anything: a blind spot.
    Tale("place-harrowmere", Part.HEALTHWATCH, (_PLACE["Harrowmere"],),
         "People on the north side of the town pass two full surgeries on the way to one that takes them.", 87,
         "healthwatch-reports", (EQUITABLE,), tags=((TagKind.ISSUE, "place"), (TagKind.POPULATION, "deprivation"))),
    Tale("place-quillhaven", Part.LOCAL_AUTHORITY, (_PLACE["Quillhaven"],),
         "Since the summer, people near the end of life can have a night sitter at home within a day.", 53,
         "scrutiny-and-wellbeing", (EXPERIENCE,), GOOD, tags=((TagKind.ISSUE, "pathway"),)),
    Tale("place-brackenshore", Part.OTHER_SYSTEM, (_PLACE["Brackenshore"],),
         "The harbour clinic has closed, and its patients do not know where to go.", 61, "quality-groups",
         (EQUITABLE,)),
    # About a whole system, and told by another.
    Tale("whole-system", Part.REGION, (MAIN.code,),
         "Across the system, children wait over a year for an autism assessment; some families pay for their own.", 63,
         "oversight-framework", (EQUITABLE, EFFECTIVE), certainty=SURE,
         tags=((TagKind.ISSUE, "inequality"), (TagKind.POPULATION, "learning-disability-autism"))),
    Tale("neighbours-own", Part.OTHER_SYSTEM, (NEIGHBOUR.code,),
         "Our maternity triage lines are answered from one place since spring, and calls no longer get lost.", 59,
         "quality-groups", (SAFE,), GOOD),
    # Told of somebody whose identity is kept apart.
    Tale("with-an-annex", Part.SECRETARY, (_ROWANSLACK,),
         "A former employee offers to tell more about night shifts if their name stays with us.", 64,
         "speaking-up-reports", (SAFE, LED), wish=Wish.UNNAMED),
    # Neither good nor bad, and a hunch by itself.
    Tale("neither", Part.CHAIR, (HOSPICE,), "The hospice is about to change its out-of-hours doctor service.", 41,
         "quality-groups", (EFFECTIVE,), EITHER),
    Tale("hunch", Part.LAY_MEMBER, (PRISON,),
         "I felt at our visit that the nurses did not speak freely while the manager stood by.", 38, "staff-feedback",
         (LED,), certainty=HUNCH, tags=((TagKind.EVIDENCE, "observation"),)),
    # Good practice, small and plain.
    Tale("good-small", Part.LAY_MEMBER, (HOSPICE,),
         "The hospice writes to families a year after a death. People told me how much it means.", 51,
         "patient-forums", (EXPERIENCE,), GOOD, SURE, Handling.PUBLIC,
         tags=((TagKind.POPULATION, "end-of-life"),)),
    Tale("good-home-care", Part.LOCAL_AUTHORITY, (HOME_CARE,),
         "This agency’s carers come when they are due, nineteen times out of twenty, which no other agency manages.", 118,
         "contractual-action", (EFFECTIVE,), GOOD, SURE),
    # Set aside by the secretary: it was about another body of nearly the same name.
    Tale("mistaken", Part.LOCAL_AUTHORITY, (HOSPICE,),
         "Relatives complain of the heating in the lounge.", 102, "complaints", (EXPERIENCE,)),
    Tale("newest", Part.HEALTHWATCH, (_DUNES,),
         "Two more people say that they gave up after forty minutes on the telephone to this surgery.", 9, "complaints",
         (EFFECTIVE, EXPERIENCE), channel=Channel.VERBAL),
    Tale("resources", Part.SECRETARY, (SUCCESSOR,),
         "The merged trust still pays two rotas for the same nights, and agency cover fills both.", 57,
         "quality-groups", (RESOURCED,)),
)  # fmt: skip
