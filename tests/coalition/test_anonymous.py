"""A member that is not to be named: whatever it is called, readers get the same bytes.

If a name, an identifier or the name of a file changed anything in what is made, it could be learned from it: the text, a
bookmark, an address, an order, a size. So two coalitions are built that differ in nothing else.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from reportgen.cli.merge import PAGE
from reportgen.order import Order
from reportgen.pipeline import build, check
from reportgen.publication.audience import Audience
from tests.cli.test_commands import run
from tests.coalition.coalitions import Tree, as_yaml, frame_tree, member_tree

VICTIMS = "Victims are punished for what they were made to do: in 14 of 52 files we read they had first been fined"
FIRST, LAST = ("aardvark", "Quelea"), ("zyzzyva", "Numbat")


def both(text: str) -> Tree:
    return {"en": text, "fr": f"FR {text}"}


def said(name: str, source: str = "s1") -> Tree:
    """What each member answers: something of everything, in words of its own or in those of all."""
    return {
        "untoc-5": {
            "law": "partly",
            "practice": "poor" if name == "swr" else "none",
            "grounds": both(f"Grounds of {name}."),
            "questions": {
                "untoc-5.model": {"answer": both(f"Yes. {name} saw it [@{source}]."), "sources": [source]},
                "untoc-5.roles": {"answer": both("The same words.")},
            },
            "findings": [
                {"kind": "case", "text": both(f"Case of {name} [@{source}, p. 3]."), "sources": [source]},
                {"kind": "deficiency", "text": both("Known to all."), "sources": [source]},
                {"kind": "deficiency", "text": both(f"{VICTIMS} {len(name)} times."), "sources": [source]},
            ],
            "recommendations": [
                {"text": both(f"Mend what {name} saw."), "priority": "high", "addressee": both("Parliament")}
            ],
        }
    }


def told(name: str, source: str = "s1", statistic: str = "n") -> Tree:
    """A submission whose sources and statistics are called as those of the others."""
    return {
        "answers": said(name, source),
        "sources": {
            source: {
                "kind": "other",
                "title": both(f"Record of {name}"),
                "level": "members",
                "described_as": both("A record"),
            },
            f"{source}b": {"kind": "legislation", "title": both("Penal Code"), "date": "2019"},
        },
        "statistics": {
            statistic: {
                "title": both("Convictions"),
                "unit": both(f"persons of {name}"),
                "definition": both("Final ones."),
                "articles": ["untoc-5"],
                "sources": [source, f"{source}b"],
                "values": {2021: 40, 2022: 60},
            }
        },
        "technical_assistance": [{"need": both(f"Training for {name}"), "articles": ["untoc-5"]}],
    }


def coalition(folder: Path, file: str, name: str) -> Path:
    """Write a coalition in which the third member is ``name``, its folder and all its identifiers are called after ``file``."""
    hidden = folder / "members" / file
    (hidden / file).mkdir(parents=True)
    picture = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(picture, "PNG")
    (hidden / file / f"{file}.png").write_bytes(picture.getvalue())
    third = told("one of us", f"{file}-s", f"{file}-n")
    third["answers"]["untoc-5"]["state_position"] = both(f"![A map]({file}/{file}.png)\n\nAs drawn.")
    organisation = {
        "name": both(f"{name} House"),
        "acronym": f"{name[:2].upper()}H",
        "named": False,
        "described_as": both("a member organization"),
        "contact": f"{file}@{file}.example",
        "website": f"https://{file}.example/{name}",
        "mandate": both(f"The {name} mandate"),
        "founded": len(file) + 1980,
    }
    report = {"title": f"Report of {name}", "contact": f"{name}@{file}.example", "context": both("Words of our own.")}
    (hidden / "report.yaml").write_text(
        as_yaml(member_tree("x", **third, organisations={file: organisation}, report=report)), "utf-8"
    )
    for other in ("cij", "swr"):
        tree = member_tree(other, **told(other))
        tree["organisations"]["org"]["name"] = both(f"Organisation {other}")
        (folder / "members" / f"{other}.yaml").write_text(as_yaml(tree), "utf-8")
    members = ["members/cij.yaml", "members/swr.yaml", f"members/{file}"]
    (folder / "coalition.yaml").write_text(as_yaml({**frame_tree([]), "members": members}), "utf-8")
    return folder


@pytest.mark.parametrize(("audience", "formats"), [(Audience.PUBLIC, ("html", "pdf")), (Audience.MEMBERS, ("html",))])
def test_readers_get_the_same_whatever_it_is_called(
    tmp_path: Path, audience: Audience, formats: tuple[str, ...]
) -> None:
    """Every file in both languages, byte for byte, with an open conflict, marks, tables, sources, a picture and a chart."""
    order = Order(languages=("en", "fr"), formats=formats, audience=audience)
    one, other = (build(coalition(tmp_path / file, file, name), order) for file, name in (FIRST, LAST))
    assert len(one.files) == 2 * len(formats), [item.code for item in one.found]
    for name, data in one.files.items():
        assert b"one of us" in data or name.endswith(".pdf"), "it is heard"
        assert other.files[name] == data, name


def test_no_message_says_its_name(tmp_path: Path) -> None:
    """What the commands print calls it by its file, which the coordinator chose, and never by its name."""
    file, name = FIRST
    folder = coalition(tmp_path, file, name)
    for command in ("check", "merge", "status", "build"):
        more = ["-o", str(tmp_path / "out"), "--format", "html"] if command == "build" else []
        done = run(command, folder, *more)
        assert not re.search(name, done.stdout + done.stderr, re.IGNORECASE), command
    assert name not in (folder / "merged" / PAGE).read_text("utf-8")
    assert "RG316" not in {item.code for item in check(folder).found}
