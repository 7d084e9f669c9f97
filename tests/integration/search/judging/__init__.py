"""Judged questions kept by administrators."""
