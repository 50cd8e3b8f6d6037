"""What may be said: audiences, and the cut of a submission to one of them."""

from reportgen.publication.model import Audience, Publication
from reportgen.publication.redact import redact

__all__ = ["Audience", "Publication", "redact"]
