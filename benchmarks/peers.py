"""The peers: where they are, what they are given, how they are run, and whether what they made is the report.

None of them is needed by the program; who has one gets its figures. Everybody is given the same words from the same page
(``markup.py``), on the same paper, in type of about the same size and spacing, so that the pages are about as many. All
make tagged files; LaTeX also makes them as it usually does, without. Chromium and WeasyPrint are given our page with its
style sheet; without paged.js Chromium makes no footnotes, running heads or page references, which is less work.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from benchmarks.dialects import Markdown, Typst
from benchmarks.markup import rewritten
from benchmarks.measure import ROOT
from reportgen.document.model import Document
from reportgen.writers.html import render_html
from reportgen.writers.pdf import with_faces

PAGED: Final = ROOT / "output" / "node_modules" / "pagedjs"
_READY: Final = "<script>window.PagedConfig = {after: () => { window.pagesReady = true; }};</script>"
_PAPER: Final = (
    "-f", "markdown-smart-superscript-auto_identifiers", "-V", "documentclass=extarticle", "-V", "fontsize=9pt",
    "-V", "papersize=a4", "-V", "geometry:top=25mm,right=23mm,bottom=22mm,left=35mm", "-V", "lang=en-GB",
)  # fmt: skip
_LINES: Final = ("-V", "linestretch=1.31")
_FACES: Final = (
    "Extension=.ttf,UprightFont=*-Regular,ItalicFont=*-Italic,BoldFont=*-SemiBold,BoldItalicFont=*-SemiBoldItalic"
)
_HEAD: Final = r"""
\ifdefined\DeclareUnicodeCharacter\DeclareUnicodeCharacter{2002}{\enspace}\fi
\usepackage{fancyhdr}
\pagestyle{fancy}\fancyhf{}\renewcommand{\headrulewidth}{0pt}\setlength{\headheight}{14pt}
\fancyhead[R]{\footnotesize\nouppercase{\leftmark}}\fancyfoot[R]{\footnotesize\thepage}
\raggedright\hyphenpenalty=10000\exhyphenpenalty=10000
"""


@dataclass(frozen=True)
class Inputs:
    """One version of a report as files, by their endings: ``html``, ``paged.html``, ``typ``, ``md``."""

    stem: Path

    def __getitem__(self, ending: str) -> Path:
        return self.stem.with_name(f"{self.stem.name}.{ending}")


@dataclass(frozen=True)
class Peer:
    """Somebody else who makes PDF.

    Attributes:
        key: What ``--only`` and the plot call it.
        name: What the table calls it.
        input: The ending of what it reads.
        how: How to get it.
        found: Tells what it is and its version, or nothing where it is missing.
        command: What makes a PDF of a file in a new process.
        living: Whether it can stay and make another.
        tagged: Whether its file must be tagged.
        whole: Whether it makes footnotes and page numbers; one that does not is no measure.
    """

    key: str
    name: str
    input: str
    how: str
    found: Callable[[], str]
    command: Callable[[Path, Path], Sequence[str]]
    living: bool = True
    tagged: bool = True
    whole: bool = True


def prepared(document: Document, stem: Path) -> Inputs:
    """Write a report for all peers.

    Args:
        document: It.
        stem: Where to write, without an ending.
    """
    inputs = Inputs(stem)
    page = render_html(document, "print")
    inputs["typ"].write_text(rewritten(page, Typst()), "utf-8")
    inputs["md"].write_text(rewritten(page, Markdown()), "utf-8")
    stem.with_name("head.tex").write_text(_HEAD, "utf-8")
    stem.with_name("tagged.tex").write_text(f"{_HEAD}{_UNTAGGED_TABLES}\n", "utf-8")
    html = with_faces(page).replace("asset:fonts/", (ROOT / "templates" / "fonts").as_uri() + "/")
    inputs["html"].write_text(html, "utf-8")
    script = f'{_READY}<script src="{(PAGED / "dist" / "paged.polyfill.js").as_uri()}"></script></head>'
    inputs["paged.html"].write_text(html.replace("</head>", script, 1), "utf-8")
    return inputs


def own_work(name: str, *files: Path) -> list[str]:
    """Return the command for a part of ``work.py``."""
    return [sys.executable, "-m", "benchmarks.work", name, *map(str, files)]


def _python(name: str) -> Callable[[Path, Path], Sequence[str]]:
    return lambda source, target: own_work(name, source, target)


_TAGGING: Final = "tagpdf.sty"
"""Of the package that tags what LaTeX sets. Tables of several pages can't be among it (2022): it fails on these."""
_UNTAGGED_TABLES: Final = r"\usepackage{etoolbox}\AtBeginEnvironment{longtable}{\tagpdfparaOff}"


def pandoc_to_latex(source: Path, target: Path, template: Path) -> list[str]:
    """Return the command that writes Markdown as LaTeX that will be tagged.

    Args:
        source: The Markdown.
        target: The LaTeX.
        template: Pandoc’s template, with what has to stand before all else.
    """
    head = source.with_name("tagged.tex")
    return ["pandoc", str(source), "-o", str(target), "--template", str(template), "-H", str(head), *_PAPER, *_LINES]


