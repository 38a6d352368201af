"""Who comes into the studio, in a real browser: by a token, as who they are, and out again."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from server.security.identity import Principal, Role
from server.security.tokens import new_token
from server.serve import rules_by
from tests.end_to_end.browsing import browser, marks, sync_api
from tests.server.locked import SECRET, locked, person
from tests.server.stories import drawn
from tests.service import Service

__all__ = ["browser", "locked"]
pytestmark = marks(600)
expect: Any = sync_api.expect


@pytest.fixture
def page(browser: Any, locked: Service) -> Iterator[Any]:
    context = browser.new_context(base_url=locked.url, locale="en-GB")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def token_of(service: Service, role: Role, tenant: str) -> str:
    rules = rules_by(service.rooms.settings)
    return new_token(SECRET.encode(), rules, Principal(tenant, "ann", role), seconds=300)


def signs_in(page: Any, token: str) -> None:
    page.get_by_label("Token").fill(token)
    page.get_by_role("button", name="Sign in").click()


def test_a_wrong_token_is_told_a_right_one_leads_to_the_place_asked_for_and_out_is_out(
    page: Any, locked: Service
) -> None:
    page.goto("/studio/works/00000000-0000-4000-8000-000000000000/plot")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    signs_in(page, "no.token.at.all")
    expect(page.locator(".sign-in .fault, .sign-in [role=alert]").first).to_be_visible()
    signs_in(page, token_of(locked, Role.EDITOR, f"t-{uuid4().hex[:8]}"))
    expect(page.locator(".trouble")).to_be_visible()  # signed in: there is no such work
    page.goto("/studio/")
    page.get_by_label("Story", exact=True).fill("A story that is nobody else's.")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    signs_in(page, token_of(locked, Role.EDITOR, f"t-{uuid4().hex[:8]}"))
    expect(page.get_by_label("Story", exact=True)).to_have_value("")


def test_a_viewer_sees_the_whole_book_and_finds_nothing_that_changes_it(page: Any, locked: Service) -> None:
    tenant = f"t-{uuid4().hex[:8]}"
    with person(locked, Role.EDITOR, tenant) as editor:
        work = drawn(editor)["id"]
    page.goto("/studio/")
    signs_in(page, token_of(locked, Role.VIEWER, tenant))
    changing = (
        "button:has-text('Edit'), button:has-text('Lock'), button:has-text('Draw again'), button:has-text('Restore')"
    )
    for place in ("", "/concept", "/characters", "/plot", "/storyboard", "/artwork", "/versions", "/pages/1", "/lines"):
        page.goto(f"/studio/works/{work}{place}")
        page.locator("main h1").first.wait_for(state="attached")
        page.locator(".waiting").first.wait_for(state="detached")
        assert page.locator(f"main :is({changing}), .dock textarea:enabled, [draggable=true], .handle").count() == 0, (
            place
        )
        assert page.locator("main :is(textarea, input[type=file]):enabled").count() == 0, place
    edit = {"change_type": "text_edit", "element_id": "concept", "change_data": {"title": "Other"}}
    told = page.evaluate(
        """async ([work, answer]) => (await fetch(`/v1/works/${work}/feedback`, {
          method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(answer)})).status""",
        [work, {"action": "edit", "edits": [edit]}],
    )
    assert told == 403
