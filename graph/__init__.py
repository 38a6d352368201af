"""The LangGraph state graph: a brief goes in, phase results come out one after another, each of them a version."""
