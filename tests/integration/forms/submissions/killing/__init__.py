"""Requests and the worker's rounds, killed before every step of theirs and then made once more.

``python -m tests.integration.forms.submissions.killing FOLDER`` works on the database of the environment and prints,
for every scenario, how many steps it has and what is there in the end, whichever step was the last.
"""
