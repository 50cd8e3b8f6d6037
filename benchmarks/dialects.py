"""Two languages of markup: what Typst reads, and what pandoc reads on its way to LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from benchmarks.markup import SPACE, Markup, Rows, indented

_TYPST: Final = """
#set text(font: "Noto Serif", size: 9.2pt, lang: "en")
#set page(paper: "a4", margin: (top: 25mm, right: 23mm, bottom: 22mm, left: 35mm),
  header: context {
    set text(font: "Noto Sans", size: 7.4pt)
    let chapters = query(selector(heading.where(level: 1)).before(here()))
    running; h(1fr); if chapters.len() > 0 { chapters.last().body }
  },
  footer: context { h(1fr); text(font: "Noto Sans", size: 8.4pt, counter(page).display()) })
#set par(leading: 7.2pt, spacing: 13.4pt)
#set heading(numbering: none)
#set smartquote(enabled: false)
#set table(stroke: none, inset: 3pt)
#show table: set text(size: 8.2pt)
#show heading: set text(font: "Noto Sans", weight: 600)
#show heading: set block(above: 16pt, below: 8pt)
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 2): set text(size: 12.4pt)
#show heading.where(level: 3): set text(size: 9.2pt)
#show footnote.entry: set text(font: "Noto Sans", size: 7.4pt)
#set footnote.entry(gap: 4pt)"""


class Typst(Markup):
    """What Typst reads."""

    special = re.compile(r"[\\#$*_`@<>\[\]~/=+\-]")
    numbered = "+"

    def head(self, title: str, running: str) -> str:
        """Return the settings: paper, fonts and running heads as ours."""
        return f"#set document(title: [{title}])\n#let running = [{running}]\n{_TYPST}"

    def emphasis(self, inside: str) -> str:
        """Return emphasis."""
        return f"#emph[{inside}]"

    def strong(self, inside: str) -> str:
        """Return strong emphasis."""
        return f"#strong[{inside}]"

    def link(self, target: str, inside: str) -> str:
        """Return a link."""
        to = f"<{target[1:]}>" if target.startswith("#") else f'"{target}"'
        return f"#link({to})[{inside}]"

    def note(self, inside: str) -> str:
        """Return a footnote."""
        return f"#footnote[{inside}]"

    def page_of(self, name: str) -> str:
        """Return the number of the page where something is."""
        return f"#context counter(page).at(<{name}>).first()"

    def anchor(self, name: str) -> str:
        """Return a place that can be linked to."""
        return f"#metadata(none)<{name}>"

    def line_break(self) -> str:
        """Return the end of a line."""
        return "#linebreak()"

    def heading(self, level: int, inside: str, name: str) -> str:
        """Return a heading."""
        return f"{'=' * level} {inside}" + (f" <{name}>" if name else "")

    def terms(self, entries: Sequence[tuple[str, str]]) -> str:
        """Return terms."""
        return f"#terms({', '.join(f'([{term}], [{said}])' for term, said in entries)})"

    def quotation(self, inside: str) -> str:
        """Return a quotation."""
        return f"#quote(block: true)[\n{inside}\n]"

    def table(self, caption: str, head: Rows, body: Rows) -> str:
        """Return a table with its title above it."""
        width = max(sum(wide for _, wide in row) for row in (*head, *body))
        cells = [f"table.header({self._cells(row)})" for row in head] + [self._cells(row) for row in body]
        above = f"#block(sticky: true)[#strong[{caption}]]\n" if caption else ""
        return above + f"#table(columns: {width},\n" + ",\n".join(cells) + ")"

    def contents(self) -> str:
        """Return the contents."""
        return "#outline(title: none, depth: 1)"

    def new_page(self) -> str:
        """Return the beginning of a page."""
        return "#pagebreak(weak: true)"

    def _cells(self, row: Sequence[tuple[str, int]]) -> str:
        return ", ".join(f"table.cell(colspan: {wide})[{cell}]" if wide > 1 else f"[{cell}]" for cell, wide in row)


class Markdown(Markup):
    """What pandoc reads, on its way to LaTeX."""

    special = re.compile(r"""[\\`*_{}\[\]<>#|~$^@"'!:+\-=]""")

    def head(self, title: str, running: str) -> str:
        """Return the metadata."""
        above = f"`\\fancyhead[L]{{\\footnotesize{{}}`{{=latex}}{running}`}}`{{=latex}}"
        return f"---\ntitle-meta: |\n  {title}\n---\n\n{above}"

    def emphasis(self, inside: str) -> str:
        """Return emphasis."""
        return f"*{inside}*"

    def strong(self, inside: str) -> str:
        """Return strong emphasis."""
        return f"**{inside}**"

    def link(self, target: str, inside: str) -> str:
        """Return a link."""
        return f"[{inside}]({target})"

    def note(self, inside: str) -> str:
        """Return a footnote."""
        return f"^[{inside}]"

    def page_of(self, name: str) -> str:
        """Return the number of the page where something is."""
        return f"`\\pageref{{{name}}}`{{=latex}}"

    def anchor(self, name: str) -> str:
        """Return a place that can be linked to."""
        return f"[]{{#{name}}}"

    def line_break(self) -> str:
        """Return the end of a line; in a table there is none."""
        return " "

    def heading(self, level: int, inside: str, name: str) -> str:
        """Return a heading."""
        return f"{'#' * level} {inside}" + (f" {{#{name}}}" if name else " {-}")

    def terms(self, entries: Sequence[tuple[str, str]]) -> str:
        """Return terms."""
        return "\n\n".join(f"{term}\n:   {indented(said, 4)}" for term, said in entries)

    def quotation(self, inside: str) -> str:
        """Return a quotation."""
        return "\n".join(f"> {line}" for line in inside.split("\n"))

    def table(self, caption: str, head: Rows, body: Rows) -> str:
        """Return a table; a cell over several columns leaves the others empty."""
        rows = [[cell for cell, wide in row for cell in (cell, *[""] * (wide - 1))] for row in (*head, *body)]
        width = max(map(len, rows))
        lengths = [max(len(_plain(row[at])) for row in rows if at < len(row)) for at in range(width)]
        share = max(sum(lengths), 1)
        rule = "|".join("-" * max(3, round(100 * length / share)) for length in lengths)
        lines = ["| " + " | ".join(SPACE.sub(" ", cell).strip() for cell in row) + " |" for row in rows]
        lines = lines if head else ["| " * width + "|", *lines]
        below = f"\n\n: {caption}" if caption else ""
        return "\n".join([lines[0], f"|{rule}|", *lines[1:]]) + below

    def contents(self) -> str:
        """Return the contents."""
        return "```{=latex}\n\\setcounter{tocdepth}{1}\n\\makeatletter\\@starttoc{toc}\\makeatother\n```"

    def new_page(self) -> str:
        """Return the beginning of a page."""
        return "```{=latex}\n\\clearpage\n```"


def _plain(cell: str) -> str:
    """Return about what is seen of a cell."""
    return re.sub(r"\]\([^)]*\)|`[^`]*`(\{[^}]*\})?", "", cell)
