"""What the group of the demonstration wrote when it raised concerns, proposed levels and told providers."""

from __future__ import annotations

from sightline.core.rulebook.circumstances import Commissioner, Severity
from sightline.surveillance.concerns_given import Stated

MATERNITY = Stated(
    says="Stillbirths and neonatal deaths lie above what is usual, families tell of calls that nobody answered, and a "
    "coroner found that the plan of last year had not reached the wards.",
    severity=Severity.SIGNIFICANT,
    commissioned_by=Commissioner.ICB,
    is_complex=True,
    why_not_closer="The trust has tried for two years. It needs the neighbouring unit, the ambulance service and the "
    "board at one table.",
    system_causes="Midwives are short across the whole system, and transfers at night go a long way.",
)
EMERGENCY = Stated(
    says="Patients waited in corridors for more than a day, and some of them came to harm.",
    severity=Severity.SYSTEM,
    commissioned_by=Commissioner.ICB,
    why_not_closer="Beds in the community and in social care have to move with it.",
)
HANDOVERS = Stated(
    says="Ambulances wait outside hospitals of both systems, and calls for the most ill are answered late.",
    severity=Severity.SIGNIFICANT,
    commissioned_by=Commissioner.ICB,
    is_wider=True,
    why_not_closer="Four hospitals and two boards have to act together.",
)
TO_THE_TRUST = (
    "Your maternity services are at Enhanced from today. Figures, families, the regulator and a coroner agree that they "
    "are a worry. We ask for an improvement plan within six weeks, and offer an adviser for two days a week. We look at "
    "it again at each meeting."
)
FROM_THE_TRUST = "Received. We accept it. The plan comes by the end of next month, and our board has seen your letter."
