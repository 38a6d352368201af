"""The whole API from its own OpenAPI, with what schemathesis makes up: fit and unfit, and never a fault."""

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from server.app import create_app
from tests.security.sending import LONGEST_S, Shop, Stopwatch, count, no_fault

pytestmark = [
    pytest.mark.slow,
    # What is made up is long at times, and hypothesis shows it.
    pytest.mark.filterwarnings("ignore:Generating overly large repr"),
    # The service's own thread does, and hypothesis cannot tell them apart.
    pytest.mark.filterwarnings("ignore:Do not use the `random` module"),
]

KIND = "made up from the OpenAPI"
PAUSING = "made up, waits for a run to pause"
PAUSE_S = 10.0
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
        answer = case.call(base_url=shop.url, headers={"Authorization": f"Bearer {token}"}, timeout=10)
    except (ValueError, UnicodeError):  # what the client cannot send
        return
    kind = PAUSING if case.path.endswith("/state") else KIND
    count(kind, answer.status_code, watch.read(), case.as_curl_command()[:300])
    assert answer.status_code < 500, answer.text[:500]
    no_fault(kind, longest_s=LONGEST_S if kind == KIND else PAUSE_S)
    if answer.status_code >= 400:
        assert answer.headers["content-type"][0].startswith("application/problem+json")
        assert answer.json()["code"]
    _tidy(shop, answer)


def _tidy(shop: Shop, answer: Any) -> None:
    """A work that was accepted is taken away again: hundreds of books would be drawn."""
    if answer.status_code not in (201, 202) or "json" not in answer.headers.get("content-type", [""])[0]:
        return
    made = answer.json()
    found = made.get("id") if isinstance(made, dict) else None
    if found is not None and made.get("status") in ("queued", "new"):
        with shop.person("owner") as owner:
            owner.delete(f"/v1/works/{found}")


def test_the_service_is_well_afterwards(shop: Shop) -> None:
    assert httpx.get(f"{shop.url}/readyz").status_code == 200
