"""Draws a story over LangGraph's own Python client, and approves every review.

    pip install langgraph-sdk
    python examples/clients/langgraph_sdk_python.py examples/the_lighthouse_cat.txt

`MANGA_URL` is where `mangaka serve` answers; `MANGA_TOKEN` is needed where it knows keys (`mangaka token` makes one).
"""

import os
import sys
from pathlib import Path
from typing import Any

from langgraph_sdk import get_sync_client
from langgraph_sdk.client import SyncLangGraphClient

URL = os.environ.get("MANGA_URL", "http://127.0.0.1:8700")


def follow(client: SyncLangGraphClient, thread: str, **how: Any) -> dict[str, Any] | None:
    """Follows one run; answers what is asked at its end, or nothing."""
    asked = None
    for part in client.runs.stream(thread, "mangaka", stream_mode=["custom", "updates"], **how):
        data: Any = part.data
        if part.event == "error":
            raise SystemExit(data["message"])
        if part.event == "custom" and data["type"] == "phase_started":
            print(data["phase"])
        elif part.event == "custom" and data["type"] == "page_ready":
            print(f"  page {data['number']}")
        elif part.event == "updates" and "__interrupt__" in data:
            asked = data["__interrupt__"][0]
    return asked


def main(story: str) -> None:
    token = os.environ.get("MANGA_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    brief = {"text": Path(story).read_text("utf-8"), "feedback_mode": {"enabled": True}}
    with get_sync_client(url=URL, api_key=None, headers=headers) as client:  # no LangSmith key goes to our server
        thread = client.threads.create()["thread_id"]
        question = follow(client, thread, input={"brief": brief})
        while question:
            print(f"  approved: {question['value']['phase']}")
            # Instead of approving: {"action": "feedback", "text": "Change the title to ..."}, or edits.
            question = follow(client, thread, command={"resume": {question["id"]: {"action": "approve"}}})
        values: Any = client.threads.get_state(thread)["values"]
    print(f"{len(values['finishing']['pages'])} pages: {URL}/v1/works/{thread}/files/book.pdf")


if __name__ == "__main__":
    main(sys.argv[1])
