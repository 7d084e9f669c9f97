"""How what people type is understood: text, numbers, days, numbers of persons. Pure; a message says what to type."""

from forms.builder.rules.days import day_in_words, parse_day
from forms.builder.rules.numbers import number_in_words, parse_number
from forms.builder.rules.text import clean_line, clean_text

__all__ = ["clean_line", "clean_text", "day_in_words", "number_in_words", "parse_day", "parse_number"]
