"""The mails about what waits too long at the desk."""
