"""What is worth looking at in the demonstration, and as whom."""

from __future__ import annotations

from sightline.demonstration.cast import Part

LOOK_AT: tuple[tuple[Part, str], ...] = (
    (Part.QUALITY_LEAD, "Quillhaven Bay Hospitals: figures, a coroner, the regulator and families agree on maternity"),
    (Part.QUALITY_LEAD, "Larchfell Hospital: its figures are good, and three who do not know of each other worry"),
    (Part.QUALITY_LEAD, "Brackenshore Mental Health: restraint, from figures, a member of staff and advocates"),
    (Part.QUALITY_LEAD, "Harrowmere Orthopaedic Hospital: ten bad figures of one return, and nothing is proposed"),
    (Part.QUALITY_LEAD, "Quillhaven Saltmarsh Surgery: four hunches make a rumour, and nothing is proposed"),
    (Part.QUALITY_LEAD, "Marrowdale Dental Care and Marrowdale itself: blind spots, of which nobody says anything"),
    (Part.QUALITY_LEAD, "Indicators, agreed sets: what the group agreed to measure quality by, and why it was changed"),
    (Part.QUALITY_LEAD, "Indicators, worth a look: the series that stand out, and how many of them may be chance"),
    (Part.QUALITY_LEAD, "Quillhaven Bay Hospitals, risk profile: signed by both, its review late, the next one begun"),
    (Part.SECRETARY, "comments and coroners' reports that wait for review, and names that fit two bodies"),
    (Part.SECRETARY, "a referral to the neighbouring group with its receipt, and one for abuse that is still owed"),
    (Part.SECRETARY, "Groups, actions: one overdue, one handed on, one opened again, one that says too little"),
    (Part.CHAIR, "Groups: terms of reference that are soon due for review, and a seat on which nobody sits"),
    (Part.CHAIR, "a copy for a provider that waits for release, and words for the chair alone"),
    (Part.LOCAL_AUTHORITY, "nothing of the Lanternlight homes: he declared an interest in them"),
    (Part.REGULATOR, "an emerging concern with its panel, and what staff told in confidence"),
    (Part.HEALTHWATCH, "what she gave herself, and what she was told came of it"),
    (Part.REGION, "what he gave himself, and nothing else of what a system's group hears"),
    (Part.SUBJECT_PROVIDER, "a risk profile that her trust signed, differences and all, and the next one, begun"),
    (Part.SUBJECT_PROVIDER, "the one action that is hers to do, without what the group says of it"),
    (Part.SUBJECT_PROVIDER, "what was released to her own trust, with her answer, and nothing that was said of it"),
    (Part.LAY_MEMBER, "all that any other member may see"),
    (Part.AUDITOR, "the record of every deed, and that an identity was opened"),
    (Part.OTHER_SYSTEM, "her own group's items alone"),
)
