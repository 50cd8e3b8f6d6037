"""The words of ratings, kinds and answers, as the field uses them in both languages: one place for them all."""

from __future__ import annotations

from enum import Enum
from typing import Final

from reportgen.catalogue import Aspect
from reportgen.marking import N_
from reportgen.submission.model import (
    Agreement,
    FindingKind,
    Law,
    Practice,
    Priority,
    ReportLabel,
    SourceKind,
    StateAnswer,
)

WORDS: Final[dict[Enum, str]] = {
    Law.FULL: N_("Fully implemented"),
    Law.LARGELY: N_("Largely implemented"),
    Law.PARTLY: N_("Partly implemented"),
    Law.NONE: N_("Not implemented"),
    Law.UNKNOWN: N_("Not established"),
    Law.NOT_RATED: N_("Not rated"),
    Practice.GOOD: N_("Good practice"),
    Practice.MODERATE: N_("Moderate practice"),
    Practice.POOR: N_("Poor practice"),
    Practice.NONE: N_("No practice"),
    Practice.UNKNOWN: N_("Practice not established"),
    Practice.NOT_RATED: N_("Practice not rated"),
    StateAnswer.YES: N_("“Yes”"),
    StateAnswer.IN_PART: N_("“Yes, in part”"),
    StateAnswer.NO: N_("“No”"),
    StateAnswer.NOT_PUBLISHED: N_("Not published"),
    Agreement.YES: N_("We agree"),
    Agreement.PARTLY: N_("We agree in part"),
    Agreement.NO: N_("We disagree"),
    Agreement.CANNOT_SAY: N_("We cannot say"),
    FindingKind.DEFICIENCY: N_("Deficiency"),
    FindingKind.GOOD_PRACTICE: N_("Good example"),
    FindingKind.CASE: N_("Case"),
    FindingKind.STATISTIC: N_("Figures"),
    FindingKind.DEVELOPMENT: N_("Development"),
    Priority.HIGH: N_("High priority"),
    Priority.MEDIUM: N_("Medium priority"),
    Priority.LOW: N_("Low priority"),
    Aspect.LAW: N_("Law"),
    Aspect.PRACTICE: N_("Practice"),
    Aspect.FIGURES: N_("Figures and data"),
    ReportLabel.PARALLEL: N_("Parallel report"),
    ReportLabel.SHADOW: N_("Shadow report"),
    ReportLabel.ALTERNATIVE: N_("Alternative report"),
    SourceKind.LEGISLATION: N_("Legislation"),
    SourceKind.COURT_DECISION: N_("Court decisions"),
    SourceKind.OFFICIAL_DOCUMENT: N_("Official documents"),
    SourceKind.INTERGOVERNMENTAL: N_("Documents of international organizations"),
    SourceKind.NGO_REPORT: N_("Reports and records of civil society"),
    SourceKind.ACADEMIC: N_("Academic works"),
    SourceKind.MEDIA: N_("Media"),
    SourceKind.DATASET: N_("Data sets"),
    SourceKind.INFORMATION_REQUEST: N_("Requests for information"),
    SourceKind.INTERVIEW: N_("Interviews"),
    SourceKind.TESTIMONY: N_("Testimonies"),
    SourceKind.OTHER: N_("Other sources"),
}
