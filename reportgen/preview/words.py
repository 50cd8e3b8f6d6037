"""What the script of the desk says, in the language of its user."""

from __future__ import annotations

from typing import Final

from reportgen.languages.messages import translations
from reportgen.marking import N_

_WORDS: Final = {
    "connected": N_("Up to date, {time}"),
    "reading": N_("Loading …"),
    "lost": N_("The program does not answer. This is the last page. If the program was ended, start it again and open the address that it prints; otherwise the page will follow again by itself."),
    "moved": N_("The program was started anew, at another address. Open the one that it printed; this page does not follow any more."),
    "changed_one": N_("1 paragraph changed."),
    "changed_many": N_("{count} paragraphs changed."),
    "blocked": N_("The page can’t follow the files: {count} to mend."),
    "mended": N_("Mended. The page follows again."),
    "handle": N_("Place and comments"),
    "missing": N_("Not translated"),
    "stale": N_("Translation out of date"),
    "copied": N_("Copied: {place}"),
    "copy_failed": N_("The browser does not let the page copy. The place is {place}."),
    "commented": N_("The comment is kept in {file}."),
    "refused": N_("The comment could not be kept: the file of comments has a fault, or can’t be written."),
    "no_words": N_("A comment needs words, up to 5,000 characters."),
    "comment_later": N_("Comments can be kept again once the files are mended."),
    "no_editor": N_("This is no address of an editor."),
    "place_in": N_("{language}: {place}"),
    "gone": N_("This paragraph has changed meanwhile; try again."),
    "making": N_("Setting the pages …"),
    "making_page": N_("{page} pages set …"),
    "pages_old": N_("These pages are older than the text."),
    "pages_failed": N_("The pages can’t be set while there are errors."),
    "pages_title": N_("Pages, {language}"),
    "previous": N_("There is no change to go to."),
    "en": N_("English"),
    "fr": N_("French"),
}  # fmt: skip


def words_for(language: str) -> dict[str, str]:
    """Return every sentence of the script in ``language``."""
    translate = translations(language).gettext
    return {key: translate(text) for key, text in _WORDS.items()}
