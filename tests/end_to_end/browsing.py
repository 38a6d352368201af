"""A real browser for the studio's tests (`make studio-e2e`). Without Playwright or Chromium a module that imports this
is skipped and says so; MANGA_CHROMIUM names another Chromium than the one that is found."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest

sync_api: Any = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed here")
sync_api.expect.set_options(timeout=30_000)  # a machine that does something else too is slow, not wrong
CHROMIUM: Final = os.environ.get("MANGA_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


def marks(seconds: int) -> list[pytest.MarkDecorator]:
    """Of a module whose tests share one browser; all modules of a process share one service."""
    return [
        pytest.mark.slow,
        pytest.mark.timeout(seconds),
        pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: set MANGA_CHROMIUM to one"),
    ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@contextmanager
def watched_page(browser: Any, *, patience_ms: int, **how: Any) -> Iterator[Any]:
    """A page in a window of its own. What it calls an error itself fails the test; so does a dialog of a script that
    should be text, and a script that is kept from running."""
    context = browser.new_context(**how)
    context.set_default_timeout(patience_ms)
    page = context.new_page()
    errors: list[str] = []

    def asked(dialog: Any) -> None:
        errors.append(dialog.message)
        dialog.dismiss()

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", asked)
    page.on("console", lambda told: errors.extend(t for t in [told.text] if "Content Security Policy" in t))
    yield page
    context.close()
    assert errors == []
