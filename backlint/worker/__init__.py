"""The only procrastinate: jobs on as many machines as wanted, with PostgreSQL as the queue.

    with Queue.open(config.store) as queue:
        queue.hand_over(config, team, slot)       # what `serve` does instead of doing it itself
    asyncio.run(work(config, ...))                # what `backlint worker` does

The queue says who does what next, and notices who died. That each slot is done once is not its promise but the store's:
a slot is claimed there, and every write to a tracker stands in the outbox first. So the queue may be wrong about a
worker that was only slow, and may be emptied or rebuilt, and nothing is done twice.
"""

from backlint.worker.pace import Pace
from backlint.worker.queue import Queue
from backlint.worker.working import Worker, work

__all__ = ["Pace", "Queue", "Worker", "work"]
