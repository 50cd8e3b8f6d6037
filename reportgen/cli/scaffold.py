"""The files that ``reportgen new`` writes: a skeleton that passes the check and teaches the format."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

from reportgen.catalogue import Catalogue, Cluster, load_catalogue
from reportgen.cli.schema import schema_text
from reportgen.languages.formats import article_label
from reportgen.languages.messages import in_language, translations
from reportgen.languages.states import State
from reportgen.protection.registers import FILE as SECRETS
from reportgen.publication.pseudonyms import KEY_FILE
from reportgen.submission.files import COALITION

SCHEMA_FILE = "reportgen.schema.json"
MEMBERS = "members"
FIRST_MEMBER = "member1"
_WIDTH = 100
NEVER_SHARED: Final = f"{SECRETS}\n{KEY_FILE}\n*.key\n".encode()
"""What Git must never take: names, and keys that lead back to them."""


def scaffold(state: State, cluster: int, languages: Sequence[str]) -> dict[str, dict[str, bytes]]:
    """Return the files of a new submission, by folder and name.

    Args:
        state: The State under review.
        cluster: Number of the review cluster.
        languages: Languages of the report; comments are in the first.
    """
    catalogue = load_catalogue()
    chosen = catalogue.clusters[cluster]
    answers = {_file_name(article): _answer(article, catalogue, languages).encode() for article in chosen.articles}
    return {
        "": {
            "report.yaml": _report(state, chosen, languages).encode(),
            "sources.yaml": _sources(languages[0]).encode(),
            SCHEMA_FILE: schema_text().encode(),
            ".gitignore": NEVER_SHARED,
        },
        "answers": answers,
    }


def coalition_scaffold(state: State, cluster: int, languages: Sequence[str]) -> dict[str, dict[str, bytes]]:
    """Return the files of a new coalition, by folder and name: its own, a word to the members, and a first member.

    Args:
        state: The State under review.
        cluster: Number of the review cluster.
        languages: Languages of the report; comments are in the first.
    """
    first = scaffold(state, cluster, languages)
    home = f"{MEMBERS}/{FIRST_MEMBER}"
    return {
        "": {
            COALITION: _coalition(state, load_catalogue().clusters[cluster], languages).encode(),
            ".gitignore": NEVER_SHARED + b"/merged/\n",
        },
        MEMBERS: {"README.txt": _word_to_members(languages[0], state.code, cluster).encode()},
        **{(f"{home}/{place}" if place else home): files for place, files in first.items()},
    }


def _coalition(state: State, cluster: Cluster, languages: Sequence[str]) -> str:
    say = translations(languages[0]).gettext
    return "".join(
        [
            _comment(say("The coalition: what stands here goes before what its members write of the same.")),
            _settings(state, cluster, languages),
            _comment(
                say("Who stands behind what is shown: all (marks and a table) | paragraph (marks) | dissent."), "  "
            ),
            "  attribution: all\n\n",
            _comment(
                say(
                    "The members, a line each: the file or folder each of them sent you. Their name in lists is that of the file; let it betray nobody."
                )
            ),
            f"members:\n  - {MEMBERS}/{FIRST_MEMBER}\n\n",
            _comment(
                say(
                    "What you decided where members differ. “reportgen merge” writes entries to be filled in: merged/decisions-to-make.yaml."
                )
            ),
            "decisions:\n\n",
            _comment(
                say(
                    "Who agreed to which version, in which language. “reportgen status” shows what to write as content."
                )
            ),
            "sign_off:\n",
            f'  # - {{member: {FIRST_MEMBER}, version: "1.0", language: {languages[0]}, date: 2024-09-30, content: …, named: named}}   # named | described | not_listed\n',
        ]
    )


def _word_to_members(language: str, state: str, cluster: int) -> str:
    say = translations(language).gettext
    lines = [
        say("Put here what each member sends you: a file or a folder for each."),
        say(
            "A member needs to know nothing of merging. It starts with “reportgen new NAME --state {state} --cluster {cluster}”, fills in what it knows, and sends you the folder."
        ).format(state=state, cluster=cluster),
        say(
            "Then name it in coalition.yaml under “members”, and run “reportgen merge” on the folder of the coalition."
        ),
        say("When a member sends a new version, replace its folder and merge again: you see what has changed."),
        say("“{member}” is an empty example. Fill it in or remove it.").format(member=FIRST_MEMBER),
    ]
    return "\n".join(textwrap.fill(line, _WIDTH) for line in lines) + "\n"


def _file_name(article: str) -> str:
    """Name the file of an article so that files sort as the treaty does."""
    instrument, _, number = article.rpartition("-")
    return f"{instrument}-{int(number):02}.yaml"


def _comment(text: str, indent: str = "") -> str:
    return (
        textwrap.fill(
            text, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ", break_long_words=False
        )
        + "\n"
    )


def _header(folder: str = "") -> str:
    return f"# yaml-language-server: $schema={folder}{SCHEMA_FILE}\n"


def _pair(languages: Sequence[str], indent: str) -> str:
    return "\n" + "".join(f"{indent}{language}:\n" for language in languages) if len(languages) > 1 else "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _report(state: State, cluster: Cluster, languages: Sequence[str]) -> str:
    say = translations(languages[0]).gettext
    parts = [
        _header(),
        _settings(state, cluster, languages),
        "\n",
        _comment(say("Who submits the report. One that must not be named: add “named: no” and “described_as: …”.")),
        "organisations:\n  # org1: {name: …, acronym: …, founded: 2006, mandate: …, contact: …}\n\n",
        _comment(say("Needs for technical assistance: what, for whom, from whom.")),
        "technical_assistance:\n  # - {need: …, beneficiary: …, provider: …, articles: [untoc-5]}\n\n",
        _comment(say("Acronyms used in your texts.")),
        "acronyms:\n  # FIU: {en: Financial Intelligence Unit, fr: Cellule de renseignement financier}\n\n",
        _comment(say("Figures by year; leave a year empty where the figure is missing.")),
        "statistics:\n  # charges: {title: …, unit: persons, definition: …, articles: [untoc-5], sources: [s1], values: {2022: 31, 2023: }}\n\n",
        _comment(say("Where the review of the State stands; “reportgen status” then shows its calendar.")),
        "review:\n  # start: 2021-11\n  # actual: {focal_points: 2022-02-15, self_assessment: 2023-05-31}\n",
    ]
    return "".join(parts)


def _settings(state: State, cluster: Cluster, languages: Sequence[str]) -> str:
    """Return what a submission and a coalition have in common: State, cluster, title and general parts."""
    say = translations(languages[0]).gettext
    sections = {
        "summary": say("Executive summary: the few findings and reforms that matter most."),
        "methodology": say(
            "How the report was made: period, methods, sources, limits, whether the government could comment."
        ),
        "process": say(
            "The review process as you saw it: is the focal point known, were you consulted, are the State’s answers public?"
        ),
        "context": say("Context in brief: groups, markets, harm done, civic space."),
        "cross_cutting": say("Themes across the articles: gender, children, human rights, civic space, data."),
        "recent_developments": say("What happened since the State gave its answers."),
    }
    titles = {
        language: translations(language)
        .gettext("Organized crime {in_state}: law and practice")
        .format(in_state=state.inside(language))
        for language in languages
    }
    title = "".join(f"\n    {language}: {_quoted(text)}" for language, text in titles.items())
    parts = [
        _comment(say("Write after the colons. A line that starts with # is a comment and is never printed.")),
        _comment(
            say(
                "Longer texts: write “|-” after the colon and go on in the next lines, indented. Put short texts with a colon or # in quotation marks."
            )
        ),
        _comment(say("Cite a source as [@s1] or [@s1, p. 12]; sources are described in sources.yaml.")),
        f"format: 1\nlanguage: {languages[0]}\nstate: {_quoted(state.code)}   # {state.name(languages[0])}\ncluster: {cluster.number}\n",
        _comment(say("Instruments the State is a party to; remove those it is not.")),
        "instruments: [untoc, tip, som, firearms]\n",
        _comment(say("The time the report speaks of, for example 2022-01 and 2024-06.")),
        "period:\n\nreport:\n  label: parallel          # parallel | shadow | alternative\n",
        f'  title:{title}\n  version: "0.1"\n',
        _comment(say("Date of the report, for example 2024-09-30."), "  "),
        "  date:\n  correct_as_of:\n",
        f"  languages: [{', '.join(languages)}]\n",
        _comment(say("To report on some articles only, list them: scope: [untoc-5, tip-5]"), "  "),
        _comment(say("Address for questions; terms of use, such as CC BY 4.0; limits the reader must know."), "  "),
        "  contact:\n  licence:\n  disclaimer:\n",
    ]
    for key, hint in sections.items():
        parts += [_comment(hint, "  "), f"  {key}:{_pair(languages, '    ')}"]
    return "".join(parts)


def _answer(article: str, catalogue: Catalogue, languages: Sequence[str]) -> str:
    language = languages[0]
    say = translations(language).gettext
    enquiry = catalogue.enquiries.get(article)
    title, number = in_language(catalogue.articles[article].title, language), catalogue.articles[article].number
    cited = in_language(catalogue.instruments[catalogue.articles[article].instrument].cite, language)
    parts = [
        _header("../"),
        _comment(
            say("{instrument}, {article} – {title}").format(
                instrument=cited, article=article_label(number, language), title=title
            )
        ),
    ]
    if enquiry:
        parts.append(_comment(in_language(enquiry.obligation, language)))
    parts += [
        _comment(
            say(
                "If the article does not concern your work, write only: {article}: {{not_applicable: the reason}}"
            ).format(article=article)
        ),
        f"answers:\n  {article}:\n",
        "    law: not_rated               # full | largely | partly | none | unknown | not_rated\n",
        "    practice: not_rated          # good | moderate | poor | none | unknown | not_rated\n",
        "    state_answer: not_published  # yes | in_part | no | not_published\n",
        "    agree_with_state: cannot_say # yes | partly | no | cannot_say\n",
        _comment(say("Why these ratings, in one paragraph."), "    "),
        f"    grounds:{_pair(languages, '      ')}",
        _comment(say("What the State said, as far as you know."), "    "),
        f"    state_position:{_pair(languages, '      ')}",
        _comment(
            say(
                "Where you have no answer, write under the question “no_information: what you tried” or “not_applicable: the reason”."
            ),
            "    ",
        ),
        "    questions:\n",
    ]
    for question in enquiry.questions if enquiry else ():
        parts.append(_comment(in_language(question.text, language), "      "))
        parts += [_comment(f"– {in_language(hint, language)}", "      ") for hint in question.evidence]
        parts.append(f"      {question.id}:\n        answer:{_pair(languages, '          ')}        sources: []\n")
    parts += [
        _comment(
            say(
                "Findings: kind is deficiency, good_practice, case, statistic or development. Remove the # to use the lines."
            ),
            "    ",
        ),
        "    findings:\n    # - kind: deficiency\n    #   title:\n    #   text:\n    #   sources: [s1]\n",
        "    recommendations:\n    # - text:\n    #   addressee:\n    #   priority: high          # high | medium | low\n    #   timeframe:\n    #   indicator:\n",
    ]
    return "".join(parts)


def _sources(language: str) -> str:
    say = translations(language).gettext
    return "".join(
        [
            _header(),
            _comment(say("Every source once. Cite it by its identifier, the word before the colon: [@s1].")),
            _comment(
                "kind: legislation | court_decision | official_document | intergovernmental | ngo_report | academic | media | dataset | "
                "information_request | interview | testimony | other"
            ),
            _comment(
                say(
                    "An interview or testimony is confidential: readers see only “described_as”. Never write a name that must not leave this computer; "
                    "choose identifiers that say nothing about the person."
                )
            ),
            "sources:\n",
            "  # s1: {kind: official_document, title: …, author: …, date: 2024-03, url: https://…, accessed: 2024-07-15}\n",
            "  # s2: {kind: interview, title: …, date: 2023-11, described_as: …}\n",
        ]
    )
