"""A report of so many pages, made up of the sample's own sentences, and the same report after an edit in one answer.

No paragraph is twice in it: each is another choice of sentences, with their citations, so that nobody, ourselves
included, profits from text that comes again. Longer reports have more articles, then more and longer answers and more
findings; one block in seven is a list, one in eleven a table. Charts are left out, because not every peer takes SVG.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from benchmarks.measure import ROOT
from reportgen.catalogue import load_catalogue
from reportgen.document.compose import compose
from reportgen.document.model import Document
from reportgen.pipeline import has_errors, judged, published, read
from reportgen.publication.audience import Audience
from reportgen.publication.localise import localise
from reportgen.theme.read import theme_of

SAMPLE: Final = ROOT / "sample_inputs" / "solo"
_WORDS_A_PAGE: Final = 545
_BESIDE: Final = {True: (8.0, 2.0), False: (10.3, 4.2)}
"""Pages beside the answers, of a short report and of a whole one: in front and at the end, and of each article."""
_PAGES_AN_ARTICLE: Final = 8
_SHORT: Final = 40
_LONG_PARTS: Final = ("process", "context", "cross_cutting", "recent_developments")
_SENTENCE: Final = re.compile(r"(?<=[a-z\])]\.) +(?=[A-Z])")
_CITED: Final = re.compile(r"@(\w+)")
_ROUND: Final = re.compile(r"This reply was looked at in round \d+ of the editing(, and again)*")
_SHARE: Final = {"grounds": 0.06, "answers": 0.52, "findings": 0.42}
_FINDING: Final = 95


def write(folder: Path, pages: int) -> Path:
    """Write a report of about so many pages into a new folder and return it."""
    parts = {path.stem: _english(_load(path)) for path in sorted(SAMPLE.glob("*.yaml"))}
    answers = {path.stem: _english(_load(path))["answers"] for path in _in_order()}
    short = pages < _SHORT
    chosen = list(answers)[: max(pages // _PAGES_AN_ARTICLE, 1)]
    report = {**parts["report"], "state": _load(SAMPLE / "report.yaml")["state"]}
    head = report["report"]
    head["languages"] = ["en"]
    if short:
        head = {key: value for key, value in head.items() if key not in _LONG_PARTS}
        head |= {key: head[key].split("\n\n")[0] for key in ("summary", "methodology")}
        del report["technical_assistance"], report["acronyms"]
    head["scope"] = [key for stem in chosen for key in answers[stem]]
    report["report"] = head
    front, opening = _BESIDE[short]
    words = max(pages - front - opening * len(chosen), 1) * _WORDS_A_PAGE
    text = _Text([sentence for stem in chosen for sentence in _sentences(answers[stem])])
    for stem in chosen:
        for assessment in answers[stem].values():
            _fill(assessment, text, words / len(chosen))
    first = next(iter(answers[chosen[len(chosen) // 2]].values()))["questions"]
    question = next(iter(first.values()))
    question["answer"] = f"{wording(0)}. {question['answer']}"
    (folder / "answers").mkdir(parents=True)
    for stem in chosen:
        _dump(folder / "answers" / f"{stem}.yaml", {"answers": answers[stem]})
    cited = set(_CITED.findall(str((report, [answers[stem] for stem in chosen]))))
    cited |= {key for stem in chosen for one in answers[stem].values() for key in _listed(one)}
    sources = {key: source for key, source in parts["sources"]["sources"].items() if key in cited}
    _dump(folder / "sources.yaml", {"sources": sources})
    _dump(folder / "report.yaml", report)
    return folder


def wording(number: int) -> str:
    """Return words that stand in a report after an edit, and never before."""
    return f"This reply was looked at in round {number} of the editing"


def edit(folder: Path, number: int) -> None:
    """Change one answer in the middle of a report; each number makes other words, and other lines."""
    for path in sorted((folder / "answers").glob("*.yaml")):
        text = path.read_text("utf-8")
        made = _ROUND.sub(wording(number) + ", and again" * (number % 8), text)
        if made != text:
            path.write_text(made, "utf-8")
            return
    raise AssertionError("nothing was edited")


def document(folder: Path) -> Document:
    """Return what is set of a report, in English, for the public."""
    whole = read(folder)
    checked = judged(whole, theme_of(folder))
    submission = checked.reading.submission
    assert submission
    assert not has_errors(checked.found), [item for item in checked.found if item.code][:3]
    report = published(submission, whole.reading.folder, whole.joint, Audience.PUBLIC)
    return compose(localise(report, "en"), load_catalogue(), "en", final=False)


class _Text:
    """Made-up paragraphs, lists and tables, never the same."""

    def __init__(self, sentences: list[str]) -> None:
        self._sentences, self._chance, self._count = sentences, random.Random(7), 0

    def sentences(self, words: float) -> str:
        """Return a paragraph of at least so many words."""
        chosen: list[str] = []
        while sum(map(_length, chosen)) < words:
            chosen.append(self._chance.choice(self._sentences))
        return " ".join(chosen)

    def blocks(self, words: float) -> str:
        """Return Markdown of at least so many words."""
        made: list[str] = []
        while not made or sum(map(_length, made)) < words:
            self._count += 1
            if self._count % 11 == 0:
                made.append(self._table())
            elif self._count % 7 == 0:
                items = (self.sentences(10).strip() for _ in range(3))
                made.append(self.sentences(10) + "\n\n" + "\n".join(f"- {item}" for item in items))
            else:
                made.append(self.sentences(self._chance.randrange(45, 90)))
        return "\n\n".join(made)

    def _table(self) -> str:
        years = "| Year | Opened | Charged | Convicted |\n|---|---:|---:|---:|\n"
        rows = "\n".join(
            f"| {year} | " + " | ".join(str(self._chance.randrange(5, 900)) for _ in range(3)) + " |"
            for year in range(2019, 2024)
        )
        return f"{self.sentences(8)}\n\n{years}{rows}"


def _fill(assessment: dict[str, Any], text: _Text, words: float) -> None:
    """Give an assessment so many words in place of its own; what is rated, asked and recommended stays."""
    assessment.pop("not_applicable", None)
    assessment["grounds"] = text.sentences(min(_SHARE["grounds"] * words, 300))
    questions = assessment["questions"]
    for question in questions.values():
        question.pop("no_information", None)
        question.pop("not_applicable", None)
        question["answer"] = text.blocks(_SHARE["answers"] * words / len(questions))
    kinds = assessment["findings"]
    count = max(1, round(_SHARE["findings"] * words / _FINDING))
    assessment["findings"] = [{**kinds[at % len(kinds)], "text": text.sentences(_FINDING - 25)} for at in range(count)]


def _in_order() -> Iterator[Path]:
    """Go through the sample's answers as a report has them."""
    instruments = ("untoc", "tip", "som", "firearms")
    yield from (path for name in instruments for path in sorted((SAMPLE / "answers").glob(f"{name}-*.yaml")))


