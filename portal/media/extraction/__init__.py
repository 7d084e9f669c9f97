"""The words inside a file. Nothing in this package knows Django: it also runs in a process of its own."""

from portal.media.extraction.isolation import extract_text
from portal.media.extraction.result import Extraction, Fault

__all__ = ["Extraction", "Fault", "extract_text"]
