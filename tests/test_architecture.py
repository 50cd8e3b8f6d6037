"""The house stays as it was built: packages import only from those before them in the flow, heavy libraries stay put."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "reportgen"

ALWAYS = {"collecting", "guarded", "learned", "marking", "memory", "resources"}
ALLOWED: dict[str, set[str]] = {
    "collecting": set(),
    "guarded": set(),
    "marking": set(),
    "learned": set(),
    "memory": set(),
    "resources": set(),
    "diagnostics": set(),
    "languages": {"diagnostics"},
    "catalogue": {"diagnostics", "languages"},
    "submission": {"diagnostics", "languages", "catalogue"},
    "coalition": {"diagnostics", "languages", "submission"},
    "publication": {"diagnostics", "languages", "catalogue", "submission"},
    "protection": {"diagnostics", "languages", "catalogue", "submission", "publication"},
    "bundle": {"diagnostics", "languages", "catalogue", "submission", "coalition", "publication"},
    "theme": {"diagnostics", "languages", "submission"},
    "document": {"diagnostics", "languages", "catalogue", "submission", "publication", "theme"},
    "writers": {"diagnostics", "languages", "catalogue", "submission", "document", "theme"},
    "press": {"diagnostics", "languages", "catalogue", "submission", "publication", "theme", "document", "writers"},
    "endorsement": {"diagnostics", "languages", "catalogue", "submission", "coalition", "publication"},
    "order": {"publication"},
    "searched": {"protection", "press"},
    "pipeline": {
        "order",
        "searched",
        "diagnostics",
        "languages",
        "catalogue",
        "submission",
        "coalition",
        "publication",
        "protection",
        "endorsement",
        "theme",
        "press",
    },
    "outcome": {"diagnostics", "press", "order", "searched", "submission", "pipeline"},
    "overview": {
        "diagnostics",
        "languages",
        "catalogue",
        "submission",
        "coalition",
        "publication",
        "endorsement",
        "pipeline",
    },
    "preview": {
        "overview",
        "diagnostics",
        "languages",
        "catalogue",
        "submission",
        "coalition",
        "publication",
        "protection",
        "document",
        "theme",
        "endorsement",
        "writers",
        "press",
        "order",
        "pipeline",
    },
    "cli": {
        "diagnostics",
        "languages",
        "catalogue",
        "submission",
        "coalition",
        "publication",
        "bundle",
        "protection",
        "theme",
        "endorsement",
        "writers",
        "press",
        "order",
        "pipeline",
        "outcome",
        "overview",
        "preview",
    },
}
"""What each package may import, besides itself: the flow of the pipeline, one direction."""
ONLY_HERE = {
    "weasyprint": {
        "writers/pdf.py",
        "writers/glyphs.py",
        "writers/lines.py",
        "writers/mends.py",
        "writers/styles.py",
        "writers/tagging.py",
        "writers/thrift.py",
        "writers/quire.py",
        "writers/embed.py",
    },
    "markdown": {"document/markdown_reader.py", "document/markdown_inlines.py"},
    "nh3": {"document/markdown_reader.py"},
    "PIL": {"submission/images.py"},
    "pyrage": {"bundle/seal.py"},
    "pikepdf": {
        "protection/pdf_leaves.py",
        "protection/scan_pages.py",
        "protection/scan_pdf.py",
        "protection/scan_tags.py",
    },
    "starlette": {"preview/guard.py", "preview/server.py", "preview/wire.py"},
    "uvicorn": {"preview/server.py"},
    "watchfiles": {"preview/watch.py"},
}
"""Libraries that one module keeps behind it."""
SPEAKERS = {"cli"}
"""Packages that may print."""


def imports(source: str) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def violations(package: Path) -> list[str]:
    """Return every breach of the rules in ``package``."""
    found = []
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package).as_posix()
        room = place.split("/")[0].removesuffix(".py")
        source = path.read_text("utf-8")
        for name in imports(source):
            library = name.split(".")[0]
            if library in ONLY_HERE and place not in ONLY_HERE[library]:
                found.append(f"{place} imports {library}")
            if not name.startswith("reportgen."):
                continue
            target = name.split(".")[1]
            if room in ALLOWED and target not in ALLOWED[room] | ALWAYS | {room}:
                found.append(f"{place} imports {name}")
        if room not in SPEAKERS and any(
            isinstance(node, ast.Name) and node.id in {"print", "exit"} for node in ast.walk(ast.parse(source))
        ):
            found.append(f"{place} prints")
    return found


def test_every_room_has_a_rule() -> None:
    """A new package can't slip past the rules."""
    rooms = {
        path.name.removesuffix(".py")
        for path in PACKAGE.iterdir()
        if path.suffix in {"", ".py"} and not path.name.startswith("__")
    }
    assert rooms == set(ALLOWED)


def test_nothing_imports_against_the_flow() -> None:
    """The pipeline has one direction."""
    assert violations(PACKAGE) == []


@pytest.mark.parametrize(
    ("place", "line", "breach"),
    [
        (
            "submission/model.py",
            "from reportgen.document.model import Document",
            "submission/model.py imports reportgen.document.model",
        ),
        ("cli/check.py", "import weasyprint", "cli/check.py imports weasyprint"),
        ("document/setter.py", "print('here')", "document/setter.py prints"),
    ],
)
def test_a_planted_violation_is_seen(tmp_path: Path, place: str, line: str, breach: str) -> None:
    """The guard itself can fail."""
    planted = tmp_path / "reportgen" / place
    planted.parent.mkdir(parents=True)
    planted.write_text(f"def stage() -> None:\n    {line}\n")
    assert violations(tmp_path / "reportgen") == [breach]
