"""The one refusal of this package."""


class CarnetIllisible(Exception):
    """The notebook cannot be read. The message is French, for the person who brought the file.

    It says what happened, what is kept and what to do.
    """

    def __init__(self, fait: str, conseil: str) -> None:
        super().__init__(f"{fait} Rien n'a été importé, le catalogue reste tel quel. {conseil}")
