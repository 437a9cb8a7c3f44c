"""The mails about needs."""
