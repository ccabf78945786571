"""The words of what is done with an item, as readers know them; forms and pages say the same."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.intelligence.words import Basis, Outcome, ReferralKind, ReleaseStep

OUTCOME_ASKED: Mapping[Outcome, str] = {
    Outcome.ACCEPTED: "Accept it: it counts in the picture",
    Outcome.SET_ASIDE: "Set it aside: it stays on the record and counts no more",
}
OUTCOME: Mapping[Outcome, str] = {
    Outcome.ACCEPTED: "Accepted: it counts in the picture",
    Outcome.SET_ASIDE: "Set aside: it stays on the record and counts no more",
}
BASIS: Mapping[Basis, str] = {
    Basis.CONSENT: "They agreed to it",
    Basis.VITAL_INTERESTS: "It protects somebody's life",
    Basis.LEGAL_OBLIGATION: "The law requires it",
    Basis.PUBLIC_TASK: "A public task that could not be carried out without it",
    Basis.SAFEGUARDING: "Safeguarding of a child, or of an adult at risk",
}
BASIS_LAW: Mapping[Basis, str] = {
    Basis.CONSENT: "UK GDPR Article 6(1)(a). Consent that can be taken back, and that they could have refused.",
    Basis.VITAL_INTERESTS: "UK GDPR Article 6(1)(d); Human Rights Act 1998, Article 2 (the right to life).",
    Basis.LEGAL_OBLIGATION: "UK GDPR Article 6(1)(c). Name the Act that requires it in your reason.",
    Basis.PUBLIC_TASK: "UK GDPR Article 6(1)(e) and Data Protection Act 2018, section 8.",
    Basis.SAFEGUARDING: "Data Protection Act 2018, Schedule 1, paragraph 18.",
}
# IGV-07; SQG 2022 Annexes A and C; QSG 2017 ¶115, ¶137-138
ANNEX_LAW = (
    "Health and some other matters need a further condition under the Data Protection Act 2018, Schedule 1. Beside any "
    "basis, the common-law duty of confidence and the right to private life (Human Rights Act 1998, Article 8) hold: "
    "keep no more than is needed. The public bodies that hold it may be asked for it under the Freedom of Information "
    "Act 2000, and the person for their own data. Each request is decided by itself."
)
STEP_ASKED: Mapping[ReleaseStep, str] = {
    ReleaseStep.RELEASED: "Release it: the provider can read it at once",
    ReleaseStep.REFUSED: "Refuse it: the provider never sees it",
    ReleaseStep.WITHDRAWN: "Withdraw it: the provider can no longer read it",
}
STEP_DONE: Mapping[ReleaseStep, str] = {
    ReleaseStep.RELEASED: "Released",
    ReleaseStep.REFUSED: "Refused",
    ReleaseStep.WITHDRAWN: "Withdrawn",
}
STANDS: Mapping[ReleaseStep | None, str] = {
    None: "Prepared. It waits for a second person; the provider cannot read it.",
    ReleaseStep.RELEASED: "Released: the provider can read it.",
    ReleaseStep.REFUSED: "Refused: the provider never saw it.",
    ReleaseStep.WITHDRAWN: "Withdrawn: the provider can no longer read it.",
}
REFER: Mapping[ReferralKind, str] = {
    ReferralKind.SAFEGUARDING: "Record a safeguarding referral",
    ReferralKind.REGULATOR: "Record a referral to the regulator of a profession",
    ReferralKind.OTHER_GROUP: "Refer it to another group",
    ReferralKind.BUSINESS_AS_USUAL: "Pass it to those who can settle it as usual business",
}
REFERRAL_MISSING = (
    "Abuse or neglect is suspected, and no safeguarding referral is recorded. It must never only be discussed: report "
    "it into the multi-agency safeguarding process today, then record the referral here."
)
LOOKS_PERSONAL = "Something in it looks like personal data. It came in because somebody said why it is wanted."
NO_REASON_KEPT = "The reason was not kept in words."
