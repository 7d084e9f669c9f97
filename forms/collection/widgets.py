"""Inputs of this room."""

from django import forms

MINUTE = "%Y-%m-%dT%H:%M"


class MinuteInput(forms.DateTimeInput):
    """The browser's own field for day and minute."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=MINUTE)
