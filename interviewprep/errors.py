"""One hierarchy of errors for people: what is wrong, and what to do about it."""

from __future__ import annotations


class InterviewPrepError(Exception):
    """Something a user can understand and act on.

    `message` says what is wrong and where; `hint` says what to do or write instead (may be empty).
    `exit_code` is the process status a command ends with: 1 the thing asked is not so, 2 no way to go on.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotFoundError(InterviewPrepError):
    """The card, deck, backup or text asked for does not exist."""

    exit_code = 1


class SettingsError(InterviewPrepError):
    """The settings file or an environment variable cannot be used."""


class DeckError(InterviewPrepError):
    """A deck file cannot be read or written."""


class StoreError(InterviewPrepError):
    """The progress database cannot be read or written; what is in it is untouched."""


class StoreBusyError(StoreError):
    """Another program kept the database locked for too long."""


class StoreNewerError(StoreError):
    """The database was written by a newer program; it is left alone."""


class StoreDamagedError(StoreError):
    """The file is not a database, or its pages are damaged."""


class StoreUnwritableError(StoreError):
    """The disk is full, or the folder or file cannot be written."""


class ExchangeError(InterviewPrepError):
    """A file to be imported cannot be used, or one to be exported cannot be written; nothing was changed."""


class OpinionError(InterviewPrepError):
    """A language model could not be asked for a second opinion, or its reply makes no sense."""

    exit_code = 1


class PlanError(InterviewPrepError):
    """An interview plan cannot be made as asked: its date, time, minutes or cards."""
