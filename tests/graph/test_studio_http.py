"""The one question that Starlette's CORS would refuse is answered for Studio's own page, and for no other."""

import pytest
from starlette.testclient import TestClient

from graph.studio import (
    STUDIO,
    app,
)

ASKED = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Private-Network": "true"}


def test_studio_may_reach_the_private_network() -> None:
    answer = TestClient(app).options("/threads", headers=ASKED | {"Origin": STUDIO})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == STUDIO
    assert answer.headers["access-control-allow-private-network"] == "true"


@pytest.mark.parametrize("origin", ["https://evil.example", f"{STUDIO}.evil.example", "null", ""])
def test_other_pages_are_left_to_the_server_s_own_rules(origin: str) -> None:
    answer = TestClient(app).options("/threads", headers=ASKED | {"Origin": origin})
    assert "access-control-allow-origin" not in answer.headers
