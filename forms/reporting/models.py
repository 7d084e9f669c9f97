"""Django finds the models of a room's parts here."""

from forms.reporting.indicators.models import Indicator

__all__ = ["Indicator"]
