"""The whole API from its own OpenAPI, with what schemathesis makes up: fit and unfit, and never a fault."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from server.app import create_app
from tests import asking
from tests.security.sending import LONGEST_S, Shop, Stopwatch, count, no_fault

pytestmark = [
    pytest.mark.slow,
    # What is made up is long at times, and hypothesis shows it.
    pytest.mark.filterwarnings("ignore:Generating overly large repr"),
    # The service's own thread does, and hypothesis cannot tell them apart.
    pytest.mark.filterwarnings("ignore:Do not use the `random` module"),
]

KIND = "made up from the OpenAPI"
SEVERAL = "made up, begins or pauses runs"
SEVERAL_S = 10.0
"""As many as are sent, or go on."""
PATIENCE_S = 60.0
ENDLESS = r"/(events|graph-events|stream|join|wait)$"
"""Streams, and what waits for a run: `test_matrix` asks them."""
schema = schemathesis.openapi.from_dict(create_app().openapi()).exclude(path_regex=ENDLESS)


@schema.parametrize()
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@pytest.mark.timeout(240)
def test_no_request_is_a_fault(case: Any, shop: Shop, book: str) -> None:
    token = shop.issuer.token(shop.issuer.claims(tenant="owner", role="editor"))
    for name in ("work_id", "thread_id"):
        # Half of them about a work that there is: nothing behind an unknown id is ever reached.
        if name in (case.path_parameters or {}) and len(str(case.query)) % 2 == 0:
            case.path_parameters[name] = book
    watch = Stopwatch()
    try:
        answer = case.call(base_url=shop.url, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE_S)
    except (ValueError, UnicodeError):  # what the client cannot send
        return
    kind = SEVERAL if case.path.endswith(("/state", "/runs/batch", "/runs/cancel")) else KIND
    count(kind, answer.status_code, watch.read(), case.as_curl_command()[:300])
    assert answer.status_code < 500, answer.text[:500]
    no_fault(kind, longest_s=LONGEST_S if kind == KIND else SEVERAL_S)
    if answer.status_code >= 400:
        assert answer.headers["content-type"][0].startswith("application/problem+json")
        assert answer.json()["code"]
    if case.method == "POST":
        _tidy(shop, case, answer)


def _tidy(shop: Shop, case: Any, answer: Any) -> None:
    """A work that was accepted is taken away again: hundreds of books would be drawn, and requests wait for them."""
    if answer.status_code not in (200, 201, 202) or "json" not in answer.headers.get("content-type", [""])[0]:
        return
    made, key = answer.json(), "thread_id" if case.path.startswith("/runs") else "id"
    with shop.person("owner") as owner:
        for one in made if isinstance(made, list) else [made]:
            if isinstance(one, dict) and one.get("status") in ("queued", "new", "pending") and key in one:
                owner.delete(f"/v1/works/{one[key]}")


def test_the_service_is_well_afterwards(shop: Shop) -> None:
    assert asking.get(f"{shop.url}/readyz").status_code == 200
