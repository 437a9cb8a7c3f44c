"""The mails about tests: one writer a kind, run at the moment the mail leaves."""
