"""Visiting the links of the inspirations: where one may go, one visit, one round of visits."""
