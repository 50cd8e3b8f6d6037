"""What every chapter needs while it is composed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from reportgen.catalogue import Article, Catalogue
from reportgen.document.bibliography import Told, cite
from reportgen.document.model import Inline
from reportgen.document.setter import Setter
from reportgen.languages.formats import article_label
from reportgen.languages.messages import in_language
from reportgen.languages.pairs import Passage
from reportgen.publication.model import Publication
from reportgen.publication.walk import parts
from reportgen.submission.model import Priority
from reportgen.theme.model import USUAL, Section, Theme


@dataclass(frozen=True)
class Desk:
    """A publication in one language, beside the catalogue.

    Attributes:
        publication: What may be said.
        catalogue: What was asked.
        language: Language of the document.
        theme: How it looks; the order of its sections.
        final: Whether it is to be published; a draft says what it lacks.
    """

    publication: Publication[Passage]
    catalogue: Catalogue
    language: str
    theme: Theme = USUAL
    final: bool = True

    @cached_property
    def origins(self) -> dict[str, Passage]:
        """What each numbered paragraph was set from, filled by those who set."""
        return {}

    @cached_property
    def told(self) -> Told:
        """What notes say of each source, filled by those who set."""
        return {}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number in the list of sources by identifier; the same in every language."""
        return {key: number for number, key in enumerate(self.publication.sources, 1)}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text that is printed, but those of the sources themselves."""
        return tuple(part for part in parts(self.publication) if isinstance(part, Passage))

    @cached_property
    def priorities(self) -> int:
        """How many recommendations are of high priority."""
        return sum(
            item.priority is Priority.HIGH
            for assessment in self.publication.assessments.values()
            for item in assessment.recommendations
        )

    @cached_property
    def chapter_numbers(self) -> dict[str, str]:
        """Number of each chapter by its identifier; annexes have none."""
        ids = [key for section in self.theme.sections for key in self._numbered(section)]
        return {key: str(number) for number, key in enumerate(ids, 1)}

    def _numbered(self, section: Section) -> Iterable[str]:
        """Return the identifiers of the numbered chapters of ``section``."""
        publication = self.publication
        if section is Section.ARTICLES:
            return publication.assessments
        there = {
            Section.SUMMARY: True,
            Section.ABOUT: True,
            Section.STATISTICS: bool(self.loose_statistics),
            Section.RECOMMENDATIONS: any(item.recommendations for item in publication.assessments.values()),
            Section.ASSISTANCE: bool(publication.needs),
            Section.SOURCES: False,
            Section.ACRONYMS: False,
        }
        front = publication.front
        said = section not in there and (
            getattr(front, section.value) or any(voice.about == section.value for voice in front.voices)
        )
        return [section.value] * bool(there.get(section, said))

    @cached_property
    def attributed(self) -> bool:
        """Whether the report says who stands behind what."""
        return any(getattr(part, "by", ()) or getattr(part, "held", ()) for part in parts(self.publication))

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
            lambda citation: cite(citation, self.publication.sources, self.numbers, setter, self.told),
            self.numbers,
            self.publication.images,
            origins=self.origins,
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
