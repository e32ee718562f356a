"""What `backlint order` shows: the fewest moves to the order that a backlog's own figures ask for."""

from backlint.proposal.proposal import Move, Proposal, propose
from backlint.proposal.worth import By, Worth

__all__ = ["By", "Move", "Proposal", "Worth", "propose"]
