"""Failures that are expected, each with its exit code; nothing here knows who raises them."""


class DutybookError(Exception):
    """An expected failure: one message for the reader, what to do about it, and the exit code.

    `message` and `hint` are whole sentences in the reader's language.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(DutybookError):
    """The command line asks for something that the command does not offer."""


class BookNotFoundError(DutybookError):
    """No book at the place given, or none from here upwards."""


class BookError(DutybookError):
    """The book is there and nothing of it can be used."""


class EmptyBookError(BookError):
    """The book is there and has no role file yet."""


class PositionError(DutybookError):
    """A name fits no position, several positions, or one that has no role file."""


class WriteError(DutybookError):
    """A file could not be written; what stood there before stands there still."""


class GitError(DutybookError):
    """git is not there, refuses, or has no repository here."""


class RevisionError(GitError):
    """A revision that does not exist, is not here, or cannot be meant."""
