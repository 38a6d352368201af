"""An agent without a model, over the Model Context Protocol: it makes a book and says what it sees at each review.

    pip install mcp
    MANGA_URL=http://127.0.0.1:8700 MANGA_TOKEN=... python mcp_agent.py story.txt book.pdf

At the first review it says SENTENCE, where there is one; every other review it approves.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

URL = os.environ.get("MANGA_URL", "http://127.0.0.1:8700")
SENTENCE = os.environ.get("SENTENCE", "")


async def call(client: Client, tool: str, **sent: Any) -> dict[str, Any]:
    found = await client.call_tool(tool, sent)
    told: dict[str, Any] = found.structured_content
    shown = {name: value for name, value in sent.items() if name != "text"}
    print(f"> {tool} {json.dumps(shown, ensure_ascii=False)}")
    if found.is_error:
        sys.exit(f"{told['error']['message']} {told['error']['remedy']}")
    return told


async def answered(client: Client, told: dict[str, Any], sentence: str) -> None:
    review, work = told["review"], told["work_id"]
    print(f"  {told['title']!r}: review of {review['phase']} ({review['step']}), version {review['version'][:8]}")
    for outcome in review.get("outcomes", ()):
        print(f"  {outcome}")
    if review["phase"] in ("storyboard", "artwork", "lettering", "finishing"):
        await looked_at(client, work)
    if sentence:
        found = await call(client, "give_feedback", work_id=work, version=told["version"], sentence=sentence)
        print(f"  understood: {[item['instruction'] for item in found.get('plan', {}).get('items', ())]}")
    else:
        await call(client, "answer_review", work_id=work, review_id=review["id"], answer="approve")


async def looked_at(client: Client, work: str) -> None:
    found = await client.call_tool("read_pages", {"work_id": work, "first": 1, "count": 1})
    page = found.structured_content["pages"][0]
    said = [text["text"] for panel in page["panels"] for text in panel["texts"]]
    pictures = [part for part in found.content if part.type == "image"]
    print(
        f"  page 1: {len(page['panels'])} panels, {len(pictures)} picture; it says {said[0] if said else 'nothing'!r}"
    )


async def main(text: str) -> bytes:
    """The book, as PDF."""
    token = os.environ.get("MANGA_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    sentence = SENTENCE
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(f"{URL}/mcp", http_client=http)) as client,
    ):
        told = await call(client, "make_manga", text=text, review=True)
        while told["status"] not in ("completed", "failed", "cancelled"):
            told = await call(client, "follow_manga", work_id=told["work_id"], wait_s=20)
            if told["status"] == "awaiting_feedback":
                await answered(client, told, sentence)
                sentence = ""
        print(f"  {told['title']!r} is {told['status']}")
        made = await call(client, "export_manga", work_id=told["work_id"], format="pdf")
        async with httpx2.AsyncClient() as anybody:  # the link needs no token
            answer = await anybody.get(made["at"])
            return answer.content


if __name__ == "__main__":
    story, book = Path(sys.argv[1]), Path(sys.argv[2])
    print(f"  {book}: {book.write_bytes(asyncio.run(main(story.read_text(encoding='utf-8'))))} bytes")
