"""Every code, its severity, what it says and what to do about it, in English; French stands in the catalogues.

A code never changes its meaning. 1xx reading files · 2xx the form of values · 3xx articles, State and instruments ·
4xx coverage and evidence · 5xx languages · 6xx the text itself · 7xx templates, rendering and writing · 8xx coalitions · 9xx what is confidential.

Messages are Python format strings. ``{value}`` is text from the input, withheld where it is confidential;
``{suggestion}`` is what was probably meant, and a remedy that needs it is left out when there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportgen.diagnostics.model import Severity
from reportgen.marking import N_


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means.

    Attributes:
        severity: How much it matters by default.
        message: What happened.
        remedy: What to do, or empty.
        guess: The remedy when there is a suggestion; shown before ``remedy``.
        blocks_final: Whether ``--final`` refuses to build with it.
        together: The message where several articles have it; they are then told as one problem.
    """

    severity: Severity
    message: str
    remedy: str = ""
    guess: str = ""
    blocks_final: bool = False
    together: str = ""


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
DID_YOU_MEAN: Final = N_("Did you mean “{suggestion}”?")

CODES: Final[dict[str, Code]] = {
    # 1xx: files and YAML
    "RG101": Code(
        ERROR,
        N_("The file is too large: a file of up to {limit} MB can be read."),
        N_("Split it into several files in one folder, for example one for each article."),
    ),
    "RG102": Code(
        ERROR,
        N_("The file is saved as {encoding}; this program reads UTF-8."),
        N_("In your editor choose “Save as…” and the encoding “UTF-8”."),
    ),
    "RG103": Code(
        ERROR,
        N_("The file is not saved as UTF-8: this character can’t be read."),
        N_("In your editor choose “Save as…” and the encoding “UTF-8”; then check the accented letters."),
    ),
    "RG104": Code(
        ERROR,
        N_("There is an invisible or forbidden character here: {character}."),
        N_("Delete it and type the text around it again; it often comes with text pasted from a PDF."),
    ),
    "RG105": Code(
        ERROR,
        N_("The file is empty, or holds only comments (lines that start with #)."),
        N_("Start with “reportgen new”, or delete the file."),
    ),
    "RG106": Code(
        ERROR,
        N_("A second document starts here (“---”)."),
        N_("Keep one document in a file: remove this line or move what follows into a file of its own."),
    ),
    "RG107": Code(
        ERROR,
        N_("A list or a group of keys stands where a key is expected."),
        N_("A key is a single word followed by a colon. A placeholder in double braces must be replaced by your text."),
    ),
    "RG108": Code(
        ERROR,
        N_("The file does not start with keys such as “format:” or “answers:”."),
        N_(
            "Each line at the margin has the form “key: value”, without “- ” before it and with a space after the colon."
        ),
    ),
    "RG109": Code(
        ERROR, N_("The file holds more than {limit} values."), N_("Split it into several files in one folder.")
    ),
    "RG110": Code(
        ERROR,
        N_("Values are nested more than {limit} levels deep."),
        N_("Remove brackets or levels of indentation that are not needed."),
    ),
    "RG111": Code(ERROR, N_("The line is indented with a tab."), N_("Use spaces: two for each level.")),
    "RG112": Code(
        ERROR,
        N_("There is a colon followed by a space inside unquoted text."),
        N_(
            'Put the whole text in straight quotation marks, title: "Part 1: the law"; or, if a new key starts here, check the indentation and the quotes above.'
        ),
    ),
    "RG113": Code(
        ERROR, N_("Unquoted text can’t start with “{character}”."), N_("Put the whole text in quotation marks.")
    ),
    "RG114": Code(
        ERROR,
        N_("A quotation mark is opened here and never closed."),
        N_(
            "Close it; or start the text with “>-” and go on in the next, indented lines, where quotation marks are free."
        ),
    ),
    "RG115": Code(
        ERROR,
        N_("A backslash in text between double quotation marks has a special meaning."),
        N_("Use single quotation marks for this text."),
    ),
    "RG116": Code(
        ERROR,
        N_("The key “{key}” stands here for the second time; the first is in line {line}."),
        N_("Keep one of the two, and merge what they say."),
    ),
    "RG117": Code(
        ERROR,
        N_("The text is cut here: “ #” starts a comment, and the rest of the line is lost."),
        N_('Put the whole text in quotation marks, for example: "see case #12".'),
    ),
    "RG118": Code(
        WARNING,
        N_("What follows “#” is a comment and will not be printed."),
        N_(
            "If it belongs to the text, put the whole text in quotation marks; if not, move the comment to a line of its own."
        ),
    ),
    "RG119": Code(
        ERROR,
        N_("The file can’t be read from here on: this is not valid YAML."),
        N_(
            "Look at this line and the one above: quotation marks, brackets, a missing colon. The keys of the whole file (format, state …) all start at the left margin."
        ),
    ),
    "RG120": Code(
        ERROR,
        N_("Text can’t start with “{sign}” unless it stands in quotation marks."),
        N_("Put the whole text in quotation marks; a list starts with “- ”."),
    ),
    "RG121": Code(
        ERROR,
        N_("Text can’t start with “!” unless it stands in quotation marks."),
        N_("Put the whole text in quotation marks."),
    ),
    "RG122": Code(ERROR, N_("“<<” merges keys in YAML; it is not used in submissions."), N_("Write the keys out.")),
    "RG123": Code(
        ERROR,
        N_("A bracket [ or {{ is not closed, or a comma is missing."),
        N_("Check the brackets of this line and of the lines above."),
    ),
    "RG124": Code(
        ERROR,
        N_(
            "The structure breaks here: the indentation does not fit the lines above, or a colon or quotation mark is missing."
        ),
        N_("Keys of one group stand exactly below each other; text of several lines is indented further than its key."),
    ),
    "RG125": Code(
        ERROR,
        N_("A list can’t start on the line of its key."),
        N_("Put “- ” on the next line; or, if it is text, put it in quotation marks."),
    ),
    "RG126": Code(
        ERROR,
        N_("The text goes on after its closing quotation mark."),
        N_(
            "Within single quotation marks write an apostrophe twice ('it''s'), or use double quotation marks around the text."
        ),
    ),
    "RG127": Code(
        ERROR,
        N_("“{key}” is already given in another file: {place}."),
        N_("Keep it in one of the two files and delete it in the other."),
    ),
    "RG128": Code(
        ERROR,
        N_("There is no submission in this folder: no file ends in .yaml or .yml."),
        N_("Start one with “reportgen new”, or name another folder."),
    ),
    "RG129": Code(
        ERROR,
        N_("There are more than {limit} files in this folder."),
        N_("Keep only the files of one submission in it."),
    ),
    "RG130": Code(
        ERROR,
        N_("The file is a link to a place outside the folder; it was not read."),
        N_("Put the file itself into the folder."),
    ),
    "RG131": Code(
        ERROR,
        N_("The file can’t be opened."),
        N_("Check that it exists, that you may read it, and that no other program holds it."),
    ),
    "RG132": Code(
        ERROR,
        N_("This member is a coalition itself (its folder holds coalition.yaml)."),
        N_("Merge it first with “reportgen merge”, and name the merged file as the member."),
    ),
    "RG133": Code(
        ERROR,
        N_("After “>-” lines are joined: this list or table would run together."),
        N_("Start the text with “|-” instead of “>-”, and leave an empty line before the list."),
    ),
    "RG134": Code(
        WARNING,
        N_("This file is not read: its name does not end in .yaml."),
        N_("Rename it so that .yaml is the end of its name; Windows may hide the last part."),
        blocks_final=True,
    ),
    "RG135": Code(
        ERROR,
        N_("This file is a part of the submission in the folder {value}."),
        N_("Check the whole folder: “reportgen check {value}”."),
    ),
    "RG136": Code(
        ERROR,
        N_("In “sources” identifiers are written without “@”."),
        N_("Write sources: [s1]; the form [@s1] is for texts."),
    ),
    "RG137": Code(
        ERROR,
        N_("This line starts at the left margin, outside the text that it belongs to."),
        N_(
            "Indent every line of the text, also after empty ones, further than its key; start the text with “|-” on the line of the key."
        ),
    ),
    # 2xx: the form of values
    "RG200": Code(ERROR, N_("“{key}” is missing."), N_("Add “{key}: …” to this group.")),
    "RG201": Code(ERROR, N_("There is no key “{key}” here."), N_("Possible keys: {known}."), DID_YOU_MEAN),
    "RG202": Code(
        ERROR, N_("A list is expected here."), N_("Put each entry on a line of its own that starts with “- ”.")
    ),
    "RG203": Code(
        ERROR,
        N_("Keys are expected here, in the form “key: value”."),
        N_("Go on in the next line, indented by two spaces, with “key: value”."),
    ),
    "RG204": Code(
        ERROR,
        N_("Because of the colon, the words before it were taken for a key."),
        N_("Put the whole text in quotation marks."),
    ),
    "RG205": Code(ERROR, N_("Nothing is written here."), N_("Write the value, or delete the line.")),
    "RG206": Code(
        ERROR,
        N_("A single value is expected here, not a group of keys."),
        N_("If it is text with a colon in it, put it in quotation marks."),
    ),
    "RG207": Code(
        ERROR,
        N_("A single value is expected here, not a list."),
        N_("Remove the “- ” or the brackets; text that starts with “[” needs quotation marks."),
    ),
    "RG208": Code(
        ERROR,
        N_("This value must stand on one line, in at most 500 characters."),
        N_("Write it on one line, or shorten it."),
    ),
    "RG209": Code(
        ERROR,
        N_("“{key}” is not a language."),
        N_("A text in several languages has the keys “en”, “fr” or another two-letter code."),
        DID_YOU_MEAN,
    ),
    "RG210": Code(
        ERROR,
        N_("“made_from” holds a fingerprint of eight digits and letters a to f."),
        N_("“reportgen status” shows the fingerprint of each text; copy it from there."),
    ),
    "RG211": Code(
        ERROR,
        N_("The text is too long: {size} characters; up to {limit} are read."),
        N_("Shorten it, or divide it between several findings or sections."),
    ),
    "RG212": Code(
        ERROR,
        N_("“{value}” is not a date that can be read."),
        N_("Write year-month-day, year-month or only the year, for example 2024-09-30."),
        N_("Did you mean {suggestion}?"),
    ),
    "RG213": Code(ERROR, N_("There is no such day: “{value}”."), N_("Check the month and the day.")),
    "RG214": Code(
        ERROR,
        N_("“{value}” is not a figure that can be read."),
        N_("Write digits only, with a point before decimals; leave it empty where the figure is missing."),
        N_("Did you mean {suggestion}?"),
    ),
    "RG215": Code(ERROR, N_("“{value}” is not a whole number."), N_("Write digits only, for example 2006.")),
    "RG216": Code(ERROR, N_("“{value}” is neither yes nor no."), N_("Write “yes” or “no”.")),
    "RG217": Code(ERROR, N_("“{value}” is not a web address."), N_("Write the whole address, starting with https://.")),
    "RG218": Code(
        ERROR, N_("“{value}” is not one of the words possible here."), N_("Possible words: {known}."), DID_YOU_MEAN
    ),
    "RG219": Code(ERROR, N_("A space is missing after the colon."), N_("Write “key: value”.")),
    "RG220": Code(
        ERROR, N_("Only one of “answer”, “not_applicable” and “no_information” can be given."), N_("Keep one of them.")
    ),
    "RG221": Code(
        ERROR,
        N_("“{value}” is not the name or code of a State that is known here."),
        N_(
            "Write its ISO code (for example KE) or its UN short name; a State that has none is described as {{code: …, name: {{en: …, fr: …}}}}."
        ),
        DID_YOU_MEAN,
    ),
    "RG222": Code(
        ERROR,
        N_("The description of the State is not complete."),
        N_("Write: {{code: XSL, name: {{en: Solvania, fr: Solvanie}}, french: {{article: la, in: en}}}}."),
    ),
    "RG223": Code(
        ERROR,
        N_("An identifier can’t be written like this."),
        N_("Use letters, digits, hyphens, points and underscores, without spaces: s1, police_2023."),
    ),
    "RG224": Code(ERROR, N_("“{key}” is not a year."), N_("Figures are given by year: 2023: 188.")),
    "RG225": Code(
        ERROR,
        N_("This is format {value}; this version of the program reads format 1."),
        N_("Write “format: 1”, or use a newer version of the program."),
    ),
    "RG226": Code(
        ERROR,
        N_("“{value}” is not the two-letter code of a language."),
        N_("Write en, fr or another ISO 639-1 code."),
        DID_YOU_MEAN,
    ),
    "RG227": Code(
        ERROR,
        N_("Within braces a comma ends a text; what follows it was taken for a key."),
        N_("Put the whole text in straight quotation marks."),
    ),
    "RG228": Code(
        ERROR,
        N_("A consent needs the day on which it was given; “yes” alone can’t be shown to anybody later."),
        N_("Write the day, such as 2024-03-17, or no."),
    ),
    # 3xx: articles, State, instruments
    "RG301": Code(
        ERROR,
        N_("There is no article “{key}”."),
        N_("Articles are written <instrument>-<number>, for example untoc-5. Articles of cluster {cluster}: {known}."),
        DID_YOU_MEAN,
    ),
    "RG302": Code(
        ERROR,
        N_("Article “{key}” does not belong to cluster {cluster}."),
        N_("Articles of cluster {cluster}: {known}."),
    ),
    "RG303": Code(
        ERROR, N_("There is no instrument “{key}”."), N_("Instruments: untoc, tip, som, firearms."), DID_YOU_MEAN
    ),
    "RG304": Code(
        WARNING,
        N_("The State is not listed as a party to the instrument of “{key}”: this answer will not be printed."),
        N_("Add the instrument to “instruments”, or remove the answer."),
    ),
    "RG305": Code(
        ERROR,
        N_("There is no cluster “{value}”."),
        N_("The clusters are numbered 1 to 4; cluster 1 is criminalization and jurisdiction."),
    ),
    "RG306": Code(
        WARNING,
        N_("The list of articles of cluster {cluster} could not be verified."),
        N_("Compare it with resolution 9/1 of the Conference of the Parties, annex, before you publish."),
    ),
    "RG307": Code(ERROR, N_("There is no question “{key}”."), N_("Questions on this article: {known}."), DID_YOU_MEAN),
    "RG308": Code(
        ERROR,
        N_("The question “{key}” belongs to article {article}."),
        N_("Move it there, or correct the key of this article."),
    ),
    "RG309": Code(
        ERROR,
        N_("A State can be a party to a Protocol only if it is a party to the Convention."),
        N_("Add “untoc” to “instruments” (Convention, article 37, paragraph 2)."),
    ),
    "RG310": Code(
        WARNING,
        N_("Whether article “{key}” is reviewed in cluster {cluster} could not be verified."),
        N_("Compare with resolution 9/1, annex; the report will carry a note."),
    ),
    "RG311": Code(
        ERROR,
        N_("This organisation is not to be named, and nothing says how to describe it."),
        N_("Add “described_as”, for example: a member organisation in the region."),
    ),
    "RG312": Code(ERROR, N_("There is no milestone “{key}”."), N_("Milestones: {known}."), DID_YOU_MEAN),
    "RG313": Code(
        ERROR, N_("Reports are written in English (en) and French (fr), not in “{value}”."), N_("Write en, fr or both.")
    ),
    "RG314": Code(
        ERROR,
        N_("There is no organization “{value}” in this report."),
        N_("Write its identifier as it stands under “organisations”."),
        DID_YOU_MEAN,
    ),
    "RG315": Code(
        ERROR,
        N_("Nobody could tell what this voice is about or what it holds."),
        N_("Write under “about” one of: {known}. Then a “text”, or the rating or figure as “value”."),
    ),
    "RG316": Code(
        WARNING,
        N_("This text names an organization that is not to be named."),
        N_("Put its description in place of the name, unless no reader can tell from it who submits the report."),
    ),
    # 4xx: coverage and evidence
    "RG401": Code(
        WARNING,
        N_("Nothing is said about article {key} ({title_en})."),
        N_("Answer it, give a reason as “not_applicable”, or leave it out of “scope”."),
        blocks_final=True,
        together=N_("Nothing is said yet about {count} articles: {known}."),
    ),
    "RG402": Code(
        WARNING,
        N_("Not answered yet on {key} ({count} of {total}): {known}."),
        N_("Answer them, or say “no_information: …” or “not_applicable: …”."),
        blocks_final=True,
    ),
    "RG403": Code(
        WARNING,
        N_("This finding rests on no source."),
        N_("Add “sources: [ … ]”, or cite one in the text: [@s1]."),
        blocks_final=True,
    ),
    "RG404": Code(
        WARNING, N_("The source “{key}” is never cited."), N_("Cite it as [@{key}] or in “sources”, or remove it.")
    ),
    "RG405": Code(
        ERROR,
        N_("There is no source “{value}”."),
        N_("Add it under “sources”, or correct the identifier."),
        DID_YOU_MEAN,
    ),
    "RG406": Code(
        WARNING,
        N_("The article is rated, but nothing says why."),
        N_("Add “grounds”, a finding, or answers to the questions."),
        blocks_final=True,
    ),
    "RG407": Code(
        WARNING,
        N_("You agree or disagree with an answer of the State that is “not_published”."),
        N_("Say what the State answered in “state_answer”, or write “agree_with_state: cannot_say”."),
    ),
    "RG408": Code(
        ERROR, N_("The period ends ({to}) before it begins ({from_})."), N_("Correct one of them, or exchange them.")
    ),
    "RG409": Code(
        WARNING,
        N_("This date ({value}) is later than the date of the report ({limit})."),
        N_("Correct one of the two."),
    ),
    "RG410": Code(
        WARNING, N_("The period ends ({to}) after the date of the report ({limit})."), N_("Correct one of the two.")
    ),
    "RG411": Code(
        WARNING,
        N_("The article is said not to apply, and yet it is answered or rated; only the reason will be printed."),
        N_("Keep the reason or the answers, not both."),
        blocks_final=True,
    ),
    "RG412": Code(
        WARNING,
        N_("This recommendation is addressed to nobody."),
        N_("Add “addressee”, for example: Ministry of Justice."),
        blocks_final=True,
    ),
    "RG413": Code(
        WARNING,
        N_("No organisation submits this report."),
        N_("Add at least one under “organisations”."),
        blocks_final=True,
    ),
    "RG414": Code(ERROR, N_("This statistic has no figures."), N_("Add “values: {{2022: 31, 2023: 29}}” or “series”.")),
    "RG415": Code(WARNING, N_("These figures rest on no source."), N_("Add “sources: [ … ]”."), blocks_final=True),
    "RG416": Code(
        WARNING,
        N_("Nothing is answered here."),
        N_("Write “answer”, “no_information” or “not_applicable”."),
        blocks_final=True,
    ),
    "RG417": Code(
        WARNING,
        N_("The source was read ({value}) before it was published ({limit})."),
        N_("Correct one of the two dates."),
    ),
    "RG418": Code(
        NOTE,
        N_("Readers of the public report will see only “Interview” (or the like) for this source."),
        N_("“described_as” can say more, in general terms."),
    ),
    "RG419": Code(
        WARNING, N_("The report has no date."), N_("Add “date: 2024-09-30” under “report”."), blocks_final=True
    ),
    "RG420": Code(
        NOTE,
        N_(
            "The summary lists the recommendations of high priority: there are {count}; readers keep three to seven in mind."
        ),
        N_("Give high priority to the three to seven recommendations that matter most."),
    ),
    "RG421": Code(ERROR, N_("Only one of “values” and “series” can be given."), N_("Put all figures under “series”.")),
    "RG422": Code(
        WARNING,
        N_("Article “{key}” is answered but left out of “scope”: it will not be printed."),
        N_("Add it to “scope”, or remove the answer."),
    ),
    "RG423": Code(
        WARNING,
        N_("This statistic has more than four series: only its table will be printed."),
        N_("Divide it into several statistics if it is to be drawn."),
    ),
    "RG424": Code(
        WARNING,
        N_("The report has no summary."),
        N_("Add “summary: …” under “report”: what a reader with two minutes must know."),
        blocks_final=True,
    ),
    "RG425": Code(
        WARNING,
        N_("The report does not say how it was made."),
        N_("Add “methodology: …” under “report”: who wrote it, from which sources, and what it could not find out."),
        blocks_final=True,
    ),
    "RG426": Code(
        WARNING,
        N_("Article {key} is not rated yet: {known}."),
        N_(
            "Write under “law” one of: full, largely, partly, none, unknown; under “practice”: good, moderate, poor, none, unknown."
        ),
        blocks_final=True,
        together=N_("{count} articles are not rated yet: {known}."),
    ),
    "RG427": Code(
        WARNING,
        N_("The report has {count} words in {code}; it may have {limit}."),
        N_("Shorten it, or correct “words_at_most”."),
    ),
    # 5xx: languages
    "RG501": Code(
        WARNING,
        N_("There is no text in “{code}” here; its readers will get the one in “{original}”, marked as such."),
        N_('Give both: {{{original}: "…", {code}: "…"}}, or add “{code}: …” beside “{original}: …”.'),
        blocks_final=True,
    ),
    "RG502": Code(
        WARNING,
        N_("The text in “{code}” was made from an earlier version of the one in “{original}”."),
        N_("Bring the translation up to date, then write “made_from: {fingerprint}”."),
        blocks_final=True,
    ),
    # 6xx: the text itself
    "RG601": Code(
        WARNING,
        N_("This image can’t be shown here; only its description is printed."),
        N_("Put it on a line of its own, in running text: not within a sentence, list, table, quotation or note."),
    ),
    "RG602": Code(
        WARNING,
        N_("HTML in the text is printed as it stands."),
        N_("Use Markdown: *emphasis*, **strong**, lists that start with “- ”."),
    ),
    "RG603": Code(
        WARNING,
        N_("The text calls a note [^{value}], but no line gives its words."),
        N_("Add a line that starts with “[^{value}]: ” and the text of the note."),
    ),
    "RG604": Code(
        ERROR,
        N_("The text has a word of {size} characters without a space."),
        N_("Put a space into it, or make a long web address a link: [text](address)."),
    ),
    "RG605": Code(
        ERROR,
        N_("The text can’t be set: lists, quotations or brackets are nested too deep."),
        N_("Use fewer levels of lists or quotations, at most seven."),
    ),
    "RG606": Code(
        WARNING,
        N_("A link in the text does not lead to a web or e-mail address; only its words are printed."),
        N_("Write the whole address, starting with https:// or mailto:."),
    ),
    "RG607": Code(
        ERROR,
        N_("This citation can’t be read; it would be printed as it stands."),
        N_("Write [@s1], [@s1, p. 12] or [@s1; @s2, p. 3]."),
    ),
    "RG608": Code(
        WARNING,
        N_("The words of the note [^{value}] will not be printed: no text calls it, or it is given twice."),
        N_("Call it in the text as [^{value}], once defined and outside other notes, or remove it."),
        blocks_final=True,
    ),
    "RG609": Code(
        WARNING,
        N_("This row of the table has more cells than its header; the last ones will not be printed."),
        N_("Add columns to the header and the line of hyphens below it, or write a “|” within a cell as “\\|”."),
        blocks_final=True,
    ),
    "RG610": Code(
        ERROR,
        N_("There is no image “{value}” in the folder of the submission."),
        N_("Write its path from that folder, such as images/map.png."),
        DID_YOU_MEAN,
    ),
    "RG611": Code(
        ERROR,
        N_("The image “{value}” lies outside the folder of the submission."),
        N_("Copy it into that folder and write its path from there, such as images/map.png."),
    ),
    "RG612": Code(
        ERROR,
        N_("“{value}” is neither a PNG nor a JPEG image, whatever its name says."),
        N_("Open it in a program for images and save or export it as PNG or JPEG."),
    ),
    "RG613": Code(
        ERROR,
        N_("The file of the image “{value}” is too large: {size} MB; up to {limit} MB can be read."),
        N_("Save a smaller copy: on paper 2,000 pixels fill the page."),
    ),
    "RG614": Code(
        ERROR,
        N_("The image “{value}” has too many pixels: up to {limit} million can be read."),
        N_("Save a smaller copy: on paper 2,000 pixels fill the page."),
    ),
    "RG615": Code(
        ERROR,
        N_("The image “{value}” has no description; readers who can’t see it would not know what it shows."),
        N_("Say it between the square brackets: ![Map of the three routes across the border](images/map.png)."),
    ),
    "RG616": Code(
        ERROR,
        N_("The image “{value}” can’t be read; its file seems to be damaged."),
        N_("Open it in a program for images and save it again."),
    ),
    "RG617": Code(
        ERROR,
        N_("The submission has more than {limit} images."),
        N_("Leave out those that the report does not need."),
    ),
    "RG618": Code(
        ERROR,
        N_("This table has {size} columns; a page holds {limit} at most."),
        N_("Split it into several tables, or turn rows into columns."),
    ),
    "RG619": Code(
        ERROR,
        N_("This text has {size} notes; it may have {limit} at most."),
        N_("Cite several sources in one note, such as [@s1; @s2], or split the text."),
    ),
    "RG620": Code(
        WARNING,
        N_("The columns of this text are divided by tabs; in the report they would run together."),
        N_(
            "Write a table: start the text with “|-”, then give a line with the headings, “| Year | Persons |”, below it “|---|---|”, and a line for each row, “| 2022 | 31 |”."
        ),
    ),
    # 7xx: templates, rendering, writing
    "RG701": Code(ERROR, N_("A template can’t be used: {reason}."), N_("Undo the last change to it.")),
    "RG702": Code(
        ERROR,
        N_("The PDF could not be made: {reason}."),
        N_("Try “--format html”; if it persists, report it with the number of the version."),
    ),
    "RG703": Code(
        ERROR,
        N_("The file {value} could not be written: {reason}."),
        N_("Check that the folder exists, that you may write to it, and that no other program holds the file."),
    ),
    "RG704": Code(
        WARNING,
        N_("No font of the report has these signs; the PDF shows � in their place: {value}."),
        N_("Write them another way, such as a name in Latin letters, or add a font that has them to the theme."),
        blocks_final=True,
    ),
    "RG705": Code(
        ERROR,
        N_("The library Pango, which sets the pages of the PDF, is not installed on this computer."),
        N_(
            "Linux: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. macOS: brew install pango. Windows: see the installation page of WeasyPrint. HTML works without it: --format html."
        ),
    ),
    "RG706": Code(WARNING, N_("While the PDF was made: {reason}."), "", blocks_final=True),
    "RG707": Code(
        ERROR,
        N_("The report was stopped: it took far longer than its length explains."),
        N_("Look for a text that was pasted by mistake: a very long table, list or row of signs."),
    ),
    "RG708": Code(
        ERROR,
        N_("The report was stopped: it needed more memory than the program may take or this computer has."),
        N_("Close other programs, or look for a very large table or picture."),
    ),
    "RG709": Code(
        ERROR,
        N_("The folder for temporary files can’t be used: {reason}."),
        N_("Free some space on its disk, or name another folder in the setting TMPDIR (on Windows: TEMP)."),
    ),
    "RG710": Code(
        ERROR,
        N_("There is no theme here: no file theme.yaml that can be read."),
        N_("Name the file, or the folder that holds theme.yaml."),
    ),
    "RG711": Code(
        ERROR,
        N_("The theme says it is of format {value}; this program reads format 1."),
        N_("Write “theme: 1”, or get the newest version of the program."),
    ),
    "RG712": Code(
        ERROR,
        N_("“{value}” is not a colour that can be read here."),
        N_('Write it as six digits, in quotation marks: "#1f3a5f".'),
    ),
    "RG713": Code(
        ERROR,
        N_("The colour {value} is too light to be read: its contrast with white is {ratio} to 1; text needs 4.5 to 1."),
        N_("Choose a darker one."),
        guess=N_('The nearest that can be read: "{suggestion}".'),
    ),
    "RG714": Code(
        WARNING,
        N_("The colours {value} and {other} look the same when the report is printed without colour."),
        N_("Make one of them lighter or darker."),
        guess=N_('A shade of the first that does: "{suggestion}".'),
    ),
    "RG715": Code(
        ERROR,
        N_("The file “{value}” lies outside the folder of the theme; it was not read."),
        N_("Put the file itself into the folder and name it by its name alone."),
    ),
    "RG716": Code(
        ERROR,
        N_("There is no file “{value}” in the folder of the theme, or it can’t be opened."),
        N_("Check its name, capitals included, and put it beside theme.yaml."),
        guess=DID_YOU_MEAN,
    ),
    "RG717": Code(
        ERROR,
        N_("The file “{value}” is too large: up to {limit} MB can be read."),
        N_("Save it smaller; a logo needs no more than 2,000 pixels in width."),
    ),
    "RG718": Code(
        ERROR,
        N_("“{value}” is not a picture that can be used as a logo."),
        N_("Save it as PNG or JPEG, of at most 25 million pixels."),
    ),
    "RG719": Code(
        ERROR,
        N_("“{value}” is not a font that can be used."),
        N_(
            "Take a TrueType or OpenType file (.ttf, .otf), not one made for the web (.woff, .woff2) or a collection (.ttc)."
        ),
    ),
    "RG720": Code(
        ERROR,
        N_("“{value}” is a variable font: the pages would look different on different computers."),
        N_("Take the static files of the same family: regular, italic, bold, bold italic."),
    ),
    "RG721": Code(
        ERROR,
        N_("The font “{value}” says that it may not be embedded in a document."),
        N_("Take a font with a free licence, such as the SIL Open Font License, or ask its maker for one that may."),
    ),
    "RG722": Code(
        ERROR,
        N_("A style sheet can load nothing from elsewhere: {value}."),
        N_(
            "Name fonts and logo in theme.yaml and use the fonts by the name of their family; small pictures can stand in the style sheet as “data:” addresses."
        ),
    ),
    "RG723": Code(
        ERROR,
        N_("The style sheet can’t be read from here on."),
        N_("Look for a bracket, a quotation mark or a semicolon that is missing, or for HTML."),
    ),
    "RG724": Code(
        WARNING,
        N_("The PDF does without this line of the style sheet: {reason}."),
        N_("Write it in a way that the renderer knows, or within “@media screen” if it is meant for the HTML only."),
    ),
    "RG725": Code(
        ERROR,
        N_("The section “{value}” is named twice."),
        N_("Name each section once; those not named follow in their usual order."),
    ),
    "RG726": Code(
        ERROR,
        N_("“{value}” replaces no template of the program."),
        N_("The templates are: {known}."),
        guess=DID_YOU_MEAN,
    ),
    "RG727": Code(
        WARNING,
        N_("Templates are programs of whoever wrote them: they decide what the report shows and what it leaves out."),
        N_("Use only templates of people you trust, and compare the report with one built without them."),
    ),
    "RG728": Code(
        ERROR,
        N_("The templates break what a report promises: {reason}."),
        N_(
            "A report has a title (<title>) and says its language (<html lang>); nothing in it acts or loads by itself. Change the template."
        ),
    ),
    "RG729": Code(
        ERROR,
        N_("The template asks for “{name}”, which is not there."),
        N_("There are: {known}."),
        guess=DID_YOU_MEAN,
    ),
    "RG799": Code(
        ERROR,
        N_("Something went wrong inside the program ({reason}). Your files are unchanged."),
        N_("Please report it with the number of the version; the report need not contain your text."),
    ),
    # 8xx: coalitions
    "RG801": Code(
        ERROR,
        N_("The member’s path {value} leads out of the coalition’s folder or has no name."),
        N_(
            "Put the member’s file or folder into the coalition’s folder and write the path from there, such as members/cij."
        ),
    ),
    "RG802": Code(
        ERROR,
        N_("There is no member’s file or folder {value}."),
        N_("Check the path; it is written from the coalition’s folder."),
        guess=DID_YOU_MEAN,
    ),
    "RG803": Code(
        ERROR,
        N_("Two members would both be called {key}."),
        N_("Name the files or folders of the members differently, or remove the line that is there twice."),
    ),
    "RG804": Code(
        ERROR,
        N_("A coalition has at most {limit} members."),
        N_("Merge part of them first, and name the result as one member."),
    ),
    "RG805": Code(
        ERROR,
        N_("The member {key} writes about another State than the coalition."),
        N_("Correct “state” in the member’s file or in coalition.yaml."),
    ),
    "RG806": Code(
        ERROR,
        N_("The member {key} writes about another cluster; the coalition’s is {count}."),
        N_("Correct “cluster” in the member’s file or in coalition.yaml."),
    ),
    "RG807": Code(
        WARNING,
        N_("Members differ here, and nothing has been decided: conflict {key}, with {count} sides."),
        N_("Decide it under “decisions” in coalition.yaml; “reportgen merge” lists all of them."),
        blocks_final=True,
    ),
    "RG808": Code(
        WARNING,
        N_("The decision {key} was made on other texts; what has changed since is of: {known}."),
        N_("Read the conflict again with “reportgen merge”; then write its new “ground”, or decide anew."),
        blocks_final=True,
    ),
    "RG809": Code(
        WARNING,
        N_("The decision {key} belongs to no conflict any more."),
        N_("Remove it, if the members now agree or one of them has left."),
    ),
    "RG810": Code(
        ERROR,
        N_("The decision {key} says more than one thing."),
        N_(
            "Keep one of “take”, “text”, “value” and “keep”; only findings, recommendations and needs may have “take” and “text”."
        ),
    ),
    "RG811": Code(
        ERROR,
        N_("There is no member {value}."),
        N_("If it has left the coalition, remove it here too. The members are: {known}."),
        guess=DID_YOU_MEAN,
    ),
    "RG812": Code(
        ERROR,
        N_("This conflict can’t be decided by “{key}”."),
        N_("What fits it: {known}."),
    ),
    "RG813": Code(
        ERROR,
        N_("The member {value} holds no side in this conflict."),
        N_("Those who do are: {known}."),
        guess=DID_YOU_MEAN,
    ),
    "RG814": Code(
        ERROR,
        N_(
            "This dissent contradicts the decision {key}: its text is the one that was taken, or nobody is left to agree."
        ),
        N_(
            "Leave it out, or take another side. With “keep: both” every side stands by itself, and there is no dissent."
        ),
    ),
    "RG815": Code(
        WARNING,
        N_(
            "The decision {key} does not say what it rests upon, so that a later change of a member’s text stays unseen."
        ),
        N_("Add “ground: {value}”."),
    ),
    "RG816": Code(
        ERROR,
        N_("These differ in more than their text: {known}; a joint text alone does not say which of these stand."),
        N_("Add “take” with the member whose they are."),
    ),
    "RG820": Code(
        WARNING,
        N_("Not all members have agreed to version {version} yet; missing are: {known}."),
        N_(
            "Send them the text; when they agree, add the lines that “reportgen status” gives to “sign_off”, with the date."
        ),
    ),
    "RG821": Code(
        WARNING,
        N_("Members have agreed to another text or version than this, which is version {version}: {known}."),
        N_(
            "Send them what has changed; when they agree, add the lines that “reportgen status” gives to “sign_off”, with the date."
        ),
    ),
    "RG822": Code(
        ERROR,
        N_("No report is made in the language {value}."),
        N_("Languages are: {known}."),
    ),
    "RG823": Code(
        WARNING,
        N_(
            "Two members give this statistic in two forms, one row of figures and several rows; it stays two statistics."
        ),
        N_(
            "If they are one, let the single row stand under “series” too, with a label such as “All”; else let their titles differ."
        ),
    ),
    "RG824": Code(
        ERROR,
        N_(
            "The member {value} assesses this article: beside “it does not apply” its assessment can’t be printed as a dissent."
        ),
        N_("Take the side of those who assess the article, with those who do not as dissent; or keep both."),
    ),
    "RG825": Code(
        WARNING,
        N_("Members have withdrawn their agreement to the report: {known}."),
        N_(
            "Talk to them; when they agree again, add the lines that “reportgen status” gives below those that were withdrawn."
        ),
    ),
    "RG826": Code(
        WARNING,
        N_("The words of {value} that were taken give other figures than the words of: {known}."),
        N_("Write a joint “text” beside “take”, or add them to “dissent”; until then they do not stand behind it."),
        blocks_final=True,
    ),
    "RG827": Code(
        ERROR,
        N_("The joint text of the decision {key} cites “{value}”, which is no source of any member."),
        N_("If its member has left, write the text without it; sources are called as merged.yaml calls them."),
        DID_YOU_MEAN,
    ),
    # 9xx: what is confidential
    "RG901": Code(
        WARNING,
        N_("Others who use this computer can read this file."),
        N_("Keep it to yourself with “chmod 600 {value}”."),
    ),
    "RG902": Code(
        ERROR,
        N_("This file is under version control, or was: whoever gets the repository gets the names."),
        N_(
            "Take it out with “git rm --cached {value}”, add it to .gitignore, and have it removed from earlier versions too (git filter-repo --invert-paths --path {key}). Whoever has a copy of the repository has the names."
        ),
    ),
    "RG903": Code(
        WARNING,
        N_("This folder is under version control, and nothing is known to keep this file out of it."),
        N_("Add a line “secrets.txt” to the file .gitignore."),
    ),
    "RG904": Code(
        ERROR,
        N_("The file is too long: up to {limit} names are read."),
        N_("Keep one name or spelling a line, and only of those that must be protected."),
    ),
    "RG905": Code(
        WARNING,
        N_("This is too short to be searched for: it would stand in every other word."),
        N_("Write at least three letters, for example a first name and a surname."),
    ),
    "RG910": Code(
        ERROR,
        N_("What stands here must not appear in this report: see {place}."),
        N_(
            "Take it out, or describe it in general terms. If the words are no secret here, add a line “{allow}: …” to secrets.txt with a longer phrase around them."
        ),
    ),
    "RG911": Code(
        ERROR,
        N_("The finished file {file} holds what must not appear in it ({where}): see {place}."),
        N_(
            "It was not written. Look for it in images, templates and the theme; if it is an ordinary word of the report, register a longer phrase in its place."
        ),
    ),
    "RG912": Code(
        ERROR,
        N_("The finished file {file} could not be searched for what must not appear in it ({where})."),
        N_(
            "It was not written. Please report it with the number of the version; the report need not contain your text."
        ),
    ),
    "RG913": Code(
        ERROR,
        N_("The finished file {file} holds something that acts, is attached, or tells of this computer ({where})."),
        N_("It was not written. Remove it from the template, the theme or the text."),
    ),
    "RG915": Code(
        WARNING,
        N_("There is a telephone number in this text, which everybody will read."),
        N_("Take it out, unless it is a public one."),
    ),
    "RG916": Code(
        WARNING,
        N_("There is an e-mail address in this text, which everybody will read."),
        N_("Take it out, unless it is a public one."),
    ),
    "RG917": Code(
        WARNING,
        N_("There are geographical coordinates in this text, which everybody will read."),
        N_("Name the region instead, unless the place is no danger to anybody."),
    ),
    "RG918": Code(
        WARNING,
        N_("There is the number of a document, a vehicle or an account in this text, which everybody will read."),
        N_("Take it out: it leads to one person."),
    ),
    # 92x: bundles
    "RG921": Code(
        ERROR,
        N_("This is no bundle, or it was damaged or changed on the way."),
        N_("Ask for it again. Unpacked and packed anew by another program it is no bundle any more."),
    ),
    "RG922": Code(
        ERROR,
        N_("The bundle is encrypted."),
        N_("Name the file of your identity: --identity FILE."),
    ),
    "RG923": Code(
        ERROR,
        N_("The bundle can’t be opened with this identity: it is meant for somebody else, or it is damaged."),
        N_("Send your recipient (age1…) to whoever made it, and ask for it again."),
    ),
    "RG924": Code(
        ERROR,
        N_("There is no identity in this file."),
        N_("An identity is made once, by “reportgen identity FILE”."),
    ),
    "RG925": Code(
        ERROR,
        N_("“{value}” is no recipient, and no file of recipients."),
        N_("A recipient begins with “age1”; in a file each has a line of its own."),
    ),
    "RG926": Code(
        ERROR,
        N_("Encryption needs a library that is not installed."),
        N_("Install it: {value} (if you use pipx: pipx inject reportgen pyrage)."),
    ),
    "RG927": Code(
        ERROR,
        N_("There is more in this submission than one bundle can hold."),
        N_("Make images smaller, or shorten the longest entries."),
    ),
    "RG928": Code(
        ERROR,
        N_("There is a file of this name, and it is no bundle: it is left as it is."),
        N_("Choose another name with -o."),
    ),
    "RG929": Code(
        ERROR,
        N_("This folder is not empty: it is left as it is."),
        N_("Name a folder that does not exist yet."),
    ),
    "RG930": Code(
        ERROR,
        N_("There is a file of this name: it is left as it is."),
        N_("Choose another name. If an identity is lost, what was encrypted for it can’t be opened any more."),
    ),
    "RG931": Code(
        ERROR,
        N_("This is an identity, which is secret: it must not leave its owner."),
        N_("For others to encrypt, give them the recipient: it begins with “age1”."),
    ),
    "RG932": Code(
        ERROR,
        N_("An image that is not for everybody stands here in a way in which nothing keeps it back."),
        N_("Put it on a line of its own, with the path exactly as it stands under “images”."),
    ),
    "RG941": Code(
        NOTE,
        N_("There are {count} more problems of the kind {code}; they are not shown."),
        N_("Mend those that are shown, then check again."),
    ),
    "RG942": Code(
        ERROR,
        N_(
            "The notes of this text come to {size} characters, for each call prints the whole note; up to {limit} are printed."
        ),
        N_("Call a long note once, and refer to it in words."),
    ),
    "RG951": Code(
        ERROR,
        N_("The report gives pseudonyms, and there is no {value} beside the inputs."),
        N_("Make the key once: reportgen key {key}. Keep it apart from what you send to others."),
    ),
    "RG952": Code(
        ERROR,
        N_("Other users of this computer can read the key; with it they can test who a pseudonym is."),
        N_("Take their rights away: chmod 600 {value}."),
    ),
    "RG953": Code(
        ERROR,
        N_("The key is under version control, or was; whoever has the repository can test who a pseudonym is."),
        N_(
            "Take it out (git rm --cached {value}), delete it and make a new one: the old one stays in the history. All codes change."
        ),
    ),
    "RG954": Code(
        ERROR,
        N_("The key lies in a Git repository that would take it in."),
        N_("Add the line “{value}” to the file .gitignore beside it."),
    ),
    "RG955": Code(
        ERROR,
        N_("The key is damaged."),
        N_("Restore it from a copy. A new one changes all codes: delete {value}, then reportgen key {key}."),
    ),
    "RG956": Code(
        WARNING,
        N_("No consent is recorded of the person who said this."),
        N_("Ask, then write what was agreed: “consent: {{internal: 2024-03-17, authorities: no, public: no}}”."),
        blocks_final=True,
    ),
    "RG957": Code(
        ERROR,
        N_("The person did not agree to this use: {key}."),
        N_("Ask again and write the day, or raise the level of everything that cites this source, or take it out."),
    ),
    "RG958": Code(
        ERROR,
        N_("The person took the consent back, and the source is still cited."),
        N_("Take it out of everything that rests on it."),
    ),
    "RG959": Code(
        ERROR,
        N_("Regions are to be printed instead of places, and this place has none."),
        N_("Add “region: …” beside “location: …”."),
    ),
    "RG960": Code(
        ERROR,
        N_("No text shows the image {value}, so that nothing keeps it back."),
        N_("Write the path exactly as it stands in the text."),
        DID_YOU_MEAN,
    ),
    "RG961": Code(
        ERROR,
        N_("The key lies in a Git repository, and Git does not say whether it keeps the key out."),
        N_(
            "See what “git status” says there: Git may be missing, or the repository damaged or somebody else’s. Or move the report out of it."
        ),
    ),
    "RG962": Code(
        ERROR,
        N_("This file looks like a register of names that must not appear, and it is not read."),
        N_("Its name must be “secrets.txt”, and it must lie beside the submission, in no folder below. Or delete it."),
    ),
    "RG963": Code(
        WARNING,
        N_("Others may come by this identity, and open whatever is encrypted for it."),
        N_(
            "Take their rights away (chmod 600), and keep it out of every repository. If others had it, make a new one."
        ),
    ),
    "RG964": Code(
        WARNING,
        N_("What stands here must not appear before the members, either: see {place}."),
        N_(
            "“build --audience members” and “bundle” will refuse. Take it out; or, if the members may read it, add a line “{allow}: …” to secrets.txt."
        ),
    ),
    "RG965": Code(
        WARNING,
        N_("There is no name in this register, so that none is searched."),
        N_("Write one name or spelling a line, without “#” before it."),
    ),
    "RG966": Code(
        WARNING,
        N_("This source is public, whatever else is written of it: readers will see who said it ({keys})."),
        N_(
            "If the person must not be known, write “level: confidential”. If everybody may know, write “level: public” and delete “described_as”."
        ),
        blocks_final=True,
    ),
    "RG967": Code(
        WARNING,
        N_("This source is public, whatever else is written of it: readers will see it as it is ({keys})."),
        N_(
            "If they must not, write “level: confidential”. If everybody may know, write “level: public” and delete “described_as”."
        ),
    ),
    "RG968": Code(
        WARNING,
        N_("A family name stands here alone that belongs to a name that must not appear: see {place}."),
        N_(
            "Take it out. If it is somebody else’s, or an ordinary word, add a line “{allow}: …” to secrets.txt with the words that are no secret."
        ),
        blocks_final=True,
    ),
    "RG969": Code(
        WARNING,
        N_("There is a comma or a semicolon in this line, which is searched as one name."),
        N_("Write one name or spelling a line; the surname may stand first, without a comma."),
    ),
}
