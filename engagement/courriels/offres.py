"""The mails about offers and whoever makes them."""
