"""LangGraph's own interface over the works: the stock `langgraph_sdk`, `RemoteGraph` and `@langchain/langgraph-sdk`.

A thread is a work, a run is a command of it. Nothing here runs the graph: every run goes through the same door as the
rest of the service (`starting`), and what the graph streams comes from whichever worker runs it (`works.graph_stream`).
"""

from fastapi import APIRouter

from server.langgraph_wire import assistants, many_threads, not_offered, protocol, runs, state, thread_stream, threads

router = APIRouter()
for _part in (assistants, many_threads, not_offered, threads, thread_stream, runs, state, protocol):
    router.include_router(_part.router)
