"""What a question may be going to be, while it is typed, and what it may have been meant to be."""
