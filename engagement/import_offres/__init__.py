"""Offers by the thousand, from a CSV: read, shown, then written; what is wrong is given back to correct."""
