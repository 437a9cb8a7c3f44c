"""The mails about the calls of the permanence inversée."""
