"""The only APScheduler: it wakes us when something may be due. Whether it is, and who does it, the store decides."""

from backlint.schedule.alarm import Due
from backlint.schedule.schedule import HandOver, Schedule, here

__all__ = ["Due", "HandOver", "Schedule", "here"]
