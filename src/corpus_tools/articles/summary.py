"""What a build did."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class BuildSummary:
    """What a build did.

    Parameters
    ----------
    read : int
        Files that were read (unchanged ones are not).
    added : int
        Articles that came in, also those of changed files.
    unchanged : int
        Files that were in the corpus already and had not changed.
    duplicates : int
        Inputs that were in the corpus already under another path, or twice.
    rejected : int
        Inputs that did not become articles, duplicates included.
    reasons : mapping of str to int
        How many were rejected for which reason.
    replaced : int
        Articles that went out because their file has changed.
    continued : int
        Files that a build before this one, which was stopped, had read already.
    versions : mapping of str to int
        How many articles of the corpus share their address or their source's id with another text, by kind
        (`corpus_tools.articles.versions`).
    articles : int
        Articles in the corpus now.
    fingerprint : str
        Digest of the corpus now.
    """

    read: int = 0
    added: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    replaced: int = 0
    continued: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    articles: int = 0
    fingerprint: str = ""
