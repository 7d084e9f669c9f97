"""How much is read of one file. A file that somebody made to exhaust the machine meets one of these first."""

MAX_FILE_BYTES = 100 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
"""Of all entries of a zipped format together, as its table of contents says; reading stops there too."""
MAX_ENTRIES = 10_000
MAX_PAGES = 3_000
MAX_CHARACTERS = 2_000_000

SECONDS = 60
"""Wall clock and processor time of the process that reads the file."""
MEMORY_BYTES = 2 * 1024 * 1024 * 1024
