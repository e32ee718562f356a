"""When which job is due: pure, without a clock. What was done is told from outside, and what time it is as well.

A slot is one occasion of a job: a local date, or a sprint. Each is done once, however often it is asked for.
"""

from backlint.timetable.due import due, upcoming
from backlint.timetable.slot import Job, Slot
from backlint.timetable.timetable import Timetable
from backlint.timetable.when import When

__all__ = ["Job", "Slot", "Timetable", "When", "due", "upcoming"]
