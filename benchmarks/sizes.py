"""Reports of growing length by us and by the peers: from nothing, after one edit, living, with nothing changed.

Runs are taken in turn (A B A B …), so that a machine that slows down slows all. A living process makes the report once,
unmeasured, and then again after each edit. Peers that keep nothing between two processes start from nothing each time.
What we do includes reading, checking, redacting and searching the finished file; the peers begin with finished markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from benchmarks.measure import Failed, Living, Run, measure, middle, program
from benchmarks.peers import PEERS, Inputs, Made, Peer, judged, own_work, prepared, words_of
from benchmarks.reports import document, edit, wording, write
from reportgen.writers.html import render_html

Phase = Literal["cold", "edited", "living", "same"]
PHASES: Final[dict[Phase, str]] = {
    "cold": "From nothing",
    "edited": "One edit, new process",
    "living": "One edit, living process",
    "same": "Nothing changed, new process",
}
OURS: Final = "ours"
NAMES: Final = {OURS: "reportgen", **{peer.key: peer.name for peer in PEERS}}


LARGE: Final = 300
"""Pages from which on everything is run once, and nobody lives: it takes minutes."""


@dataclass
class Result:
    """What one program took for a report of one size.

    Attributes:
        pages: The pages asked for.
        key: Whose it is.
        made: What came of it.
        runs: By phase, what it took.
        fault: Why there is nothing more.
    """

    pages: int
    key: str
    made: Made | None = None
    runs: dict[Phase, list[Run]] = field(default_factory=dict)
    fault: str = ""

    def median(self, phase: Phase) -> Run | None:
        """Return the medians of a phase, if it was measured; who keeps nothing begins from nothing."""
        runs = self.runs.get(phase)
        if not runs and phase in ("edited", "same") and self.key != OURS:
            runs = self.runs.get("cold")
        return middle(runs) if runs else None

    def add(self, phase: Phase, run: Run) -> None:
        """Note a run."""
        self.runs.setdefault(phase, []).append(run)


class Size:
    """One report, for everybody, with its edits."""

    def __init__(self, folder: Path, pages: int, runs: int, patience: float) -> None:
        """Write it.

        Args:
            folder: Where; a new one.
            pages: About how many pages it has.
            runs: How often each is run, if the report is not large.
            patience: Seconds that anybody may take.
        """
        runs = 1 if pages > LARGE else runs
        self._folder, self._runs, self._patience = folder, runs, patience
        self.pages = pages
        self.report = write(folder / "report", pages)
        whole = document(self.report)
        self.page = render_html(whole, "print")
        self.versions: dict[int, Inputs] = {0: prepared(whole, folder / "v0")}
        self.later = range(runs + 1, 2 * runs + 1)
        """Edits for living processes: others than those that the store has seen."""

    def measured(self, peers: Sequence[Peer], ours: bool, tell: Callable[[str], None]) -> list[Result]:
        """Measure everybody.

        Args:
            peers: Those who are there.
            ours: Whether we are measured.
            tell: Told what is being done.
        """
        results = {key: Result(self.pages, key) for key in [*([OURS] if ours else []), *(peer.key for peer in peers)]}
        for number in range(1, self._runs + 1):
            for key, result in results.items():
                tell(f"{self.pages} pages, run {number}: {NAMES[key]}")
                peer = next((peer for peer in peers if peer.key == key), None)
                _guarded(result, lambda: self._new_processes(result, peer, number))  # noqa: B023 - called at once
        if self.pages > LARGE:
            return list(results.values())
        if any(peer.living for peer in peers):
            for number in self.later:
                edit(self.report, number)
                self.versions[number] = prepared(document(self.report), self._folder / f"v{number}")
        for key, result in results.items():
            peer = next((peer for peer in peers if peer.key == key), None)
            if not result.fault and (peer is None or peer.living):
                tell(f"{self.pages} pages, living: {NAMES[key]}")
                _guarded(result, lambda: self._living(result, peer))  # noqa: B023 - called at once
        return list(results.values())

    def _new_processes(self, result: Result, peer: Peer | None, number: int) -> None:
        if result.fault:
            return
        if peer:
            target = self._folder / f"{peer.key}.pdf"
            result.add("cold", measure(peer.command(self.versions[0][peer.input], target), self._patience))
            result.made = result.made or judged(target, self.page, tagged=peer.tagged)
            return
        out = self._folder / "ours"
        command = [*program(), "build", str(self.report), "--format", "pdf", "--language", "en", "-o", str(out)]
        result.add("cold", measure([*command, "--no-cache"], self._patience))
        if result.made is None:
            result.made = judged(next(out.glob("*.pdf")), self.page, tagged=True)
            measure(command, self._patience)
        edit(self.report, number)
        result.add("edited", measure(command, self._patience))
        result.add("same", measure(command, self._patience))
        assert wording(number) in words_of(next(out.glob("*.pdf"))), "the edit is not in the file"

    def _living(self, result: Result, peer: Peer | None) -> None:
        target = self._folder / "living.pdf"
        if peer is None:
            edit(self.report, 0)
        with Living(own_work(peer.key if peer else OURS), self._patience) as living:
            for number in (0, *self.later):
                if peer is None and number:
                    edit(self.report, number)
                source = self.versions[number][peer.input] if peer else self.report
                run = living.ask(f"{source}\t{target}")
                if number:
                    result.add("living", run)
            assert wording(self.later[-1]) in words_of(target), "the edit is not in the file"


def _guarded(result: Result, work: Callable[[], None]) -> None:
    """Note what goes wrong with one, and go on with the others."""
    try:
        work()
    except (Failed, AssertionError) as fault:
        result.fault = str(fault)
