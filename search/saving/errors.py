"""What can stand in the way of keeping a search."""

from search.saving.models import SavedSearch


class TooManySearchesError(Exception):
    """The person keeps as many searches as one may."""


class AlreadySavedError(Exception):
    """The person keeps the very same search already, as `search`."""

    def __init__(self, search: SavedSearch) -> None:
        super().__init__(str(search))
        self.search = search


class NameTakenError(Exception):
    """The person keeps another search under that name, as `search`."""

    def __init__(self, search: SavedSearch) -> None:
        super().__init__(str(search))
        self.search = search


class StaleSearchError(Exception):
    """It was changed elsewhere in the meantime; `latest` is what stands now. Nothing was written."""

    def __init__(self, latest: SavedSearch) -> None:
        super().__init__(str(latest))
        self.latest = latest
