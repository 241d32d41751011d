"""The README's picture: what `sayso read` prints on a terminal for the example article, as docs/read.svg.

    python -m docs.picture

Drawn from the real output, colours and all. The drawing asks for no font from the network: a page that shows it loads
nothing else.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

import sayso
from sayso.exports import text

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "examples/wire.txt"
PICTURE = ROOT / "docs" / "read.svg"
WIDTH = 88
_INK, _PAPER, _GREY = (38, 38, 38), (250, 249, 246), (120, 120, 120)
_COLOURS = [(176, 42, 55), (30, 110, 60), (150, 85, 0), (30, 80, 170), (120, 50, 140), (0, 105, 120)]
THEME = TerminalTheme(_PAPER, _INK, [_INK, *_COLOURS, _GREY], [_GREY, *_COLOURS, _INK])


def draw() -> str:
    """The picture as SVG."""
    output = "".join(text.render([sayso.read(ROOT / EXAMPLE)], width=WIDTH, colour=True))
    console = Console(record=True, width=WIDTH + 2, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(output))
    svg = console.export_svg(title=f"sayso read {EXAMPLE}", theme=THEME, unique_id="sayso")
    local = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"[ \t]+$", "", local.replace("Fira Code", "DejaVu Sans Mono"), flags=re.MULTILINE)


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)} drawn")
