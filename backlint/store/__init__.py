"""What was read, and what was found, kept over runs: the only SQL of the project."""

from backlint.store.census import Census, Given
from backlint.store.jobs import Held, Jobs, Record, State
from backlint.store.outbox import Entry, Outbox
from backlint.store.runs import Past
from backlint.store.store import Store

__all__ = ["Census", "Entry", "Given", "Held", "Jobs", "Outbox", "Past", "Record", "State", "Store"]
