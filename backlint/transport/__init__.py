"""The only door to the network, and the only place that knows httpx.

A connector opens a `Site` through the `Gate` it is given. The site keeps one budget: few requests in flight, a total
deadline for each, retries of what is safe to repeat and of nothing else, and a pause for as long as the tracker says.
"""

from backlint.transport.answer import Answer, Json
from backlint.transport.gate import Clock, Gate
from backlint.transport.pauses import retry_after
from backlint.transport.site import Authorise, Pause, Site

__all__ = ["Answer", "Authorise", "Clock", "Gate", "Json", "Pause", "Site", "retry_after"]
