"""The first node looks at what a run is begun with: Studio sends whatever a person has typed."""

from typing import Any

import pytest

from manga.errors import BriefRejected
from tests.graph.crew import studio

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("brief", "field"),
    [({}, "text"), ({"text": ""}, "text"), ({"text": "A cat.", "pages": 3}, "pages"), ("A cat.", "brief")],
)
async def test_a_brief_that_is_none_gets_one_clear_line(brief: Any, field: str) -> None:
    it = studio()
    with pytest.raises(BriefRejected) as found:
        await it.graph.ainvoke({"brief": brief}, {"configurable": {"thread_id": it.work}})
    assert found.value.message.startswith(f"{field}: ")
    assert "\n" not in str(found.value)
    assert it.text.asked == []
