"""The words of soft intelligence: kinds of item, how it was told, how sure, wishes, tags, referrals. No Django here."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of item it is."""

    SOFT = "soft"  # what a partner heard, saw or thinks
    EMERGING_CONCERN = "emerging_concern"  # under the Emerging Concerns Protocol (INT-06)
    NON_COOPERATION = "non_cooperation"  # a provider that does not cooperate in a joint investigation (INT-12)
    DEATH_REPORT = "death_report"  # a coroner's report to prevent future deaths (INT-13)
    ENFORCEMENT = "enforcement"  # what the regulator did
    COMMENT = "comment"  # what a patient wrote


PUBLISHED = frozenset({Kind.DEATH_REPORT, Kind.ENFORCEMENT, Kind.COMMENT})  # each is reviewed before it counts


class Channel(StrEnum):
    """How it reached the group (INT-05; QSG 2017 ¶118)."""

    WRITTEN = "written"
    VERBAL = "verbal"


class Certainty(StrEnum):
    """How sure the giver is; a hunch is welcome, and is called one."""

    SURE = "sure"
    FAIRLY_SURE = "fairly_sure"
    HUNCH = "hunch"


class Wish(StrEnum):
    """Whether others may know who gave it; the software keeps to it."""

    NAMED = "named"
    ORGANISATION = "organisation"
    UNNAMED = "unnamed"


class Safeguarding(StrEnum):
    """Whether abuse or neglect is suspected (SAF-01; QSG 2017 ¶72)."""

    NO = "no"
    SUSPECTED = "suspected"  # must be reported into the multi-agency process: a referral is asked for until made
    STRATEGIC = "strategic"  # a pattern for partners to plan about; nobody is in danger now


class TagKind(StrEnum):
    """In which respect a tag describes an item."""

    DIMENSION = "dimension"  # a quality dimension (DAT-11)
    EVIDENCE = "evidence"  # one of the regulator's six categories of evidence (CQC-01)
    POPULATION = "population"  # a group of people, or an inequality
    ISSUE = "issue"  # a type of issue (INT-11)
    THEME = "theme"  # a theme of the dictionary, given by a person or proposed by the machine


class ReferralKind(StrEnum):
    """To whom a matter was passed on."""

    SAFEGUARDING = "safeguarding"  # SAF-01
    REGULATOR = "regulator"  # a member's own statutory duty, about an individual practitioner (INT-07)
    OTHER_GROUP = "other_group"  # another area's group; its receipt is awaited (INT-09)
    BUSINESS_AS_USUAL = "business_as_usual"  # it can be solved where it arose (INT-10)


class Outcome(StrEnum):
    """What a person decided about an item."""

    ACCEPTED = "accepted"  # it counts
    SET_ASIDE = "set_aside"  # it stays on the record and counts no more


class Basis(StrEnum):
    """On which lawful basis an identity is kept (IGV-01, IGV-07); a choice of words, to be checked by who advises.

    Whichever it is, the law named in SQG 2022 Annex C binds: the Data Protection Act 2018 (with the UK GDPR), the Human
    Rights Act 1998, the Freedom of Information Act 2000, and the common-law duty of confidence.
    """

    CONSENT = "consent"  # UK GDPR Article 6(1)(a); what its subject agreed to breaks no confidence
    VITAL_INTERESTS = "vital_interests"  # UK GDPR Article 6(1)(d); HRA 1998 Schedule 1, Article 2
    LEGAL_OBLIGATION = "legal_obligation"  # UK GDPR Article 6(1)(c)
    PUBLIC_TASK = "public_task"  # UK GDPR Article 6(1)(e); DPA 2018 section 8
    SAFEGUARDING = "safeguarding"  # DPA 2018 Schedule 1, paragraph 18


class ReleaseStep(StrEnum):
    """What happened to a copy prepared for a provider."""

    RELEASED = "released"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AnswerStatus(StrEnum):
    """How an addressee's answer to a coroner's report stands, as published."""

    AWAITED = "awaited"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


class DeliveryState(StrEnum):
    """How far a file of intelligence has come."""

    SETTLED = "settled"
    REFUSED = "refused"
