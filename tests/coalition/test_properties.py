"""Whatever the members write: merging does not depend on order, changes nothing twice, and loses no voice."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.catalogue import load_catalogue
from reportgen.coalition.build import leaves, recited
from reportgen.coalition.merge import merge
from reportgen.coalition.model import Member, Merged
from reportgen.diagnostics import Severity
from reportgen.diagnostics.render import severity_of
from reportgen.memory import Memory
from reportgen.submission.checks import check_submission
from reportgen.submission.confidential import confidential_lines
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, Scalar, Sequence
from reportgen.submission.reading import Reading, read_root
from tests.coalition.coalitions import Tree, frame_of, member_of, member_tree, nodes_of
from tests.thorough import tried

LONG = (
    "Asset declarations are published but never checked between 2019 and 2023",
    "Victims are punished for what they were made to do in many of the files we read",
    "The court held that the Penal Code gave it no jurisdiction over the vessel",
)
ENDS = ("", " at all", " by the Office", " in any district of the south", " [@s1]", " [@s2, p. 3]", " again and again")
YEARS = ("2021", "2022", "2023")
ARTICLES = ("untoc-5", "som-3")
TITLES = ("Penal Code", "Register", "A judge")
RULES = settings(
    max_examples=tried(settings().max_examples // 5, settings().max_examples * 2 // 5),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""A fifth of what the profile asks for: 20 in a usual run, twice as many with ``THOROUGH=1``."""


class Roots(dict[str, Keys]):
    """What each member sent; told in short when a test fails."""

    def __repr__(self) -> str:
        return "\n".join(str({".".join(path): leaf.text for path, leaf in leaves(root)}) for root in self.values())


def texts() -> st.SearchStrategy[Any]:
    """A text in one language or two, often nearly that of another member."""
    one = st.builds(lambda start, end: start + end, st.sampled_from(LONG), st.sampled_from(ENDS))
    plain = st.one_of(one, st.sampled_from(["Yes. Always.", "No. Never.", "Oui.", "Non, jamais."]))
    both = st.fixed_dictionaries({"en": plain, "fr": plain}, optional={"original": st.sampled_from(["en", "fr"])})
    return st.one_of(plain, st.fixed_dictionaries({"fr": plain}), both)


def levels() -> st.SearchStrategy[str]:
    return st.sampled_from(["public", "members", "confidential"])


def cited() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(["s1", "s2", "s3"]), unique=True, max_size=2)


def remarks() -> st.SearchStrategy[list[Any]]:
    """Remarks for those who write, in short and in full."""
    full = st.fixed_dictionaries({"text": texts()}, optional={"level": levels()})
    return st.lists(st.one_of(st.sampled_from(LONG), full), max_size=2)


