"""Review: targeted returns, comparing, comments, flags, the queue."""
