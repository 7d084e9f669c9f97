"""The groups in which the builder offers its types."""

from django.utils.translation import gettext_lazy as _

TEXT_AND_NUMBERS = _("Text and numbers")
DATES_AND_TIMES = _("Dates and times")
CHOICES = _("Choices")
PEOPLE_AND_UNITS = _("People and units")
FILES_AND_PHOTOS = _("Files and photos")
ARRANGEMENT = _("Arrangement")
