"""A person at the studio, in a real browser against a real service: a story pasted, seven reviews answered, the page
loaded anew while pictures are drawn, a second tab, the book read; and every view looked at by axe in both themes.

It wants what set-up does not bring: Playwright (`make studio-e2e` does), Chromium (`MANGA_CHROMIUM`, or on the PATH),
and for axe npm. Without them it is skipped and says so.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from server.studio_files import MODULES, module_folders
from tests.end_to_end.browsing import browser, marks, sync_api
from tests.end_to_end.service_program import Api
from tests.node import npm, with_node
from tests.server.stories import FOX

__all__ = ["browser"]
pytestmark = [
    *marks(600),
    pytest.mark.skipif(
        not all(any((folder / name).is_file() for folder in module_folders()) for name in MODULES.values()),
        reason="set-up could not have the studio's modules",
    ),
]
ROOT = Path(__file__).parents[2]
PATIENCE_MS = 120_000
PHASES = ("Concept", "Characters", "Plot", "Storyboard", "Artwork", "Lettering", "Finishing")


@pytest.fixture(scope="module")
def desk(studio: Api) -> str:
    """Where the studio is."""
    return str(studio.client.base_url)


def window(browser: Any, desk: str, faults: list[str], **how: Any) -> Any:
    """A window of somebody who reads English; what goes wrong in it is in `faults`."""
    context = browser.new_context(base_url=desk, locale="en-GB", **how)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda told: faults.append(told.text) if "Content Security Policy" in told.text else None)
    return page


def begun(page: Any, story: str = FOX) -> str:
    """A story pasted and begun with reviews. The work's id."""
    page.goto("/")
    page.get_by_label("Story", exact=True).fill(story)
    sync_api.expect(page.locator(".estimate")).to_contain_text("Pages", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/studio/works/[0-9a-f-]{36}$"))
    return str(page.url.rsplit("/", 1)[1])


def wait_turn(page: Any, phase: str) -> None:
    sync_api.expect(page.locator(".dock-title")).to_contain_text(f"{phase}: your turn", timeout=PATIENCE_MS)


def approve(page: Any, phase: str) -> None:
    wait_turn(page, phase)
    page.get_by_role("button", name=re.compile("^Approve")).click()


@pytest.fixture(scope="module")
def book(browser: Any, desk: str) -> str:
    """Made by a person who answers all seven reviews; the test of it is what it goes through."""
    faults: list[str] = []
    page = window(browser, desk, faults)
    work = begun(page)
    wait_turn(page, "Concept")
    page.get_by_role("link", name="Look at it").click()
    sync_api.expect(page.get_by_role("heading", level=1)).to_have_text("Concept", timeout=PATIENCE_MS)
    approve(page, "Concept")
    wait_turn(page, "Characters")
    page.get_by_label("What should be different").fill("Give the boy black hair.")
    page.get_by_role("button", name="Say it").click()
    sync_api.expect(page.get_by_label("What should be different")).to_have_value("", timeout=PATIENCE_MS)
    approve(page, "Characters")
    approve(page, "Plot")
    approve(page, "Storyboard")
    page.reload()  # while pictures are drawn, or just after
    second = page.context.new_page()
    second.goto(f"/studio/works/{work}/artwork")
    wait_turn(second, "Artwork")
    wait_turn(page, "Artwork")
    sync_api.expect(second.locator(".piece").first).to_be_visible(timeout=PATIENCE_MS)
    second.get_by_role("button", name=re.compile("^Approve")).click()
    approve(page, "Lettering")
    approve(page, "Finishing")
    sync_api.expect(second.locator(".step.done")).to_have_count(7, timeout=PATIENCE_MS)
    assert faults == []
    page.context.close()
    return work


def test_seven_reviews_are_answered_and_the_book_is_read_by_the_keyboard(browser: Any, desk: str, book: str) -> None:
    faults: list[str] = []
    page = window(browser, desk, faults)
    page.goto(f"/studio/works/{book}")
    sync_api.expect(page.get_by_role("heading", level=1)).to_have_text("The book is finished", timeout=PATIENCE_MS)
    page.get_by_role("link", name="Read it").click()
    page.wait_for_url(re.compile(r"/read"))
    sync_api.expect(page.locator("main img").first).to_be_visible(timeout=PATIENCE_MS)
    page.goto("/studio/")
    made = page.locator(".book.completed").filter(has=page.locator(f'a[href*="{book}"]'))
    sync_api.expect(made).to_have_count(1, timeout=PATIENCE_MS)
    assert faults == []
    page.context.close()


def test_markup_in_a_story_is_text(browser: Any, desk: str) -> None:
    faults: list[str] = []
    page = window(browser, desk, faults, viewport={"width": 360, "height": 740})
    bad = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    work = begun(page, f'{bad}\n\nA fox came. "{bad}" said the boy. "A friend," said the fox. They walked home.')
    wait_turn(page, "Concept")
    for phase in ("concept", "characters"):
        page.goto(f"/studio/works/{work}/{phase}")
        page.locator(".phase-head, .empty").first.wait_for()
        assert page.evaluate("window.hit") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults == []
    page.context.close()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script, by the same lock as the studio's modules."""
    folder = tmp_path_factory.mktemp("axe")
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(ROOT / "assets" / name, folder / name)
    fetch, env = [*npm(), "ci", "--ignore-scripts"], with_node(dict(os.environ))
    done = subprocess.run(fetch, cwd=folder, env=env, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, f"npm could not fetch axe: {done.stderr.decode()}"
    return (folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


VIEWS = (
    *("", "/concept", "/characters", "/plot", "/storyboard", "/artwork", "/finishing", "/talking", "/debug"),
    *("/pages/1", "/lines", "/versions", "/exports"),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view(browser: Any, desk: str, book: str, axe: str, theme: str) -> None:
    faults: list[str] = []
    # So tall that nothing lies under the dock, from where a person would scroll it.
    tall = {"width": 1280, "height": 4000}
    page = window(browser, desk, faults, color_scheme=theme, bypass_csp=True, viewport=tall)
    found = {}
    for address in ("/studio/", *(f"/studio/works/{book}{view}" for view in VIEWS)):
        page.goto(address)
        page.locator("main h1").first.wait_for(state="attached")
        page.locator(".waiting").first.wait_for(state="detached")
        found[address] = looked_over(page, axe, theme)
        if address.endswith("/artwork"):
            page.locator(".piece-tools button").first.click()
            page.locator("dialog .alternatives li").first.wait_for()
            found["the alternatives of a panel"] = looked_over(page, axe, theme)
    page.context.close()
    assert {where: faulty for where, faulty in found.items() if faulty} == {}


RULES = {
    "light": "['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']",
    "dark": "{type: 'rule', values: ['color-contrast', 'link-in-text-block']}",
}
"""A theme changes colours, and nothing else: what the other rules ask is asked once."""


def looked_over(page: Any, axe: str, theme: str) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule, and the first elements that break it."""
    page.evaluate(axe)
    told = page.evaluate(f"axe.run({{runOnly: {RULES[theme]}}})")
    return [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in told["violations"]]
