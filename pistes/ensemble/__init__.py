"""Reading the ten pistes d'action of ENSEMBLE: from the plain text of a PDF to plain data."""
