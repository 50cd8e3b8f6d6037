"""What the mechanism asks: instruments, clusters, questionnaire, calendar (YAML data and their loader)."""

from reportgen.catalogue.loader import CatalogueError, load_catalogue
from reportgen.catalogue.model import (
    Acronym,
    Article,
    Aspect,
    Catalogue,
    Cluster,
    Enquiry,
    Instrument,
    Milestone,
    Question,
)

__all__ = [
    "Acronym",
    "Article",
    "Aspect",
    "Catalogue",
    "CatalogueError",
    "Cluster",
    "Enquiry",
    "Instrument",
    "Milestone",
    "Question",
    "load_catalogue",
]
