"""Addresses are read strictly, written one way, and lead to lasting keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manga.element_addresses import Address, address_book, kind_of_key, parse
from tests.editing.works import storyboard


@given(st.text(max_size=24))
def test_what_is_read_is_written_the_same_and_nothing_else_is_an_address(text: str) -> None:
    address = parse(text)
    assert address is None or parse(str(address)) == address


@pytest.mark.parametrize("text", ["p03", "p03.k2", "p03.k2.b1", "p03.k2.s1"])
def test_the_four_forms_are_addresses(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "p0",
        "p00",
        "p03.k0",
        "p03.b1",
        "p03.k2.x1",
        "../p03",
        "p03/..",
        "p03.k2.b1 ",
        "p\uff10\uff13",
        "p03\n",
        "P03",
        "",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert parse(text) is None


def test_every_element_is_found_by_address_and_by_key() -> None:
    book = address_book(storyboard())
    assert book.by_address["p02.k1.b1"].key == "l0004.1"
    assert book.by_address["p01.k1.s1"].kind == "sfx"
    assert all(book.find(e.key) is e and book.find(address) is e for address, e in book.by_address.items())
    assert book.find("p99") is None


def test_an_address_without_a_leading_zero_means_the_same_page() -> None:
    book = address_book(storyboard())
    assert book.find("p02.k01") == book.find("p02.k1")
    assert str(Address(page=12, panel=3)) == "p12.k3"


@pytest.mark.parametrize(
    ("key", "kind"),
    [("c01", "character"), ("s02", "scene"), ("l0001", "line"), ("l0001.1", "balloon"), ("b0001+2", "panel"),
     ("g001", "page"), ("concept", "concept"), ("storyboard", "storyboard"), ("b1", None), ("b0001\n", None)],
)  # fmt: skip
def test_the_form_of_a_key_tells_what_it_names(key: str, kind: str | None) -> None:
    assert kind_of_key(key) == kind
