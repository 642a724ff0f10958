"""Where reference data stands beside a checkout, if it does; tests that need it skip elsewhere."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "shared"

SHARED: Path | None = _FOLDER if _FOLDER.is_dir() else None
REASON = "needs the reference data beside the checkout"
