"""Scripts that inputs and forms bring along."""

from django import forms


class DeferredScript(forms.Script):
    """A script that runs when the page has been read, after those before it.

    Django compares assets by their address, which it looks up in the manifest of static files each time: a page with
    fifteen questions did so hundreds of times. The name says the same.
    """

    _path: str

    def __init__(self, path: str) -> None:
        super().__init__(path, defer=True)

    def __str__(self) -> str:
        """The element; the same all the time."""
        found: str | None = self.__dict__.get("element")
        if found is None:
            found = self.__dict__["element"] = super().__str__()
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DeferredScript) and self._path == other._path

    def __hash__(self) -> int:
        return hash(self._path)
