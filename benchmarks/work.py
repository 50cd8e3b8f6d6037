"""What runs in the processes that are measured: one report after another, or one and no more.

    python -m benchmarks.work NAME [INPUT OUTPUT]

Without files it lives: for each line with an input and an output, divided by a tab, it makes a file and answers. Each
program keeps between two reports what it keeps by itself. Nothing is imported here that the program does not need.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

Work = Callable[[Path, Path], object]
FONTS = Path(__file__).resolve().parent.parent / "templates" / "fonts"


def ours() -> Work:
    """Return what builds a report as the preview does: a press that waits, and what was set before."""
    from reportgen.order import Order
    from reportgen.pipeline import build
    from reportgen.press.run import Press

    press = Press(lasting=True)
    order = Order(languages=("en",), formats=("pdf",), kept=True)

    def make(source: Path, target: Path) -> None:
        (data,) = build(source, order, press=press).files.values()
        target.write_bytes(data)

    return make


def weasyprint() -> Work:
    """Return what makes a tagged PDF of our page by WeasyPrint as it comes."""
    from weasyprint import HTML

    return lambda source, target: HTML(source).write_pdf(target, pdf_variant="pdf/ua-1")


def typst() -> Work:
    """Return what compiles with Typst, tagged; the same file is written anew, so that it finds what it knows."""
    from typst import Compiler

    made: dict[Path, Compiler] = {}

    def make(source: Path, target: Path) -> None:
        living = target.with_suffix(".typ")
        shutil.copy(source, living)
        if living not in made:
            made[living] = Compiler(str(living), font_paths=[str(FONTS)], ignore_system_fonts=True)
        made[living].compile(output=str(target), pdf_standards=["ua-1"])

    return make


def tagpdf() -> Work:
    """Return what makes a tagged PDF with pandoc and LaTeX: in two runs, the fewest that notes and contents need.

    What LaTeX of 2022 can tag are paragraphs (headings are some), notes and links. It stumbles over tables of several pages
    and goes on.
    """
    from benchmarks.peers import pandoc_to_latex

    def make(source: Path, target: Path) -> None:
        with TemporaryDirectory() as folder:
            home = Path(folder)
            template = home / "template.latex"
            usual = subprocess.run(["pandoc", "-D", "latex"], capture_output=True, check=True, text=True).stdout
            template.write_text(f"\\DocumentMetadata{{pdfversion=1.7,lang=en-GB,testphase=phase-II}}\n{usual}", "utf-8")
            subprocess.run(pandoc_to_latex(source, home / "report.tex", template), check=True, capture_output=True)
            for _ in range(2):
                command = ["pdflatex", "-interaction=nonstopmode", "report.tex"]
                subprocess.run(command, cwd=home, check=False, capture_output=True)
            shutil.move(home / "report.pdf", target)

    return make


def chromium() -> Work:
    """Return what prints our page with Chromium, tagged."""
    return _printer("true")


def paged() -> Work:
    """Return what prints our page with Chromium and paged.js, tagged, when all pages are made."""
    return _printer("window.pagesReady === true")


def _printer(ready: str) -> Work:
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--allow-file-access-from-files"]
    browser = sync_playwright().start().chromium.launch(executable_path=shutil.which("chromium"), args=arguments)

    def make(source: Path, target: Path) -> None:
        page = browser.new_page()
        page.set_default_timeout(0)
        page.goto(source.resolve().as_uri())
        page.wait_for_function(ready)
        page.pdf(path=target, prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
        page.close()

    return make


MAKERS: dict[str, Callable[[], Work]] = {
    "ours": ours,
    "weasyprint": weasyprint,
    "typst": typst,
    "tagpdf": tagpdf,
    "chromium": chromium,
    "paged": paged,
}


def main() -> None:
    """Make one report, or one for each line."""
    name, *files = sys.argv[1:]
    make = MAKERS[name]()
    if files:
        make(*map(Path, files))
        return
    for line in sys.stdin:
        make(*map(Path, line.rstrip("\n").split("\t")))
        print("made", flush=True)


if __name__ == "__main__":
    main()
