"""What people send: files, new limits, the meaning of columns, agreed sets. Parsed and checked, never saved."""

from sightline.indicators.forms.agreeing import AgreeForm, ChangeForm
from sightline.indicators.forms.dropping import DropForm
from sightline.indicators.forms.judging import ChartForm, MethodForm, RebaseForm
from sightline.indicators.forms.mapping import MappingForm

__all__ = ["AgreeForm", "ChangeForm", "ChartForm", "DropForm", "MappingForm", "MethodForm", "RebaseForm"]