def _sentences(given: dict[str, Any]) -> Iterator[str]:
    """Return the sentences of answers and findings that can stand alone."""
    for assessment in given.values():
        texts = [question.get("answer", "") for question in assessment["questions"].values()]
        for text in (*texts, *(finding["text"] for finding in assessment["findings"])):
            for paragraph in str(text).split("\n\n"):
                if not re.match(r"[-|>#*\d]", paragraph):
                    for sentence in _SENTENCE.split(" ".join(paragraph.split())):
                        if 8 <= _length(sentence) <= 45 and _whole(sentence):
                            yield sentence


def _whole(sentence: str) -> bool:
    """Whether a sentence is one, and no reply of yes or no."""
    even = all(sentence.count(opening) == sentence.count(closing) for opening, closing in ("[]", "()", "“”"))
    return even and sentence.endswith(".") and "*" not in sentence and not re.match(r"(Yes|No)\b", sentence)


def _length(text: str) -> int:
    return len(re.sub(r"\[@[^]]*\]", "", text).split())


def _listed(assessment: dict[str, Any]) -> Iterator[str]:
    for part in (*assessment["questions"].values(), *assessment["findings"]):
        yield from part.get("sources", ())


def _english(value: Any) -> Any:
    """Keep of each pair of texts the English one."""
    if isinstance(value, dict):
        if "en" in value:
            return _english(value["en"])
        return {key: _english(one) for key, one in value.items()}
    return [_english(one) for one in value] if isinstance(value, list) else value


def _load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # every value is text, as the program has it


def _dump(path: Path, value: object) -> None:
    path.write_text(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and no references."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)
