"""Lists of choices: their lines, the control in which editors keep them, and reading them out of a workbook."""
