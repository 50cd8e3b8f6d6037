"""Hard cases of English typography, each with the reason why it is one.

In the tables ``~`` stands for a narrow no-break space, ``_`` for a no-break space and ``{n}`` for the call of a note.
"""

from __future__ import annotations

import pytest

from reportgen.languages.typography import typographer
from tests.languages.test_typography import NOTE, seen

CASES = [
    # quotation marks and apostrophes
    ('"Yes."', "“Yes.”", "straight marks"),
    ("“ Yes. ”", "“Yes.”", "spaces inside marks"),
    ('" Yes. "', "“Yes.”", "straight marks spaced as guillemets"),
    ("'Yes.'", "‘Yes.’", "single marks"),
    ('"He said "no" twice."', "“He said ‘no’ twice.”", "a quotation within one, straight"),
    ("“He said “no” twice.”", "“He said ‘no’ twice.”", "a quotation within one, curly"),
    ("“He said ‘no’ twice.”", "“He said ‘no’ twice.”", "already right"),
    ("\"He said 'no' twice.\"", "“He said ‘no’ twice.”", "the two kinds of straight marks"),
    ("«Yes»", "“Yes”", "guillemets in English text"),
    ("« Yes »", "“Yes”", "the same, spaced"),
    ('("Yes")', "(“Yes”)", "in parentheses"),
    ('the so-called "brokers",', "the so-called “brokers”,", "before a comma"),
    ('"Why?" he asked.', "“Why?” he asked.", "question within"),
    ("the end of it” is here", "the end of it” is here", "a quotation begun in an earlier paragraph"),
    ("“it goes on", "“it goes on", "a quotation that goes on"),
    ("'Tis known", "’Tis known", "an apostrophe that begins a word"),
    ("'twas so", "’twas so", "an apostrophe that begins a word, lower case"),
    ("the '90s", "the ’90s", "a decade shortened"),
    ("the 1990s", "the 1990s", "a decade"),
    ("rock 'n' roll", "rock ’n’ roll", "two apostrophes around a letter"),
    ("the States' duties", "the States’ duties", "plural possessive"),
    ("the State's duty", "the State’s duty", "possessive"),
    ("don't", "don’t", "contraction"),
    ("O'Brien", "O’Brien", "a name"),
    ("the workers' and women's groups", "the workers’ and women’s groups", "two possessives"),
    ("5' 10", "5’ 10", "feet"),
    # spacing
    ("Why ?", "Why?", "a space from a French keyboard"),
    ("Stop !", "Stop!", "the same"),
    ("law ; practice", "law; practice", "the same"),
    ("law : practice", "law: practice", "the same"),
    ("18 %", "18%", "per cent sign closes up"),
    ("a ratio of 3 : 1", "a ratio of 3 : 1", "a ratio keeps its spaces"),
    ("10:30 a.m.", "10:30_a.m.", "time"),
    ("at 10:30; then", "at 10:30; then", "digital time"),
    ("std::vector", "std::vector", "code"),
    ("word , word", "word, word", "a space before a comma"),
    ("The end .", "The end.", "a space before a full stop"),
    ("See{n}.", "See{n}.", "a note"),
    ("See {n}.", "See{n}.", "no space before the call of a note"),
    # numbers and ranges
    ("18 per cent", "18_per cent", "per cent in words"),
    ("3 million", "3_million", "millions"),
    ("1,733", "1,733", "thousands"),
    ("2019-2023", "2019–2023", "years: an en dash"),
    ("2019 - 2023", "2019_– 2023", "years with spaced hyphen"),
    ("pp. 12-14", "pp._12–14", "pages"),
    ("paras. 3-5", "paras._3–5", "paragraphs"),
    ("(2019-2023)", "(2019–2023)", "years in parentheses"),
    ("in 2019-2023.", "in 2019–2023.", "years that end a sentence"),
    ("2023-2019", "2023-2019", "years that run backwards are no range"),
    ("1234-5678", "1234-5678", "two numbers of four digits that are no years"),
    ("ISSN 1951-1987", "ISSN 1951-1987", "an ISSN that looks like two years"),
    ("ISSN: 1951-1987", "ISSN: 1951-1987", "the same after a colon"),
    ("ISSN 2049-3630", "ISSN 2049-3630", "an ISSN"),
    ("ISBN 978-92-1-148300-1", "ISBN 978-92-1-148300-1", "an ISBN"),
    ("Case No. 2019-2021", "Case No._2019-2021", "the number of a case"),
    ("case 1998-2001", "case 1998-2001", "the same without “No.”"),
    ("Law 2018-2022", "Law 2018-2022", "the number of a law"),
    ("tel. 2014-2020", "tel. 2014-2020", "a telephone number that looks like two years"),
    ("(+254) 2014-2020", "(+254) 2014-2020", "the same after the code of a country"),
    ("(0)2014-2020", "(0)2014-2020", "and closed up to it"),
    ("2014-2020-33", "2014-2020-33", "a number in three parts"),
    ("2014-2020/3", "2014-2020/3", "a number with a stroke"),
    ("2019-20", "2019-20", "a year and its successor, or a number: left to its author"),
    ("2021-12", "2021-12", "a month"),
    ("pp. 112-14", "pp._112–14", "pages, the last shortened"),
    ("pp. 14-12", "pp._14-12", "pages that run backwards are none"),
    ("p. 12-14", "p._12–14", "pages announced as one"),
    ("art. 12-15", "art._12-15", "an article of a code whose number has a hyphen"),
    ("paras. 3-5-7", "paras._3-5-7", "a number in three parts"),
    ("5-10 years", "5–10_years", "a penalty"),
    ("aged 15-17 years", "aged 15–17_years", "an age"),
    ("10-15%", "10–15%", "percentages"),
    ("10-15 per cent", "10–15_per cent", "the same in words"),
    ("a 2-2 vote", "a 2-2 vote", "a result"),
    ("room 12-15", "room 12-15", "two numbers that nothing explains"),
    ("555-1234", "555-1234", "a telephone number"),
    ("2024-09-30", "2024-09-30", "an ISO date"),
    ("F-16", "F-16", "a name"),
    ("COVID-19", "COVID-19", "a name"),
    ("$ 300", "$_300", "dollar sign"),
    ("USD 300", "USD_300", "currency code"),
    ("5 km", "5_km", "unit"),
    ("4 years", "4_years", "penalty"),
    ("20 °C", "20_°C", "degrees"),
    # references, dates, names
    ("article 5, paragraph 2 (b)", "article_5, paragraph_2_(b)", "UN style"),
    ("subparagraph (c)", "subparagraph_(c)", "lettered"),
    ("arts. 5 and 6", "arts._5 and 6", "plural"),
    ("para. 2", "para._2", "abbreviated"),
    ("No. 12", "No._12", "number"),
    ("Nos. 12 and 13", "Nos._12 and 13", "numbers"),
    ("No. That is wrong.", "No. That is wrong.", "an answer is no number"),
    ("annex II", "annex_II", "Roman number"),
    ("cluster 1", "cluster_1", "cluster"),
    ("resolution 9/1", "resolution_9/1", "resolution"),
    ("§ 12", "§_12", "section sign"),
    ("1 October 2024", "1_October 2024", "date"),
    ("30\nSeptember", "30_September", "date over two lines"),
    ("May 2024", "May 2024", "month alone"),
    ("Mr. Smith", "Mr._Smith", "title"),
    ("Ms Smith", "Ms_Smith", "title without full stop"),
    ("Dr. Smith", "Dr._Smith", "title"),
    ("J. K. Smith", "J._K._Smith", "initials"),
    ("U.S. Government", "U.S._Government", "initials of a country"),
    ("St. Kitts", "St._Kitts", "Saint"),
    # dashes and dots
    ("the law - as it stands - is clear", "the law –_as it stands_– is clear", "hyphens as dashes"),
    ("the law -- as it stands -- is clear", "the law –_as it stands_– is clear", "double hyphens"),
    ("the law—as it stands—is clear", "the law—as it stands—is clear", "closed em dashes are left"),
    ("one thing - only", "one thing_– only", "a single dash never starts a line"),
    ("well-known", "well-known", "hyphen of a word"),
    ("and so on...", "and so on…", "three dots"),
    ("etc...", "etc.", "etc. needs no dots"),
    ("[...]", "[…]", "omission"),
    ("– Yes, she said.", "–_Yes, she said.", "speech"),
    # untouched
    ("https://example.org/it's?a=b'c", "https://example.org/it's?a=b'c", "address"),
    ("www.example.org/a", "www.example.org/a", "address without scheme"),
    ("o'brien@example.org", "o'brien@example.org", "e-mail"),
    ("CTOC/COP/2018/13", "CTOC/COP/2018/13", "document symbol"),
    ("Côte d'Ivoire", "Côte d’Ivoire", "a State's name"),
    ("Türkiye", "Türkiye", "a State's name"),
    ("naïve, café", "naïve, café", "accents"),
    ("the law – as it stands –, then", "the law –_as it stands_–, then", "a comma after the second dash"),
    ("a “b", "a “b", "an open quotation"),
    ("100 %.", "100%.", "per cent sign before a full stop"),
]


@pytest.mark.parametrize(("written", "expected", "why"), CASES, ids=[why for _, _, why in CASES])
def test_english(written: str, expected: str, why: str) -> None:
    assert seen(typographer("en")(written.replace("{n}", NOTE))) == expected.replace("{n}", NOTE), why


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[2])
def test_nothing_changes_when_it_is_set_again(case: tuple[str, str, str]) -> None:
    once = typographer("en")(case[0])
    assert typographer("en")(once) == once
