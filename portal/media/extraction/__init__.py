"""The words inside a file. Nothing in this package knows Django: it also runs in a process of its own."""

from portal.media.extraction.isolation import extract_text
from portal.media.extraction.result import Extraction, Fault

READER = 1
"""Which reader this is. Raise it whenever it reads more, such as another kind of file: what a former one gave up on is
read again then. 0 is every reader from before they were counted."""

__all__ = ["READER", "Extraction", "Fault", "extract_text"]
