"""The tidy files of the demonstration and the indicators that a lead confirms when one of them is first brought in."""

from __future__ import annotations

from types import MappingProxyType

from sightline.demonstration.tidy_cards import PUBLISHER, Good, TidyFile, TidyIndicator, Unit, card
from sightline.demonstration.tidy_surgery import SURGERY
from sightline.intake.contract import PeriodKind

SAFE, EFFECTIVE, CARING, LED, EQUITABLE = ("safe", "effective", "caring", "well-led", "equitable")
_LOWER, _HIGHER, _NEITHER = Good.LOWER, Good.HIGHER, Good.NEITHER

MATERNITY_CARD = "Maternity services monthly return"
MATERNITY = TidyFile(
    "maternity-monthly.csv",
    "Maternity services, monthly",
    PUBLISHER,
    (
        TidyIndicator(
            "demo-term-admissions",
            "Babies born at term admitted to a neonatal unit",
            "Term babies in neonatal care",
            Unit.PERCENT,
            _LOWER,
            (SAFE,),
            "Babies born at 37 weeks or later who were admitted to a neonatal unit within 28 days",
            "Live births at 37 weeks or later",
            card("Shows avoidable harm around birth", MATERNITY_CARD, "At or below 5%"),
            source_entry="maternity-reporting",
        ),
        TidyIndicator(
            "demo-major-haemorrhage",
            "Births with a blood loss of 1,500 ml or more",
            "Major blood loss at birth",
            Unit.PER_1000,
            _LOWER,
            (SAFE,),
            "Births after which 1,500 ml or more of blood was lost",
            "All births",
            card("Shows how safely births are managed", MATERNITY_CARD, "No rise above the service's usual level"),
            source_entry="maternity-reporting",
        ),
        TidyIndicator(
            "demo-one-to-one",
            "Women with one midwife to themselves in labour",
            "One midwife in labour",
            Unit.PERCENT,
            _HIGHER,
            (SAFE, CARING),
            "Women who had one midwife to themselves throughout established labour",
            "Women in established labour",
            card("Shows whether staffing meets need", MATERNITY_CARD, "100%"),
            source_entry="maternity-reporting",
        ),
    ),
)
PERINATAL = TidyFile(
    "perinatal-quarterly.csv",
    "Stillbirths and neonatal deaths, quarterly",
    PUBLISHER,
    (
        TidyIndicator(
            "demo-perinatal-deaths",
            "Stillbirths and deaths within 28 days of birth",
            "Stillbirths and early deaths",
            Unit.PER_1000,
            _LOWER,
            (SAFE, EFFECTIVE),
            "Stillbirths and deaths within 28 days of birth",
            "All births",
            card(
                "Shows the gravest outcomes of maternity care",
                "Perinatal outcomes return",
                "Falling, and no service apart from its peers",
                "Invented for the demonstration; numbers are small, so read several quarters together",
            ),
            PeriodKind.QUARTER,
            source_entry="clinical-audits",
        ),
    ),
    period="quarter",
)
_AMBULANCE_SOURCE = "Ambulance quality return, for the trust and for each system it serves"
AMBULANCE_RESPONSE = TidyFile(
    "ambulance-response.csv",
    "Ambulance response and handover, monthly",
    PUBLISHER,
    (
        TidyIndicator(
            "demo-category-2",
            "Mean response to category 2 calls",
            "Category 2 response",
            Unit.MINUTES,
            _LOWER,
            (SAFE, EFFECTIVE),
            "Minutes from call to arrival, added up",
            "Category 2 incidents with a response",
            card("Shows how quickly emergencies are reached", _AMBULANCE_SOURCE, "18 minutes or less"),
            source_entry="nhs-digital",
        ),
        TidyIndicator(
            "demo-handover-hour",
            "Handovers at hospital that took longer than an hour",
            "Handovers over an hour",
            Unit.PERCENT,
            _LOWER,
            (SAFE, CARING),
            "Handovers longer than 60 minutes",
            "All handovers at hospital",
            card("Shows crews held at hospital", _AMBULANCE_SOURCE, "None"),
            source_entry="nhs-digital",
        ),
    ),
    organisation="organisation code",
)
FRIENDS = TidyFile(
    "friends-and-family.csv",
    "Friends and family test, monthly",
    PUBLISHER,
    (
        TidyIndicator(
            "demo-friends-family",
            "Patients who call their care good or very good",
            "Friends and family",
            Unit.PERCENT,
            _HIGHER,
            (CARING,),
            "Answers good or very good",
            "All answers",
            card(
                "Shows what patients say of their care",
                "Friends and family test",
                "At or above the service's usual level",
                "Invented for the demonstration; those who answer are not a sample of all patients",
            ),
            # Due so soon that a missing last month is late on any day on which the demonstration is made.
            lag_days=10,
            source_entry="friends-and-family",
        ),
    ),
    organisation="trust code",
    period="month",
)
_MIND_SOURCE = "Mental health services monthly return"
MENTAL_HEALTH = TidyFile(
    "mental-health.csv",
    "Mental health services, monthly",
    PUBLISHER,
    (
        TidyIndicator(
            "demo-follow-up",
            "People followed up within 72 hours of leaving hospital",
            "Follow-up in 72 hours",
            Unit.PERCENT,
            _HIGHER,
            (SAFE, EFFECTIVE),
            "People followed up within 72 hours",
            "People who left a mental health ward",
            card("Shows whether people are safe after leaving", _MIND_SOURCE, "80% or more"),
            source_entry="nhs-digital",
        ),
        TidyIndicator(
            "demo-restraint",
            "Restrictive interventions",
            "Restrictive interventions",
            Unit.PER_1000,
            _LOWER,
            (SAFE, EQUITABLE),
            "Restrictive interventions of any kind",
            "Occupied bed days",
            card("Shows how often force is used", _MIND_SOURCE, "Falling"),
            source_entry="nhs-digital",
        ),
    ),
    organisation="provider code",
    indicator="measure",
)
GP_ACCESS = TidyFile(
    "gp-access.csv",
    "Appointments in general practice, monthly",
    PUBLISHER,
    (
        TidyIndicator(
            "demo-gp-two-weeks",
            "Appointments within two weeks of booking",
            "GP within two weeks",
            Unit.PERCENT,
            _HIGHER,
            (EFFECTIVE, CARING),
            "Appointments that took place within 14 days of booking",
            "All appointments that are not booked far ahead on purpose",
            card("Shows how easily patients are seen", "Appointments in general practice", "85% or more"),
            source_entry="nhs-digital",
        ),
    ),
    organisation="practice code",
    period="month",
)
_HOMES_SOURCE = "Care-home safety return to the local authority"
CARE_HOMES = TidyFile(
    "care-home-falls.csv",
    "Falls and safeguarding in care homes, monthly",
    PUBLISHER,
    (
        TidyIndicator(
            "demo-care-home-falls",
            "Falls of residents",
            "Falls",
            Unit.PER_1000,
            _LOWER,
            (SAFE,),
            "Falls of residents, with or without harm",
            "Days that residents spent in the home",
            card("Shows avoidable harm to residents", _HOMES_SOURCE, "At or below the home's usual level"),
            source_entry="incidents-and-alerts",
        ),
        TidyIndicator(
            "demo-safeguarding",
            "Safeguarding concerns raised",
            "Safeguarding concerns",
            Unit.PER_1000,
            _NEITHER,
            (SAFE, LED),
            "Safeguarding concerns raised with the authority",
            "Days that residents spent in the home",
            card(
                "Shows where people are worried about residents",
                _HOMES_SOURCE,
                "not possible – more concerns may mean more harm or a home more open about it",
            ),
            source_entry="safeguarding-figures",
        ),
    ),
    organisation="location id",
    period="month",
)
COMMUNITY = TidyFile(
    "community-response.csv",
    "Urgent community response, monthly",
    PUBLISHER,
    (
        TidyIndicator(
            "demo-two-hour-response",
            "Urgent community referrals answered within two hours",
            "Two-hour response",
            Unit.PERCENT,
            _HIGHER,
            (EFFECTIVE,),
            "Referrals answered within two hours",
            "Referrals that call for an answer within two hours",
            card("Shows whether people can be cared for at home", "Community services return", "70% or more"),
            source_entry="nhs-digital",
        ),
    ),
    organisation="provider",
    period="month",
)
OTHER_SERVICES = TidyFile(
    "other-services.csv",
    "Dental, eye, pharmacy, independent, hospice and prison care, monthly",
    PUBLISHER,
    (
        TidyIndicator(
            "demo-seen-on-time",
            "People seen or served within the agreed time",
            "Seen on time",
            Unit.PERCENT,
            _HIGHER,
            (EFFECTIVE, CARING),
            "People seen or served within the time that the contract sets",
            "All people seen or served",
            card("Shows whether a contract is met", "Contract returns", "90% or more"),
            source_entry="quality-accounts-figures",
        ),
    ),
    organisation="code",
    period="month",
)
TIDY_FILES = MappingProxyType(
    {
        file.name: file
        for file in (
            MATERNITY,
            PERINATAL,
            AMBULANCE_RESPONSE,
            FRIENDS,
            MENTAL_HEALTH,
            GP_ACCESS,
            CARE_HOMES,
            COMMUNITY,
            OTHER_SERVICES,
            SURGERY,
        )
    }
)