def spoken(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    """A part that may have sources, a level, those who stand behind it, and a voice beside it."""
    voice = st.fixed_dictionaries({"text": texts()}, optional={"by": st.just(["org"]), "about": st.just("grounds")})
    more = {"by": st.just(["org"]), "voices": st.lists(voice, max_size=1), "notes": remarks()}
    return st.fixed_dictionaries(dict(fields), optional=more)


def findings() -> st.SearchStrategy[Tree]:
    kind = st.sampled_from(["deficiency", "case"])
    return spoken(kind=kind, text=texts(), sources=cited(), level=levels())


def recommendations() -> st.SearchStrategy[Tree]:
    said = {"text": texts(), "priority": st.sampled_from(["high", "medium"]), "timeframe": texts()}
    return st.fixed_dictionaries(said, optional={"by": st.just(["org"])})


def replies() -> st.SearchStrategy[Tree]:
    said = spoken(answer=texts(), sources=cited(), level=levels())
    return st.one_of(
        said,
        st.fixed_dictionaries({"not_applicable": texts()}),
        st.fixed_dictionaries({"no_information": texts(), "sources": cited()}),
        st.fixed_dictionaries({"sources": cited()}),
    )


def answers() -> st.SearchStrategy[Tree]:
    said = st.fixed_dictionaries(
        {"law": st.sampled_from(["largely", "partly", "not_rated", "unknown"])},
        optional={
            "practice": st.sampled_from(["poor", "none", "moderate"]),
            "state_answer": st.sampled_from(["yes", "no", "not_published"]),
            "agree_with_state": st.sampled_from(["yes", "partly", "cannot_say"]),
            "grounds": texts(),
            "state_position": texts(),
            "questions": st.dictionaries(st.sampled_from(["untoc-5.model", "untoc-5.roles"]), replies(), max_size=2),
            "findings": st.lists(findings(), max_size=3),
            "recommendations": st.lists(recommendations(), max_size=2),
            "voices": st.lists(st.fixed_dictionaries({"about": st.just("grounds"), "text": texts()}), max_size=1),
            "by": st.just(["org"]),
            "notes": remarks(),
            "not_applicable": texts(),
        },
    )
    return st.one_of(said, said, st.fixed_dictionaries({"not_applicable": texts()}))


def figures() -> st.SearchStrategy[Tree]:
    figure = st.sampled_from([1, 2, "2.0", "<5", None])
    return st.fixed_dictionaries({"2021": st.sampled_from([1, 2])}, optional=dict.fromkeys(YEARS[1:], figure))


def statistics() -> st.SearchStrategy[Tree]:
    shared = {
        "title": st.sampled_from(["Convictions", "Charges", {"en": "Convictions", "fr": "Condamnations"}]),
        "unit": st.sampled_from(["persons", "cases"]),
        "definition": texts(),
        "level": levels(),
        "sources": cited(),
        "notes": remarks(),
    }
    labels = ["Women", "Men", "women", {"en": "Women", "fr": "Femmes"}, {"fr": "Femmes"}]
    series = st.fixed_dictionaries({"label": st.sampled_from(labels), "values": figures()})
    alone = st.fixed_dictionaries({**shared, "values": figures()})
    several = st.fixed_dictionaries({**shared, "series": st.dictionaries(st.sampled_from("ab"), series, min_size=1)})
    return st.one_of(alone, several)


def sources() -> st.SearchStrategy[Tree]:
    return st.fixed_dictionaries(
        {"kind": st.sampled_from(["legislation", "interview"]), "title": st.sampled_from(TITLES)},
        optional={
            "date": st.sampled_from(["2019", "2019-03", "2020"]),
            "url": st.sampled_from(["https://law.example/a", "http://www.law.example/a/", "https://law.example/b"]),
            "level": levels(),
            "author": texts(),
            "described_as": texts(),
        },
    )


@st.composite
def coalitions(draw: st.DrawFn) -> Roots:
    """Two to four members that say much of the same."""
    names = draw(st.lists(st.sampled_from(["a", "b-c", "d", "zz"]), min_size=2, max_size=4, unique=True))
    made = Roots()
    for name in names:
        organisation: Tree = {"name": draw(st.sampled_from([f"Organisation {name}", "Shared House"]))}
        if draw(st.booleans()):
            organisation |= {"named": False, "described_as": draw(texts())}
        elif draw(st.booleans()):
            organisation |= {"level": draw(levels()), "described_as": draw(texts())}
        tree = member_tree(
            name,
            organisations={"org": organisation},
            language=draw(st.sampled_from(["en", "fr"])),
            answers=draw(st.dictionaries(st.sampled_from(ARTICLES), answers(), max_size=2)),
            statistics=draw(st.dictionaries(st.sampled_from(["x", "y", "a-x"]), statistics(), max_size=2)),
            sources=draw(
                st.fixed_dictionaries({"s1": sources(), "s2": sources(), "s3": sources()}, optional={"a-s1": sources()})
            ),
            technical_assistance=draw(st.lists(spoken_need(), max_size=2)),
            acronyms=draw(st.dictionaries(st.sampled_from(["SPS", "FIU"]), texts(), max_size=1)),
        )
        report: Tree = {"title": f"Report of {name}"}
        report |= draw(st.fixed_dictionaries({}, optional={"summary": texts(), "context": texts()}))
        tree["report"] = report
        if draw(st.booleans()):
            tree["review"] = {"start": draw(st.sampled_from(["2023-03", "2023-05", "2023-03-01"]))}
            tree["review"]["actual"] = {"focal_points": draw(st.sampled_from(["2023-06", "2023-07"]))}
        made[name] = nodes_of(tree, f"members/{name}.yaml")
    return made


def spoken_need() -> st.SearchStrategy[Tree]:
    return st.fixed_dictionaries({"need": texts()}, optional={"by": st.just(["org"]), "beneficiary": texts()})


def plainly(node: Node) -> Any:
    """Return a node without its places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plainly(item) for item in node.items]
    return {key: plainly(entry) for key, entry in node.entries.items()}


def put_together(roots: Roots, reverse: bool = False) -> tuple[list[Member], Merged]:
    members = [member_of(name, root) for name, root in roots.items()]
    return members, merge(frame_of(sorted(roots)), members[::-1] if reverse else members)


@RULES
@given(coalitions())
def test_the_order_of_members_does_not_matter(roots: Roots) -> None:
    """The same members give the same submission, conflicts and problems, in whatever order they come."""
    _, one = put_together(roots)
    _, other = put_together(roots, reverse=True)
    assert list(leaves(one.root)) == list(leaves(other.root))
    assert one.conflicts == other.conflicts
    assert (one.found, one.aside, one.renamed) == (other.found, other.aside, other.renamed)


@RULES
@given(coalitions(), coalitions(), st.booleans())
def test_what_is_remembered_of_an_earlier_merge_makes_no_difference(one: Roots, other: Roots, decided: bool) -> None:
    """After an edit of some answers, sources or decisions: the same as if everything were merged for the first time."""
    edited = Roots(one)
    for name in one.keys() & other.keys():
        answers = one[name].entries["answers"]
        edited[name] = Keys({**other[name].entries, "answers": answers}, other[name].keys, other[name].span)
    conflicts = put_together(one)[1].conflicts
    decisions = {
        conflict.id: {"ground": list(conflict.ground), "take": conflict.sides[0].members[0]} for conflict in conflicts
    }
    frame = frame_of(sorted(one), decisions=decisions if decided else {})
    memory = Memory()
    for roots in (one, edited, one):
        members = [member_of(name, root) for name, root in roots.items()]
        with memory.used():
            kept = merge(frame, members)
        anew = merge(frame, members)
        assert list(leaves(kept.root)) == list(leaves(anew.root))
        assert kept.conflicts == anew.conflicts
        assert (kept.found, kept.aside, kept.renamed) == (anew.found, anew.aside, anew.renamed)


@RULES
@given(coalitions())
def test_merging_what_was_merged_changes_nothing(roots: Roots) -> None:
    """What is one submission is left as it is, with every voice in it."""
    _, first = put_together(roots)
    again = merge(frame_of(["all"]), [member_of("all", first.root)])
    assert plainly(again.root) == plainly(first.root)
    assert again.conflicts == ()


def scope_of(path: tuple[str, ...]) -> str:
    return path[1] if path[0] == "answers" else path[0]


SUPERSEDED = ("level", "named", "original", "made_from")
"""The strictest level holds; whoever does not want to be named is not; the rest is about a translation."""


def faults(reading: Reading) -> set[str]:
    """Return the codes of the errors of a submission."""
    return {item.code for item in check_submission(reading, load_catalogue()) if severity_of(item) is Severity.ERROR}


@RULES
@given(coalitions())
def test_merging_makes_no_error(roots: Roots) -> None:
    """Whatever members differ on, a draft can be made of it: no error that none of them made."""
    members, merged = put_together(roots)
    submission, found = read_root(merged.root)
    own = set().union(*(faults(member.reading) for member in members))
    assert faults(Reading(submission, found, confidential=confidential_lines(merged.root))) <= own


@RULES
@given(coalitions())
def test_no_voice_is_lost(roots: Roots) -> None:
    """Each leaf of each member stands in the merged submission, in a side of a conflict, or was put aside by name."""
    members, merged = put_together(roots)
    kept: dict[str, set[str]] = {}
    for path, leaf in leaves(merged.root):
        kept.setdefault(scope_of(path), set()).add("2" if leaf.text == "2.0" else leaf.text)
    in_conflict = {
        (leaf.span, leaf.text)
        for conflict in merged.conflicts
        for side in conflict.sides
        for node in side.whole
        for _, leaf in leaves(node)
    }
    cited_in_conflict = {
        leaf.text
        for conflict in merged.conflicts
        for side in conflict.sides
        for node in side.whole
        for _, leaf in leaves(node)
    }
    aside = {(one.member, one.key) for one in merged.aside}
    aside_at = {one.span for one in merged.aside}
    for member in members:
        renamed = {
            kind: {key: new for (owner, of, key), new in merged.renamed.items() if (owner, of) == (member.id, kind)}
            for kind in ("sources", "organisations")
        }
        for path, leaf in leaves(roots[member.id]):
            if (
                leaf.span in aside_at
                or path[-1] in SUPERSEDED
                or any((member.id, ".".join(path[:end])) in aside for end in range(1, 6))
            ):
                continue
            text = recited(leaf.text, renamed["sources"])
            if path[-1] in YEARS and text == "2.0":
                text = "2"  # the same figure, if another member wrote it so
            if path[-1].isdigit() and path[-2] in {"sources", "by"}:
                new = renamed["sources" if path[-2] == "sources" else "organisations"][leaf.text]
                assert new in kept.get(scope_of(path), set()) | cited_in_conflict, (path, new)
            elif path[0] == "answers" and path[2] in {"law", "practice", "state_answer", "agree_with_state"}:
                united = merged.root.entries["answers"].entries[path[1]].entries.get(path[2])  # type: ignore[union-attr]
                assert (united and plainly(united) == text) or (leaf.span, text) in in_conflict, path
            else:
                assert text in kept.get(scope_of(path), set()) or (leaf.span, text) in in_conflict, (path, text)


@RULES
@given(coalitions())
def test_places_point_to_the_line_of_the_member(roots: Roots) -> None:
    """At the place of each text, figure and date of the merged submission its author wrote just that."""
    _, merged = put_together(roots)
    written = {(leaf.span, path[-1]): leaf.text for root in roots.values() for path, leaf in leaves(root)}
    own = {span: text for (span, _), text in written.items()}
    for path, leaf in leaves(merged.root):
        if leaf.span.file != "coalition.yaml" and path[-1] in {"en", "fr", "date", "url", "start", "kind", *YEARS}:
            at = own[leaf.span]
            assert at == leaf.text or "[@" in at or not leaf.text, path
