"""The mails about loans and their return."""
