"""The mails about mises en relation: proposals, answers, meetings, accords."""
