"""The demonstration: a real plan moved to today, its units, invented people, and reports in every state.

Only settings with ``PORTAL_DEMO`` may load it. Everything is made by the same services that people use, so the
demonstration is also the first user of the portal.
"""
