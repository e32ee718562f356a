"""What was read, and what was found, kept over runs: the only SQL of the project."""

from backlint.store.census import Census, Given
from backlint.store.jobs import Held, Jobs, Record, State
from backlint.store.outbox import Entry, Outbox
from backlint.store.runs import Past
from backlint.store.store import Store
from backlint.store.upkeep import Info

__all__ = ["Census", "Entry", "Given", "Held", "Info", "Jobs", "Outbox", "Past", "Record", "State", "Store"]
