"""What storage can be told from outside. Read once at a composition root and passed on; never a global."""

from pathlib import Path

from platformdirs import user_data_dir
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from manga.errors import EmbeddedFailed


class StorageSettings(BaseSettings):
    """`MANGA_HOME`, `MANGA_DATABASE_URL`, `MANGA_REDIS_URL`, `MANGA_BLOBS`, `MANGA_CDN_URL`, `MANGA_CDN_KEY_NAME`,
    `MANGA_CDN_KEY`, `MANGA_CHECKPOINT_KEY`; an empty variable counts as unset. `.env.example` tells what each takes.

    A URL that is None means the embedded server. `blobs` None means the folder `blobs` under the home.
    """

    model_config = SettingsConfigDict(env_prefix="MANGA_", env_ignore_empty=True, frozen=True, extra="ignore")

    home: Path | None = None
    database_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    blobs: str | None = None
    """A folder, or `gs://PREFIX` (see `storage.bucket_layout`)."""
    cdn_url: str | None = None
    cdn_key_name: str | None = None
    cdn_key: SecretStr | None = None
    checkpoint_key: SecretStr | None = None
    """See `graph.checkpointer`."""

    @property
    def home_dir(self) -> Path:
        """The absolute data folder (it need not exist yet). Raises `EmbeddedFailed` where none can be known."""
        try:
            return (self.home or Path(user_data_dir("mangaka", appauthor=False))).expanduser().absolute()
        except RuntimeError as error:  # "~" cannot be expanded
            raise EmbeddedFailed(
                "No home folder is known for this user, so there is no place for the data.",
                remedy="Set HOME, or set MANGA_HOME to a folder that you can write.",
            ) from error

    @property
    def blobs_dir(self) -> Path:
        """The folder of the folder blob store; of no use where `blobs` is no folder."""
        return Path(self.blobs).expanduser().absolute() if self.blobs else self.home_dir / "blobs"
