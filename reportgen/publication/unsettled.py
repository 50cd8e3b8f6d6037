"""What members of a coalition describe differently outside the articles, as far as the report shows the thing itself.

The places are those of the merge; what comes of it tells a draft which sources, organisations, statistics and acronyms
to look at, and nothing of what the audience may not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportgen.diagnostics import Span
from reportgen.languages.pairs import Text
from reportgen.publication.model import Publication, Unsettled
from reportgen.submission.model import Level, Submission
from reportgen.submission.nodes import Mapping, Node
from reportgen.submission.parts import Part

_MARKED: Final = frozenset({"values", "voices"})
"""What of a statistic is marked where it stands."""


def unsettled(
    submission: Submission, publication: Publication[Text], keys: Sequence[str], places: frozenset[Span]
) -> Unsettled | None:
    """Return what is not decided yet about things that ``publication`` shows; ``None`` where nothing is open.

    Args:
        submission: What was written.
        publication: What the audience gets of it.
        keys: The organisations in the order of the publication.
        places: Places of what the coalition has not decided yet.
    """
    if not places:
        return None

    def differs(part: Part | None) -> bool:
        return part is not None and part.node is not None and _touched(part.node, places)

    organisations, sources = submission.organisations, publication.sources
    known = submission.node.entries.get("acronyms") if submission.node else None
    made = Unsettled(
        tuple(key for key, one in sources.items() if not one.withheld and differs(submission.sources[key])),
        tuple(
            at
            for at, key in enumerate(keys)
            if organisations[key].secrecy is Level.PUBLIC and differs(organisations[key])
        ),
        tuple(one.id for one in publication.statistics if differs(submission.statistics[one.id])),
        tuple(
            letters
            for letters in publication.acronyms
            if isinstance(known, Mapping) and known.entries[letters].span in places
        ),
        differs(submission.review),
    )
    return made if made != Unsettled() else None


def _touched(node: Node, places: frozenset[Span]) -> bool:
    if not isinstance(node, Mapping):
        return node.span in places
    inside = (entry for key, entry in node.entries.items() if key not in _MARKED)
    return node.span in places or any(_touched(entry, places) for entry in inside)
