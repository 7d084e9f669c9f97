"""Fifty hands on one report at the same moment: threads with a connection each, on SQLite in a file and PostgreSQL.

``python -m tests.integration.forms.submissions.racing FOLDER`` works on the database of the environment and prints what
each race came to.
"""
