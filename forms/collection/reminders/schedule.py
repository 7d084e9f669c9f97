"""Periodic work of reminding."""

from forms.collection.reminders.services import remind_all
from portal.ops.schedule import every


@every(seconds=300, name="collection.reminders")
def send_reminders() -> int:
    """Remind of what is owed and due."""
    return remind_all()
