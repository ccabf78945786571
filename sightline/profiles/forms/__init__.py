"""What people fill in: the aids, what a side writes, what is shared, signed and reviewed. Parsed, never saved."""

from sightline.profiles.forms.aids import HeatMapForm, OtherProcessForm, TriggerForm
from sightline.profiles.forms.profile import EntryForm, ReviewForm, ShareForm, SignForm, StartForm
from sightline.web.checking import Checked

__all__ = [
    "Checked",
    "EntryForm",
    "HeatMapForm",
    "OtherProcessForm",
    "ReviewForm",
    "ShareForm",
    "SignForm",
    "StartForm",
    "TriggerForm",
]
