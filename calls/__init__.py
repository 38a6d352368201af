"""Calls of models for one work: who may call when, what it costs, what is remembered so that none is made twice."""
