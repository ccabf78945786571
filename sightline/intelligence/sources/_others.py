"""Bodies whose quality is not watched here, told by their names: government, regulators, colleges, councils, police."""

from __future__ import annotations

import re
from enum import StrEnum

from sightline.directory.naming import folded


class OtherKind(StrEnum):
    """What such a body is."""

    GOVERNMENT = "government"
    NATIONAL_BODY = "national_body"
    REGULATOR = "regulator"
    COUNCIL = "council"
    COMMISSIONER = "commissioner"
    WELSH_BODY = "welsh_body"
    ROYAL_COLLEGE = "royal_college"
    POLICE = "police"
    PRISON = "prison"
    CORONER = "coroner"
    FIRE = "fire"
    COMPANY = "company"


# The first that fits is taken: “Chief Coroner, Ministry of Justice” is a coroner.
_OTHERS: tuple[tuple[OtherKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})\b"))
    for kind, pattern in (
        (OtherKind.CORONER, r"coroners?"),
        (
            OtherKind.GOVERNMENT,
            r"secretary of state|ministers?|ministry|home office|(?:department|dept) (?:of|for) (?:the )?"
            r"(?:health|social|transport|education|"
            r"work|environment|culture|digital|business|science|energy|communities|levelling|housing|justice)|dhsc|government|"
            r"treasury|cabinet office|defra|national highways|highways england|highways agency|dvla|dvsa",
        ),
        (
            OtherKind.PRISON,
            r"hmp|hmyoi|prisons?|noms|hmpps|offender management service|probation|serco|g4s|sodexo",
        ),
        (OtherKind.POLICE, r"police|constabulary|chief constable|policing"),
        (OtherKind.FIRE, r"fire (?:and rescue|brigade|service|chiefs)"),
        (
            OtherKind.REGULATOR,
            r"cqc|care quality commission|quality care commission|monitor|mhra|medicines and healthcare products|"
            r"nhs improvement|nhs trust development authority|health and safety executive|hse|ofsted|gmc|nmc|hcpc|"
            r"general (?:medical|dental|pharmaceutical|optical|osteopathic|chiropractic) council|"
            r"nursing and midwifery council|health and care professions council|healthcare inspectorate wales|"
            r"ombudsman|professional standards authority|human tissue authority|hsib|hssib",
        ),
        (
            OtherKind.NATIONAL_BODY,
            r"nhs england|nhse|nhs digital|nhsx|nhs resolution|nhs commissioning board|public health england|phe|"
            r"uk health security agency|ukhsa|nice|national institute for (?:health|clinical)|health education england|"
            r"hee|nhs blood and transplant|nhsbt|nhs pathways|nhs business services|nhs litigation authority|nhsla|"
            r"national patient safety agency|npsa|national medical examiner|nhs employers|nhs confederation|"
            r"nhs providers|nhs supply chain|jrcalc|association of ambulance chief",
        ),
        (
            OtherKind.ROYAL_COLLEGE,
            r"royal colleges?|royal pharmaceutical society|college of (?:paramedics|emergency medicine)|"
            r"faculty of|british (?:\w+ )?(?:society|association)|resuscitation council|academy of medical",
        ),
        (
            OtherKind.WELSH_BODY,
            r"health board|welsh ambulance|nhs wales|public health wales|velindre|abmu|betsi cadwaladr",
        ),
        (
            OtherKind.COMMISSIONER,
            r"ccgs?|clinical commissioning|commissioning group|icbs?|integrated care (?:board|system|partnership)|"
            r"primary care trust|pct|area team",
        ),
        (OtherKind.COUNCIL, r"councils?|borough of|local authority|safeguarding (?:adults?|children)\w* board"),
        (OtherKind.COMPANY, r"ltd|limited|plc|llp|inc|gmbh|cic"),
    )
)


def other_kind(words: str) -> OtherKind | None:
    """This function will say what kind of body the words name, where they do; None for all the rest."""
    plain = folded(words)
    return next((kind for kind, pattern in _OTHERS if pattern.search(plain)), None)
