"""Every promise of SECURITY.md names a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def promised() -> list[tuple[str, str]]:
    """Return file and function of every test that the page names."""
    return _NAMED.findall((ROOT / "SECURITY.md").read_text("utf-8"))


def functions(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_exists() -> None:
    """And there are as many promises as a page for people at risk needs."""
    named = promised()
    assert len(named) > 20
    for file, name in named:
        assert (ROOT / file).is_file(), file
        assert not name or name in functions(ROOT / file), f"{file}::{name}"


def test_every_promise_names_a_test() -> None:
    """A line of the table without one is a wish."""
    table = (ROOT / "SECURITY.md").read_text("utf-8").split("## What we promise")[1].split("## What we do not")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ") and not line.startswith(("| Promise", "|--"))]
    assert len(rows) > 12
    assert [row for row in rows if not _NAMED.search(row)] == []
