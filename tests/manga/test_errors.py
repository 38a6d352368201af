"""The error tree: codes, messages, remedies."""

from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context

import pytest

import manga.errors
from manga.errors import BriefRejected, MangaError, Retry, StorageFailed, where_raised


def draw(words: str) -> int:
    """A bug of an artist, whose error quotes the story."""
    return int(words)


def tree(root: type[MangaError]) -> list[type[MangaError]]:
    return [root, *(found for child in root.__subclasses__() for found in tree(child))]


def test_every_error_speaks_by_its_docstring_and_names_a_remedy() -> None:
    for kind in tree(MangaError):
        error = kind()
        assert error.message.endswith(".")
        assert error.remedy


def test_codes_are_unique() -> None:
    for module in (
        "server.app",
        "works.delivery.webhook_delivery",
        "storage.tenant_limits",
    ):  # errors of one floor alone
        import_module(module)
    codes = [kind.code for kind in tree(MangaError) if "code" in vars(kind)]
    assert len(codes) == len(set(codes))


def test_the_docstring_draws_every_class_of_the_tree() -> None:
    drawn = manga.errors.__doc__ or ""
    ours = [kind.__name__ for kind in tree(MangaError) if kind.__module__ == manga.errors.__name__]
    assert [name for name in ours if name not in drawn] == []


def test_what_the_person_did_wrong_is_never_retried() -> None:
    assert BriefRejected.retry is Retry.NEVER
    assert StorageFailed.retry is Retry.BACKOFF


def test_a_message_and_a_remedy_of_their_own_win() -> None:
    error = BriefRejected("The file is empty.", remedy="Write a story into it.", element="text")
    assert (error.message, error.remedy, error.element) == ("The file is empty.", "Write a story into it.", "text")


def test_an_unexpected_error_of_a_drawing_process_says_where_it_arose_and_not_what_it_quotes() -> None:
    with ProcessPoolExecutor(1, get_context("forkserver")) as pool, pytest.raises(ValueError, match="Aoi") as caught:
        pool.submit(draw, "the secret of Aoi").result()
    where = where_raised(caught.value)
    assert "test_errors.py" in where
    assert "in draw" in where
    assert "Aoi" not in where
