"""What counts as a camera that stands still."""

import pytest

from drawing.lettering.fonts import faces, standard_folders
from drawing.pages.audit_gates import Sheaf
from drawing.pages.audit_reading_flow import equal_shots
from manga.book import PageGraph
from tests.drawing.pages.faults import on_third
from tests.drawing.pages.made import with_panel


@pytest.mark.parametrize(("pictures", "monotonous"), [("abc", False), ("aaa", True)])
def test_inserts_of_different_things_are_no_standing_camera(pictures: str, *, monotonous: bool) -> None:
    def shown(graph: PageGraph) -> PageGraph:
        for at, picture in enumerate(pictures):
            graph = with_panel(graph, at, shot="insert", picture=picture)
        return graph

    assert equal_shots(Sheaf(tuple(on_third(shown)), faces(standard_folders()), {})).ok is not monotonous
