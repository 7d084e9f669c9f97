"""Where files lie that nobody fetches by an address."""

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """A folder without addresses: a view hands these files out after asking who may see them.

    Django gives a storage without `base_url` the one of the public media folder, so leaving it out is not enough.
    """

    def url(self, name: str | None) -> str:
        """Refuse: there is no address, and one that somebody wrote into a template would be a mistake."""
        raise ValueError("Files of the private storage have no address.")
