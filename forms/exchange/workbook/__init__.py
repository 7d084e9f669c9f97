"""Filling in a report in Excel: a workbook goes out, comes back, and comes back again with what is wrong in it."""
