"""A thousand nights on trackers that live and fail: `python -m tests.soaking [NIGHTS] [SEED]`.

At the end what is kept must be what a first read of today finds, no item may have two notes of ours, and the process
that did it all may not have grown. The exit code is 1 where one of these is not so.
"""

import sys
from contextlib import redirect_stderr
from io import StringIO

from tests.soaking.soak import soak

if __name__ == "__main__":
    nights = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with redirect_stderr(StringIO()):  # the servers tell of every line that went dead
        told = soak(nights, seed)
    sys.stdout.write(f"{told}\n")
    sys.exit(0 if told.is_well else 1)
