"""Records of the indicators stage: what came in, what it says, and what was noticed in it."""

from sightline.indicators.models.agreeing import AgreedIndicator, MetricSet, Rhythm, SetAgreement
from sightline.indicators.models.assessment import (
    ChartChoice,
    Method,
    Rebase,
    Series,
    SeriesQuerySet,
    Signal,
    SignalEnding,
    SignalQuerySet,
)
from sightline.indicators.models.deliveries import Delivery, DeliveryFault
from sightline.indicators.models.publications import LocalIndicator, Publication, Rating, Supersession, TidyMapping

__all__ = [
    "AgreedIndicator",
    "ChartChoice",
    "Delivery",
    "DeliveryFault",
    "LocalIndicator",
    "Method",
    "MetricSet",
    "Publication",
    "Rating",
    "Rebase",
    "Rhythm",
    "Series",
    "SeriesQuerySet",
    "SetAgreement",
    "Signal",
    "SignalEnding",
    "SignalQuerySet",
    "Supersession",
    "TidyMapping",
]
