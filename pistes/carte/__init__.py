"""The map: controverses, terrains, pistes, orientations, from the same rows as the lists."""
