"""The queues of background tasks, by how long their tasks take."""

DEFAULT = "default"
"""Mail, the index, web hooks: seconds at most."""
LONG = "long"
"""Files that take minutes. A thread of its own runs them, so that no mail and no reminder waits behind a large file."""

ALL = (DEFAULT, LONG)
