"""How the search does on a library of thousands of laws."""

AS_A_SERVER = ("-XX:+UseSerialGC",)
"""A node with both compilers, as a server runs that was not started for a short test."""
