"""dutybook: an organisation's duty manual as a git repository that answers questions."""

__version__ = "0.1.0"
