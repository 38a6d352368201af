"""Which store of objects the settings name."""

from contextlib import suppress

from storage.base import BlobStore
from storage.blobs import FolderBlobs
from storage.settings import StorageSettings


def open_blobs(settings: StorageSettings) -> BlobStore:
    """The store that the settings name: a folder, or Google Cloud Storage. Raises `SetupIncomplete` for an address of
    another, and where there are no credentials."""
    if settings.blobs is None or "://" not in settings.blobs:
        folder = FolderBlobs(settings.blobs_dir)
        with suppress(OSError):  # another process does it too; or there is no folder, which is told later
            folder.sweep_now()
        return folder
    from storage.gcs import open_gcs

    return open_gcs(settings)
