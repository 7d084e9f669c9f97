"""One's own desk: everything that waits for a person on one page, and in their calendar."""
