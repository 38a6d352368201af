"""Draw a story with a person's say, over the API alone: `pip install httpx`, then

    mangaka serve                                              # in another terminal
    python examples/clients/python_sse.py STORY.txt book.pdf

It makes a work that stops after each phase, follows its stream (and comes back with `Last-Event-ID` whenever the stream
is cut), says yes to every phase, asks for one thing to be different on the way, and fetches the book as a PDF.

MANGA_URL is where the service answers (http://127.0.0.1:8700), MANGA_TOKEN who you are (`mangaka token`; a service on
your own machine asks for none), SENTENCE what should be different.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx

URL = os.environ.get("MANGA_URL", "http://127.0.0.1:8700")
SENTENCE = os.environ.get("SENTENCE", "Call it The Last Lantern.")
CLOSED = ("completed", "failed", "cancelled")


def client() -> httpx.Client:
    """Reads wait for ever: a stream is silent while a model thinks. It sends a comment every 15 s."""
    token = os.environ.get("MANGA_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=URL, headers=headers, timeout=httpx.Timeout(30, read=60))


def events(api: httpx.Client, work: str) -> Iterator[dict[str, Any]]:
    """Every event of a work, each once and in order, to the end: whatever happens to the connection."""
    last = "0"
    while True:
        try:
            with api.stream("GET", f"/v1/works/{work}/events", headers={"Last-Event-ID": last}) as stream:
                if stream.status_code == 204:  # the work is closed, and we have it all
                    return
                stream.raise_for_status()
                for line in stream.iter_lines():
                    if line.startswith("data: "):
                        event = json.loads(line[len("data: ") :])
                        last = event["id"]
                        yield event
                        if event["type"] in CLOSED:
                            return
        except httpx.TransportError as error:
            print(f"cut off ({type(error).__name__}); going on after event {last}", file=sys.stderr)
        time.sleep(0.3)  # as the stream's own `retry: 300` says


def say(api: httpx.Client, work: str, review: dict[str, Any], answer: dict[str, Any]) -> None:
    """With the version that was looked at: an answer that comes too late is refused (409), and changes nothing else."""
    seen = {"base_version": review["version_id"], "interrupt_id": review["data"]["interrupt_id"]}
    api.post(f"/v1/works/{work}/feedback", json=answer | seen).raise_for_status()


def drawn(api: httpx.Client, work: str) -> bool:
    """Answers every review, the first one with a sentence. False when there is no book in the end."""
    answers: list[dict[str, Any]] = [{"action": "feedback", "text": SENTENCE}]
    for event in events(api, work):
        print(f"{event['id']:>8}  {event['type']:<18} {event['data'].get('phase') or ''}")
        if event["type"] == "review_requested":
            say(api, work, event, answers.pop() if answers else {"action": "approve"})
        elif event["type"] == "plan_ready":
            print(f"{'':>8}  understood: {json.dumps(event['data'], ensure_ascii=False)[:200]}")
        elif event["type"] in CLOSED:
            return bool(event["type"] == "completed")
    return False


def main(story: str, book: str) -> int:
    """0 when the book is there."""
    with open(story, encoding="utf-8") as file:
        brief = {"text": file.read(), "feedback_mode": {"enabled": True}}
    with client() as api:
        made = api.post("/v1/works", json=brief)
        made.raise_for_status()
        work = made.json()["id"]
        print(f"{URL}/v1/works/{work}")
        if not drawn(api, work):
            return 1
        title = api.get(f"/v1/works/{work}").json()["title"]
        with api.stream("GET", f"/v1/works/{work}/files/book.pdf") as pdf, open(book, "wb") as out:
            pdf.raise_for_status()
            out.writelines(pdf.iter_bytes())
    print(f"{title}: {book}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
