"""The mails about missions, their half-days and their return."""
