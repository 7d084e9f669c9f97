"""The library of questions: groups and whole forms kept as templates, with questions that must stay as they are."""
