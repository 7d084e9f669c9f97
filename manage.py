#!/usr/bin/env python
"""Command line of the portal."""

import gc
import os
import sys


def main() -> None:
    """Run one management command with the development settings unless told otherwise."""
    # Loading the models makes very many objects that stay; looking for rubbish among them slows every command.
    gc.set_threshold(100_000, 50, 50)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
