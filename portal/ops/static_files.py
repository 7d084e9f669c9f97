"""Static files whose names carry a hash of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class RememberingStorage(CompressedManifestStaticFilesStorage):
    """Remembers the addresses: a page asks for fifty, and they change only when the portal is started anew."""

    known: dict[str, str]

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file."""
        if force or not name:
            return super().url(name, force)
        known: dict[str, str] = self.__dict__.setdefault("known", {})
        if name not in known:
            known[name] = super().url(name)
        return known[name]
