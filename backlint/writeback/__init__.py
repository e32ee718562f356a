"""Writing back to a tracker: exactly once, by plan, told in a journal, and undone with one command.

A `Plan` is data. `Applying` takes its steps while the `Journal` is held; `undoing` makes the plan that puts back what
is still ours.
"""

from backlint.writeback.applying import Applying, Outcome, Verdict
from backlint.writeback.changes import LabelChange, NoteChange, RankChange
from backlint.writeback.commenting import Commenting, Intent
from backlint.writeback.journal import Journal, Written
from backlint.writeback.labelling import Labelling, Labels, of_candidacy, of_readiness
from backlint.writeback.plan import Plan, Step, plans_of, plans_to_json
from backlint.writeback.publishing import LONGEST, MARKER, Publishing
from backlint.writeback.ranking import Ranking
from backlint.writeback.undoing import undoing

__all__ = [
    "LONGEST",
    "MARKER",
    "Applying",
    "Commenting",
    "Intent",
    "Journal",
    "LabelChange",
    "Labelling",
    "Labels",
    "NoteChange",
    "Outcome",
    "Plan",
    "Publishing",
    "RankChange",
    "Ranking",
    "Step",
    "Verdict",
    "Written",
    "of_candidacy",
    "of_readiness",
    "plans_of",
    "plans_to_json",
    "undoing",
]
