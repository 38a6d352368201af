"""The audit as a gate: a few random pages in every run; whole stories and thousands of pages with `make slow`."""

import pytest

from benchmarks.audit import OF_ANY_PAGE, main
from benchmarks.random_pages import random_graph
from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit import audit

FEW = range(24)
NOTCHED = (227, 288)
"""Pages on which a balloon is cut by a panel that has another one in its corner."""

CROWDED = (107, 834)
"""The quickest of those that once broke a gate; all are among the 2,000 of `make audit`."""


def test_a_few_random_pages_hold_what_any_page_must() -> None:
    pages = [random_graph(seed, letters=14) for seed in FEW]
    gates = {gate.name: gate for gate in audit(pages, faces(standard_folders()))}
    assert {name: gates[name].pages for name in OF_ANY_PAGE if not gates[name].ok} == {}
    assert sum(len(page.balloons) for page in pages) > len(pages) / 2


def test_a_random_page_is_the_same_every_time() -> None:
    assert random_graph(5, letters=14) == random_graph(5, letters=14)


def test_a_balloon_cut_by_a_panel_with_a_corner_missing_has_a_shape() -> None:
    pages = [page for page in map(random_graph, NOTCHED) if any(len(panel.polygon) > 4 for panel in page.panels)]
    assert len(pages) == len(NOTCHED)
    gates = audit(pages, faces(standard_folders()))
    assert [gate.name for gate in gates if gate.name in OF_ANY_PAGE and not gate.ok] == []


def test_pages_that_were_too_full_for_their_words_hold_too() -> None:
    pages = [random_graph(seed) for seed in CROWDED]
    gates = audit(pages, faces(standard_folders()))
    assert [gate.name for gate in gates if gate.name in OF_ANY_PAGE and not gate.ok] == []


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_stories_and_two_thousand_random_pages_hold_every_gate() -> None:
    assert main([]) == 0
