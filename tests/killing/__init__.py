"""Processes that are killed (SIGKILL) before every one of their steps, one after the other.

A step is whatever a process may leave something behind by: a statement or a commit of a database, a file that is
opened for writing, moved or removed in the portal's data folder, something sent over HTTP. The process counts its own
steps, so there is no list of them that could grow stale. Plain reads are no steps: whoever dies before one leaves
behind what whoever dies before the next step leaves behind.
"""

from tests.killing.databases import copied_database, database_for_others, run_module
from tests.killing.processes import in_a_process_of_its_own, killed_at_every_step, killed_before, steps_of

__all__ = [
    "copied_database",
    "database_for_others",
    "in_a_process_of_its_own",
    "killed_at_every_step",
    "killed_before",
    "run_module",
    "steps_of",
]
