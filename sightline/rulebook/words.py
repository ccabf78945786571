"""How the parts of the rulebook, and what feeds them, are called before readers. No Django here."""

from __future__ import annotations

from collections.abc import Mapping

# What each part is called, and what it is for.
PART: Mapping[str, tuple[str, str]] = {
    "sources": ("Sources of evidence", "Where evidence may come from, inside and outside the provider."),
    "contributions": (
        "Who brings what",
        "What each kind of member is expected to tell, so that a gap names whom to ask.",
    ),
    "freshness": ("How old is too old", "When evidence is stale, and how few sources are too few."),
    "proposals": (
        "What the rules propose",
        "Patterns of evidence and what is proposed where one is met; curly brackets are filled in.",
    ),
    "themes": ("Dictionary of themes", "The words by which a theme is recognised in what people tell."),
    "grading": (
        "How evidence is graded",
        "How reliable a source is, how likely what it says, how sure whoever tells it.",
    ),
    "evidence": ("Categories of evidence", "The regulator’s six categories, by which evidence is sorted."),
    "populations": ("Groups of people and inequalities", "Whom a matter concerns, and who may fare worse than others."),
    "issue_types": ("Types of issue", "What sort of matter a group takes up."),
    "safeguarding": (
        "Where a matter must go",
        "Questions put to whoever records a matter, so that it is not only discussed.",
    ),
    "heat_map": ("Heat map", "Which level a number of issues, their risk and the confidence in a provider suggest."),
    "trigger_tool": ("Trigger tool", "Questions whose answers lead to a next step."),
    "risk_profile": ("Risk profile", "The template by which the risks of one provider are worked through."),
    "levels": (
        "Levels",
        "What each level means, what is done at it, and what a move into it or down from it must carry.",
    ),
    "triggers": (
        "Triggers",
        "The reasons that may be named for a level, or for the region or the nation to be involved.",
    ),
    "authority": (
        "Who authorises",
        "Whose decision each level is, by whom the care is commissioned, and what each role is called.",
    ),
    "notices": (
        "Tasks and notices",
        "What arises by itself at each level: who tells whom, and by which route a matter is passed on.",
    ),
    "mapping": ("Levels of other guidance", "Levels of other guidance beside those of this one: indicative only."),
    "group_types": (
        "Types of group",
        "What each group is called, who is expected in it, how it meets, to whom it reports, and what it may never be.",
    ),
    "reports": (
        "Reports",
        "Who reports to whom and how often, in which sections, and what an empty section says.",
    ),
    "role_cards": (
        "What members are there for",
        "For each kind of member, what is asked of whoever sits there: shown to them on their own page.",
    ),
    "terms": (
        "Terms of reference",
        "What the terms of a group are made of, the model for each type of group, and when they are looked at again.",
    ),
    "effectiveness": (
        "How a group looks at its own work",
        "Questions that members and chairs answer about their group, how often, and from how many answers on they are shown.",
    ),
    "clocks": ("Clocks", "How long, counted how; each sentence that can be read in several ways is a choice here."),
    "readings": (
        "How unclear sentences are read",
        "Each sentence that can be read in several ways, each gap: what is taken here, and where it is changed.",
    ),
    "improvement": ("Overseeing improvement", "When a group that sees a plan for improvement through has done so."),
    "publication": (
        "What may be published",
        "How key points of meetings are public and what was said stays confidential.",
    ),
    "retention": (
        "Retention schedule",
        "How long each kind of formal record is kept, and from which day that is counted.",
    ),
    "disclosure": (
        "Requests for information",
        "By when each kind is answered, on which grounds something may be withheld, and the bank holidays.",
    ),
    "quality_models": (
        "Models of quality",
        "How national documents order work on quality: themes of assessment, kinds of work, and steps.",
    ),
    "risk_matrix": ("Risk matrix", "How likely and how grave a risk is, and which score and band that gives."),
    "risk_appetite": ("Risk appetite", "How much risk is accepted and how much is borne, category by category."),
    "registers": ("Risk registers", "Which risk must, may or may not stand on which register."),
    "register_checks": (
        "Self-checks of a register",
        "What a register finds out about itself, and what to do about it; curly brackets are filled in.",
    ),
}

# Names that are written with capitals wherever they stand.
PROPER: Mapping[str, str] = {"icb": "ICB", "nhs": "NHS", "england": "England"}

# What Sightline reads, in words; whatever has no words here is shown by its own name.
FEED: Mapping[str, str] = {
    "ae_monthly": "Monthly A&E figures",
    "ae_tidy": "A&E figures as one table",
    "shmi": "Hospital mortality (SHMI)",
    "sickness_absence": "Sickness absence of NHS staff",
    "cqc_api": "Ratings from the regulator’s register",
    "care_home_ratings": "Ratings of care homes",
    "asc_outcomes": "Adult social care outcomes",
    "fingertips_upload": "Public health figures (Fingertips)",
    "tidy": "Tables that the house brings in itself",
    "coroners_reports": "Coroners’ reports to prevent future deaths",
    "patient_comments": "What patients wrote",
    "cqc_enforcement": "Enforcement by the regulator",
}


def part_name(part: str) -> str:
    """This function will call a part as readers do."""
    return PART[part][0] if part in PART else plain(part)


def part_purpose(part: str) -> str:
    """This function will say what a part is for."""
    return PART[part][1] if part in PART else ""


def plain(word: str) -> str:
    """This function will write a field's or a word's own name as words: "within_days" as "Within days"."""
    words = word.replace("_", " ").replace("-", " ").split()
    text = " ".join(PROPER.get(one, one) for one in words)
    return f"{text[:1].upper()}{text[1:]}"
