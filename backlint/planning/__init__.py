"""What `backlint ready` shows: whether the team can plan, what the next items lack, and an agenda to mend it."""

from backlint.health.demands import Demands
from backlint.planning.agenda import Agenda, Share, Topic, agenda
from backlint.planning.planning import Coming, Commitment, Planning, plan

__all__ = ["Agenda", "Coming", "Commitment", "Demands", "Planning", "Share", "Topic", "agenda", "plan"]
