"""What an error holds beside the passage that it names to its author."""

from manga.errors import ContentBlocked, MangaError


def untold(error: MangaError) -> dict[str, object]:
    """A refused passage is named by its first words, in `element`: the author has to find it. They are in no log."""
    passage = {"element"} if isinstance(error, ContentBlocked) else set()
    return {name: value for name, value in vars(error).items() if name not in passage}
