"""The list of formats: safe names, options within bounds, and nothing in it that cannot be made."""

import re

import pytest

from drawing.export.export_book import _PARTS
from drawing.export.formats import FORMATS, NAMES, by_file, checked, format_of
from manga.errors import UserError


def test_every_format_is_listed_once_and_can_be_made() -> None:
    assert tuple(FORMATS) == NAMES
    assert {*_PARTS, "script"} == set(NAMES)
    assert len({found.file for found in FORMATS.values()}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_file_names_are_harmless_and_lead_back(name: str) -> None:
    assert re.fullmatch(r"book[a-z.-]+", FORMATS[name].file)
    assert by_file(FORMATS[name].file) is FORMATS[name]


def test_what_is_left_out_has_its_usual_value() -> None:
    assert checked(FORMATS["webtoon"], {"slice": 2000}) == {"width": 800, "slice": 2000}


@pytest.mark.parametrize("options", [{"dpi": 71}, {"dpi": 601}, {"width": 800}, {"dpi": -1}])
def test_other_options_are_refused_by_name(options: dict[str, int]) -> None:
    with pytest.raises(UserError) as refused:
        checked(FORMATS["psd"], options)
    assert refused.value.element in options


def test_an_unknown_format_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UserError, match="no format 'exe'") as refused:
        format_of("exe")
    assert "epub" in refused.value.remedy
