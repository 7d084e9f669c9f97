"""Who may open what: every address of the project, as every role."""
