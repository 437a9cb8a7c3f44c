"""Reading the notebook (CARNET): from its Markdown, scars included, to plain data."""
