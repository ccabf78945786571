"""The words of soft intelligence as readers know them; forms and pages say the same."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.core.access import Handling
from sightline.core.signals import Bearing
from sightline.intelligence.words import Certainty, Channel, Kind, ReferralKind, Safeguarding, TagKind, Wish

BEARING: Mapping[Bearing, str] = {
    Bearing.CONCERN: "A worry",
    Bearing.IMPROVEMENT: "Good news",
    Bearing.NEITHER: "Neither: something to know",
}
BEARING_SHORT: Mapping[Bearing, str] = {**BEARING, Bearing.NEITHER: "Something to know"}
BEARING_TAG: Mapping[Bearing, str] = {
    Bearing.CONCERN: "nhsuk-tag--orange",
    Bearing.IMPROVEMENT: "nhsuk-tag--blue",
    Bearing.NEITHER: "nhsuk-tag--purple",
}
HANDLING: Mapping[Handling, str] = {
    Handling.PUBLIC: "Anybody",
    Handling.MEMBERS: "Members of the group",
    Handling.RESTRICTED: "Only people I name",
}
HANDLING_MEANS: Mapping[Handling, str] = {
    Handling.PUBLIC: "It may be told outside the group. It is still not published by itself.",
    Handling.MEMBERS: "Those who sit in your system's group. The provider concerned does not see it, nor does anybody "
    "who declared an interest.",
    Handling.RESTRICTED: "You choose them by name. Nobody else sees it or can tell that it is there.",
}
# IGV-05, IGV-07; SQG 2022 Annexes A and C; QSG 2017 ¶137-138
HANDLING_LAW = (
    "Your choice binds readers here, under the Data Protection Act 2018, the Human Rights Act 1998 and the common-law "
    "duty of confidence. It is no promise: a public body that holds it may be asked for it under the Freedom of "
    "Information Act 2000, and decides case by case."
)
HANDLING_BINDS = "Your choice binds every reader here. It cannot bind a court or a request for information."
HANDLING_OF: Mapping[Handling, str] = {
    Handling.PUBLIC: "May be told to anybody",
    Handling.MEMBERS: "For members of the group",
    Handling.RESTRICTED: "For named readers only",
    Handling.ANNEX: "In an annex",
}
CHANNEL: Mapping[Channel, str] = {Channel.WRITTEN: "In writing", Channel.VERBAL: "By word of mouth"}
CERTAINTY: Mapping[Certainty, str] = {
    Certainty.SURE: "Sure",
    Certainty.FAIRLY_SURE: "Fairly sure",
    Certainty.HUNCH: "A hunch",
}
WISH: Mapping[Wish, str] = {
    Wish.NAMED: "My name and my organisation",
    Wish.ORGANISATION: "Only my organisation",
    Wish.UNNAMED: "Neither: it is not to be attributed",
}
WISH_OF: Mapping[Wish, str] = {
    Wish.NAMED: "may be named",
    Wish.ORGANISATION: "only the organisation may be named",
    Wish.UNNAMED: "not to be attributed to anybody",
}
KIND: Mapping[Kind, str] = {
    Kind.SOFT: "Soft intelligence",
    Kind.EMERGING_CONCERN: "Emerging concern under the Emerging Concerns Protocol",
    Kind.NON_COOPERATION: "A provider does not cooperate in an investigation",
    Kind.DEATH_REPORT: "Coroner's report to prevent future deaths",
    Kind.ENFORCEMENT: "Action of the regulator",
    Kind.COMMENT: "Comment of a patient",
}
SAFEGUARDING: Mapping[Safeguarding, str] = {
    Safeguarding.NO: "",
    Safeguarding.SUSPECTED: "Abuse or neglect is suspected",
    Safeguarding.STRATEGIC: "A pattern for the safeguarding partners to plan about; nobody is in danger now",
}
TAG_KIND: Mapping[TagKind, str] = {
    TagKind.DIMENSION: "Dimension of quality",
    TagKind.EVIDENCE: "Kind of evidence",
    TagKind.POPULATION: "Group of people or inequality",
    TagKind.ISSUE: "Type of issue",
    TagKind.THEME: "Theme",
}
REFERRAL: Mapping[ReferralKind, str] = {
    ReferralKind.SAFEGUARDING: "Safeguarding referral",
    ReferralKind.REGULATOR: "Referral to the regulator of a profession",
    ReferralKind.OTHER_GROUP: "Referral to another group",
    ReferralKind.BUSINESS_AS_USUAL: "Passed to those who can settle it",
}
VERBAL_ONLY = "To be said, not circulated: it is in no print, export or pack."
