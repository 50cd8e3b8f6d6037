"""What every chapter needs while it is composed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reportgen.catalogue import Article, Catalogue
from reportgen.document.bibliography import cite
from reportgen.document.model import Inline
from reportgen.document.setter import Setter
from reportgen.languages.formats import article_label
from reportgen.languages.messages import in_language
from reportgen.languages.pairs import Passage
from reportgen.publication.model import Publication
from reportgen.publication.walk import parts


@dataclass(frozen=True)
class Desk:
    """A publication in one language, beside the catalogue.

    Attributes:
        publication: What may be said.
        catalogue: What was asked.
        language: Language of the document.
    """

    publication: Publication[Passage]
    catalogue: Catalogue
    language: str

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number in the list of sources by identifier; the same in every language."""
        return {key: number for number, key in enumerate(self.publication.sources, 1)}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text that is printed, but those of the sources themselves."""
        return tuple(part for part in parts(self.publication) if isinstance(part, Passage))

    @cached_property
    def chapter_numbers(self) -> dict[str, str]:
        """Number of each chapter by its identifier; annexes have none."""
        front, publication = self.publication.front, self.publication
        ids = ["summary", "about", *(name for name in ("process", "context") if getattr(front, name))]
        ids += publication.assessments
        ids += [name for name in ("cross_cutting", "recent_developments") if getattr(front, name)]
        ids += ["statistics"] * bool(self.loose_statistics)
        ids += ["recommendations"] * any(item.recommendations for item in publication.assessments.values())
        ids += ["assistance"] * bool(publication.needs)
        return {key: str(number) for number, key in enumerate(ids, 1)}

    @cached_property
    def loose_statistics(self) -> tuple[int, ...]:
        """Indexes of statistics that illustrate no printed article."""
        return tuple(
            index
            for index, statistic in enumerate(self.publication.statistics)
            if not any(self.is_assessed(article) for article in statistic.articles)
        )

    def is_assessed(self, article: str) -> bool:
        """Whether the report has a chapter on ``article`` that says more than that it does not apply."""
        assessment = self.publication.assessments.get(article)
        return assessment is not None and not assessment.not_applicable

    def setter(self, chapter: str) -> Setter:
        """Return a setter for the chapter called ``chapter``."""
        setter = Setter(
            self.language,
            self.chapter_numbers.get(chapter, ""),
            lambda citation: cite(citation, self.publication.sources, self.numbers, setter),
            self.numbers,
        )
        return setter

    def article(self, key: str) -> Article:
        """Return an article of the catalogue."""
        return self.catalogue.articles[key]

    def article_title(self, key: str, setter: Setter) -> Inline:
        """Return the treaty's own title of an article."""
        return setter.plain(in_language(self.article(key).title, self.language))

    def article_name(self, key: str, setter: Setter) -> str:
        """Name an article with its instrument: “UNTOC, article 5”."""
        article = self.article(key)
        cited = in_language(self.catalogue.instruments[article.instrument].short, self.language)
        return setter.say(
            "{instrument}, {article}", instrument=cited, article=article_label(article.number, self.language)
        )
