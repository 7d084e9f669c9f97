"""What can stand in the way of a wish or an answer."""

from search.learning.wishes.models import Wish


class TooManyWishesError(Exception):
    """The person has as many open wishes as one may have."""


class AlreadyAnsweredError(Exception):
    """Another editor was quicker; `wish` is what stands now."""

    def __init__(self, wish: Wish) -> None:
        super().__init__(str(wish))
        self.wish = wish


class ShutPageError(Exception):
    """Some of those who asked may not open the page; `number` says how many."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number
