"""Titles of strips: a plan, a panel and words in, a plan out. A title hangs on any panel of its strip."""

from dataclasses import replace
from itertools import accumulate

from editing.page_sheets import Plan, Unfit
from manga.strips import strips_of


def name_strip(plan: Plan, key: str, title: str) -> Plan:
    """The strip that this panel is in, under another title; without words it has none. Raises `Unfit`."""
    i, j = plan.panel(key)
    sheet = plan.sheets[i]
    if sheet.laid is None or not sheet.laid.strips:
        raise Unfit(f"panel {key} is in no strip: only books laid out as 4-koma or newspaper strips have titles there")
    strips = strips_of(len(sheet.panels), sheet.laid.strips, sheet.laid.layout.name)
    own = next(n for n, end in enumerate(accumulate(strip.panels for strip in strips)) if j < end)
    named = tuple(s.model_copy(update={"title": title}) if n == own else s for n, s in enumerate(strips))
    return plan.with_sheet(i, replace(sheet, laid=sheet.laid.model_copy(update={"strips": named}), dirty=True))
