"""How fast a team works, and when its work will be done."""

from backlint.forecast.forecast import Forecast, Span
from backlint.forecast.velocity import pace_of

__all__ = ["Forecast", "Span", "pace_of"]
