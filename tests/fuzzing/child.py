"""One target under atheris, which takes the process for itself. The target is named by the environment."""

import os
import sys
from importlib import import_module

atheris = import_module("atheris")  # it has no types, and is not there on every machine

with atheris.instrument_imports(include=["backlint"]):
    from tests.fuzzing.targets import TARGETS

if __name__ == "__main__":
    atheris.Setup(sys.argv, TARGETS[os.environ["BACKLINT_FUZZ"]])
    atheris.Fuzz()