def _pandoc(engine: str, *more: str) -> Callable[[Path, Path], Sequence[str]]:
    def command(source: Path, target: Path) -> list[str]:
        head = source.with_name("head.tex")
        return ["pandoc", str(source), "-o", str(target), f"--pdf-engine={engine}", "-H", str(head), *_PAPER, *more]

    return command


def _package(name: str) -> Callable[[], str]:
    def found() -> str:
        try:
            return f"{name} {version(name)}"
        except PackageNotFoundError:
            return ""

    return found


def _programs(*names: str) -> Callable[[], str]:
    def found() -> str:
        if not all(map(shutil.which, names)):
            return ""
        return ", ".join(f"{name} {_version(name)}" for name in names)

    return found


@cache
def _version(program: str) -> str:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"TeX Live \d+", told) or re.search(r"\d+(\.\d+)+", told)
    return number.group() if number else ""


def _tagging() -> str:
    programs = _programs("pandoc", "pdflatex", "kpsewhich")() and _programs("pandoc", "pdflatex")()
    known = programs and subprocess.run(["kpsewhich", _TAGGING], capture_output=True, check=False).returncode == 0
    return programs if known else ""


def _browser() -> str:
    driver, browser = _package("playwright")(), _programs("chromium")()
    return f"{browser}, {driver}" if browser and driver else ""


def _paged() -> str:
    told = PAGED / "package.json"
    if not (told.is_file() and _browser()):
        return ""
    return f"{_browser()}, paged.js {json.loads(told.read_text('utf-8'))['version']}"


_TEX: Final = "pandoc, texlive-latex-recommended, texlive-fonts-recommended and lmodern of the system"
PEERS: Final = (
    Peer(
        "weasyprint", "WeasyPrint, pdf/ua-1", "html", "the program’s own",
        _package("weasyprint"), _python("weasyprint"),
    ),
    Peer(
        "typst", "Typst, ua-1", "typ", "pip install --group bench",
        _package("typst"), _python("typst"),
    ),
    Peer(
        "pdflatex", "pandoc → pdfLaTeX, untagged", "md", _TEX,
        _programs("pandoc", "pdflatex"), _pandoc("pdflatex", *_LINES), living=False, tagged=False,
    ),
    Peer(
        "tagpdf", "pandoc → pdfLaTeX, tagged", "md", f"{_TEX}, texlive-latex-extra",
        _tagging, _python("tagpdf"), living=False,
    ),
    Peer(
        "lualatex", "pandoc → LuaLaTeX, untagged", "md", f"{_TEX}, texlive-luatex",
        _programs("pandoc", "lualatex"),
        _pandoc(
            "lualatex", "-V", "mainfont=NotoSerif", "-V", "linestretch=1.02", "-V",
            f"mainfontoptions:Path={ROOT / 'templates' / 'fonts'}/,{_FACES}",
        ),
        living=False, tagged=False,
    ),
    Peer(
        "paged", "Chromium + paged.js", "paged.html",
        "chromium of the system; npm install --no-save --prefix output pagedjs",
        _paged, _python("paged"),
    ),
    Peer(
        "chromium", "Chromium alone (no footnotes)", "html", "chromium of the system",
        _browser, _python("chromium"), whole=False,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What a file was found to be."""

    pages: int
    size: int
    tagged: bool


def judged(path: Path, page: str, *, tagged: bool) -> Made:
    """Look at a file, so that nobody wins by leaving out.

    Args:
        path: The PDF.
        page: Our page for paper, whose paragraphs, notes and cells must be in it.
        tagged: Whether it must be tagged.

    Raises:
        AssertionError: Words are missing, or the tags.
    """
    import pikepdf

    with pikepdf.open(path) as pdf:
        has_tags = "/StructTreeRoot" in pdf.Root and "/Marked" in pdf.Root.get("/MarkInfo", pikepdf.Dictionary())
        pages = len(pdf.pages)
    said = _letters(words_of(path))
    asked = [_letters(words) for words in sample_of(page)]
    missing = [words for words in asked if words not in said]
    assert len(missing) <= len(asked) // 20, f"{path.name} lacks {len(missing)} of {len(asked)}: {missing[:3]}"
    assert has_tags or not tagged, f"{path.name} is not tagged"
    return Made(pages, path.stat().st_size, has_tags)


def words_of(path: Path) -> str:
    """Return the words of a PDF, with single spaces."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def sample_of(page: str) -> list[str]:
    """Return the first words of every fifth paragraph, note and cell of a page; few, since cells have short lines."""
    patterns = (
        r"</span> ([A-Z][^<]{30,})",
        r'class="back"[^>]*>\d+</a> ([^<]{12,})',
        r"<td[^>]*>(?:<span>)?([^<]{6,})",
    )
    found = [words for pattern in patterns for words in re.findall(pattern, page)[::5]]
    return [" ".join(words.split()[:3]) for words in found]


def _letters(text: str) -> str:
    """Keep letters and figures: lines, hyphens and ligatures differ."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
