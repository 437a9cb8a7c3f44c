"""The mails about the opening and closing of dispositifs."""
