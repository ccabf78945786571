"""The directory's words as readers know them, for forms and pages alike."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.directory.words import FactKind, Link, Route, Scheme, SubjectKind

FACT: Mapping[FactKind, str] = {
    FactKind.PROCESS_LEAD: "process lead",
    FactKind.MOU: "memorandum of understanding with the region",
    FactKind.QUALITY_LEAD: "executive lead for quality",
    FactKind.QUALITY_STRATEGY: "quality strategy",
    FactKind.GOVERNANCE_PROCESS: "process for governance, risk and response",
    FactKind.SQG_DEFINED: "system quality group",
    FactKind.ACCOUNTABLE_BODY: "accountable body",
    FactKind.ASSURING_COMMITTEE: "assuring committee",
    FactKind.OVERSIGHT_SEGMENT: "oversight segment",
    FactKind.RECOVERY_SUPPORT: "recovery support programme",
    FactKind.IMPROVEMENT_DIRECTOR: "improvement director",
    FactKind.AUTHORITY_SERVICES_IN_SCOPE: "services that an authority buys from others than the NHS",
}
ROUTE: Mapping[Route, str] = {
    Route.NHS_ICB: "NHS, by an integrated care board",
    Route.NHS_NHSE: "NHS, by NHS England",
    Route.JOINT: "jointly by the NHS and a local authority",
    Route.AUTHORITY_FROM_NHS: "by a local authority from an NHS provider",
    Route.AUTHORITY_FROM_OTHERS: "by a local authority from others than the NHS",
}
LINK: Mapping[Link, str] = {
    Link.COMMISSIONED_BY: "commissioned by",
    Link.PART_OF: "part of",
    Link.LOCATED_IN: "located in",
    Link.OPERATED_BY: "operated by",
    Link.MEMBER_OF: "member of",
    Link.SUCCEEDED_BY: "succeeded by",
}
SCHEME: Mapping[Scheme, str] = {
    Scheme.ODS: "ODS code",
    Scheme.GSS: "Code of the statistics office",
    Scheme.CQC_LOCATION: "CQC location",
    Scheme.CQC_PROVIDER: "CQC provider",
    Scheme.CQC_BRAND: "CQC brand",
}
# What may be watched over without being an organisation of its own, and the board itself beside its system (ORG-04).
SUBJECT: Mapping[SubjectKind, str] = {
    SubjectKind.PATHWAY: "A pathway or journey of care",
    SubjectKind.THEME: "A theme",
    SubjectKind.SECTOR: "A sector of care",
    SubjectKind.GROUP: "A group of providers",
    SubjectKind.PLACE: "A place that no list has",
    SubjectKind.ICB: "An integrated care board itself, beside its system",
}


def begun(words: str) -> str:
    """This function will begin words with a capital and leave the rest as it is."""
    return words[:1].upper() + words[1:]
