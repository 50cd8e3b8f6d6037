"""How a house makes the report look: colours, fonts, logo, paper, order of sections, style sheet, templates of its own.

A theme changes how things are said, never what is said: no key of it can leave a part of the report out.
"""
