"""What can go wrong on the way out."""


class UnsureError(Exception):
    """The connection broke after the message was given away: whether it was taken is not known."""
