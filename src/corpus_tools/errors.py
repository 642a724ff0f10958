"""One error class for each kind of failure; each message says what was wrong, where, and what to do next."""

from __future__ import annotations


class CorpusToolsError(Exception):
    """Base of every error that corpus-tools raises on purpose."""


class UnreadableInput(CorpusToolsError):
    """An input that cannot become articles; readers turn it into a row of ``rejected``.

    Parameters
    ----------
    reason : str
        Short machine-friendly reason, e.g. ``"empty"``; the values stand in `corpus_tools.schema.REJECTED`.
    detail : str
        What was found and what to do, for people.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[UnreadableInput], tuple[str, str]]:
        return type(self), (self.reason, self.detail)


class NoArticles(CorpusToolsError):
    """A call that needs at least one article got none."""


class MissingColumn(CorpusToolsError):
    """A table lacks a column that the call needs."""


class InvalidTable(CorpusToolsError):
    """A table does not have the form that `corpus_tools.schema` gives for it."""


class InvalidRules(CorpusToolsError):
    """A file of rules or word lists (outlets, cues, aliases ...) is not of the documented form."""


class InvalidQuery(CorpusToolsError):
    """A query or option that has no meaning, e.g. a broken regular expression or an unknown measure."""


class DamagedCorpus(CorpusToolsError):
    """A corpus on disk lacks a part or holds one that cannot be read."""


class CorpusLocked(CorpusToolsError):
    """Another process is writing to this corpus."""


class EngineUnavailable(CorpusToolsError):
    """The cluster that should compute cannot be reached, has no workers, or its workers run other code."""


class MissingExtra(CorpusToolsError):
    """A library is needed that is installed on request only.

    Parameters
    ----------
    extra : str
        Which of the package's extras brings it.
    need : str
        What needs it.
    """

    def __init__(self, extra: str, need: str) -> None:
        super().__init__(f"A library for {need} is not installed: python -m pip install 'corpus-tools[{extra}]'")
        self.extra = extra
        self.need = need

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return type(self), (self.extra, self.need)


class InvalidPlan(CorpusToolsError):
    """A reports.toml, or a parameter given to a report, is wrong; nothing has been run."""


class ReportFailed(CorpusToolsError):
    """A notebook stopped with an error; the others were still made."""


class RejectedInputs(UserWarning):
    """Some inputs did not become articles; the message counts them by reason."""


class DamagedPart(UserWarning):
    """A part of a corpus on disk cannot be read; the message names it, and the others are read."""


class MetadataWarning(UserWarning):
    """Something about an article was left missing because the page does not say it clearly."""


class OtherLanguage(UserWarning):
    """An analysis made for English met text in another language; its rows are kept with a low confidence."""
