"""What the renderer asks for and hardly ever needs is not imported, and there when it is needed."""

from __future__ import annotations

import subprocess
import sys

from reportgen.resources import resource

ASKED = """
import sys
from reportgen.writers.pdf import import_weasyprint
import_weasyprint()
from weasyprint.pdf import fonts
print("fontTools.subset" in sys.modules, "fontTools.varLib.instancer" in sys.modules)
print(type(fonts.subset.Options(hinting=False)).__module__, "fontTools.subset" in sys.modules)
try:
    fonts.instantiateVariableFont(fonts.TTFont(), {})
except Exception as error:
    print(type(error).__name__, "fontTools.varLib.instancer" in sys.modules)
"""


def test_a_module_is_imported_when_something_of_it_is_called() -> None:
    """In a process of its own; a font without a table of axes is none that varies."""
    root = resource("templates").parent
    run = subprocess.run([sys.executable, "-c", ASKED], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["False False", "fontTools.subset True", "ValueError True"]
