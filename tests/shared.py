"""Real data to measure on, which stands beside the checkout on some machines and is never part of the project."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no {SHARED.name}/ with real data beside the checkout")
