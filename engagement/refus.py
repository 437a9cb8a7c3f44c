"""What the desk refuses, in words."""


class ActionRefusee(Exception):
    """An act that may not happen (yet); ``obstacles`` names all of them at once, in French."""

    def __init__(self, *obstacles: str) -> None:
        super().__init__(" ".join(obstacles))
        self.obstacles = list(obstacles)
