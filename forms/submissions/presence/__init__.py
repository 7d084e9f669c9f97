"""Who else has a report open for filling in."""
