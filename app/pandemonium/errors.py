"""The one family of errors: each says what happened and what to do, in a writer's words."""

from __future__ import annotations


class PandemoniumError(Exception):
    """A failure that a person can be told about.

    Args:
        message: one sentence that says what happened.
        hint: one sentence that says what to do about it; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class DocumentError(PandemoniumError):
    """A document cannot be read or written."""


class VoiceError(PandemoniumError):
    """A voice file is missing, broken or made by something else."""


class SettingsError(PandemoniumError):
    """A setting lies outside what it may be."""


class TrainingError(PandemoniumError):
    """A training cannot start or go on."""


class DeviceError(PandemoniumError):
    """The device that was asked for is not here, or gave up."""
