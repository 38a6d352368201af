"""The report's looks: one column on a phone, two beside each other where there is room, dark where the reader's is."""

from typing import Final

STYLE: Final = """
:root{color-scheme:light dark;--line:#8886;--bad:#c0392b;--good:#1e8449}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:70rem;overflow-wrap:anywhere}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid var(--line)}
nav{position:sticky;top:0;background:Canvas;padding:.5rem 0;display:flex;flex-wrap:wrap;gap:.8rem}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem}
td,th{padding:.2rem .6rem;border-bottom:1px solid var(--line);text-align:left;white-space:nowrap}
.phase th{padding-top:.8rem}.bad{color:var(--bad)}.good{color:var(--good)}
details{border-bottom:1px solid var(--line);padding:.4rem 0}summary{cursor:pointer}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1rem;margin:.6rem 0}
.source{border-left:3px solid var(--line);padding-left:.6rem;white-space:pre-wrap}
figure{margin:0}svg{width:100%;max-height:85vh}.paper{fill:#fff;stroke:#8888}.panel{fill:none;stroke:#111;stroke-width:.6}
.who{fill:#ccc;stroke:#777;stroke-width:.3}.balloon{fill:#fff;stroke:#111;stroke-width:.3}
svg text{fill:#111}.note{font-size:3.2px;fill:#777}.said{font-size:4px}.glyph{text-anchor:middle}
"""
