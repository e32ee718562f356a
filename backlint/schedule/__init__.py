"""The only APScheduler: it wakes us when something may be due. Whether it is, and who does it, the store decides."""

from backlint.schedule.schedule import HandOver, Schedule, here
from backlint.schedule.trigger import Due

__all__ = ["Due", "HandOver", "Schedule", "here"]
