"""Forms as XLSForm workbooks (https://xlsform.org), for ODK, KoboToolbox and for editing in Excel.

The sheets survey, choices and settings follow the standard; what it cannot say stands in a sheet of our own, `portal`,
together with a mark of every cell that was written. So a workbook comes back as the very same form, and where somebody
has edited a cell in Excel, that cell is the truth.
"""
