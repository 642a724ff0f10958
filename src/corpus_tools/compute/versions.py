"""Which code made a result."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

#: What no analysis depends on.
_ASIDE = ("reports", "plots", "cli", "compute")


@cache
def digest() -> str:
    """Return a digest of the source and data that analyses depend on."""
    top = Path(__file__).resolve().parents[1]
    total = hashlib.sha256()
    for file in sorted(top.rglob("*")):
        relative = file.relative_to(top)
        if file.is_file() and relative.parts[0] not in _ASIDE and "__pycache__" not in relative.parts:
            total.update(f"{relative.as_posix()}\0".encode())
            total.update(file.read_bytes())
    return total.hexdigest()[:16]


def version() -> str:
    """Return the name, version and code of this package, as one line."""
    return f"corpus-tools {metadata.version('corpus-tools')} (code {digest()})"
