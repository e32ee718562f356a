"""One engine for each server and process, for as long as somebody has a store open on it.

A job opens its store half a dozen times. An engine of its own for each would connect anew, ask the server who it is,
and compile every statement again: a third of a job's time. A file costs little of that, and may be moved in between.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import Engine


@dataclass
class Shared:
    """An engine, and how many use it."""

    engine: Engine
    users: int = 0


@dataclass
class Sharing:
    """The engines that are open in this process."""

    lock: Lock = field(default_factory=Lock)
    engines: dict[tuple[int, str, float], Shared] = field(default_factory=dict[tuple[int, str, float], Shared])

    def take(self, url: str, patience: float, make: Callable[[], Engine]) -> Engine:
        """The engine that is open there, or a new one. A child that was forked uses none of its parent's."""
        key = os.getpid(), url, patience
        with self.lock:
            if key not in self.engines:
                self.engines[key] = Shared(make())
            self.engines[key].users += 1
            return self.engines[key].engine

    def leave(self, engine: Engine) -> None:
        """Somebody is done with it; the last one closes its connections."""
        with self.lock:
            for shared in self.engines.values():
                shared.users -= shared.engine is engine
            self.engines = {key: shared for key, shared in self.engines.items() if shared.users > 0}
            is_used = any(shared.engine is engine for shared in self.engines.values())
        if not is_used:
            engine.dispose()
