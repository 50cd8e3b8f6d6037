"""The last hand on a PDF before it is written: the tag tree, and one packet of metadata for PDF/UA-1 and PDF/A-2a.

Everything here works on the objects of pydyf and comes from the document: no clock, no path, no name of a machine.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from reportgen.writers.objects import PROFILE, Key, opened
from reportgen.writers.tagging import Tree
from reportgen.writers.tags import Area, Mark, Name, Node

VARIANT: Final = "pdf/a-2a"
"""The variant asked of the renderer; ``finish`` makes the file PDF/UA-1 as well."""

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_SPACES: Final = {
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_PACKET: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">{}</x:xmpmeta>\n'
    '<?xpacket end="r"?>'
)
_EXTENSION: Final = f"""
<rdf:Description rdf:about="" xmlns:rdf="{_RDF}" {" ".join(f'xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())}>
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>{_SPACES["pdfuaid"]}</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""What PDF/A asks of a property it does not know itself (ISO 19005-2, 6.6.2.3.3)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a file says once.

    Attributes:
        info: The dictionary of information, and
        language: the language, as they are written.
        metadata: The packet of metadata.
        profile: Dictionary and content of the profile of its colours.
        intents: What the colours are for.
    """

    info: bytes
    language: bytes
    metadata: bytes
    profile: tuple[bytes, bytes]
    intents: bytes


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag tree that is written.

    Attributes:
        root: The object that stands for the element above all; it is not part of the quire.
        elements: References to the elements below it.
        leaf: What each mark and area belongs to, for the parent tree.
        count: How many keys the leaf has.
        names: The elements that have a name, by it.
    """

    root: Any
    elements: tuple[bytes, ...]
    leaf: Any
    count: int
    names: Mapping[str, bytes]


def frame(pdf: Any, metadata: Any) -> Frame:
    """Return what the file says once, for PDF/UA-1 and PDF/A-2a.

    Args:
        pdf: WeasyPrint's PDF.
        metadata: Its metadata.
    """
    ((dictionary, content),) = opened([profile_of(pdf)], {})[0].streams
    (intents,) = pdf.catalog["OutputIntents"]
    intents["DestOutputProfile"] = b"%d 0 R" % PROFILE
    return Frame(
        pdf.info.data,
        pdf.catalog["Lang"].data if "Lang" in pdf.catalog else b"",
        _metadata(metadata),
        (dictionary, content),
        pdf.catalog["OutputIntents"].data,
    )


def profile_of(pdf: Any) -> Any:
    """Return the profile of the colours."""
    (intents,) = pdf.catalog["OutputIntents"]
    return pdf.objects[_number(intents["DestOutputProfile"])]


def smoothed(pdf: Any) -> None:
    """Take back that a style sheet asks for smoothing (ISO 19005-2, 6.2.8)."""
    for item in pdf.objects:
        if "Interpolate" in (more := getattr(item, "extra", {})):
            more["Interpolate"] = "false"


def write_tree(pdf: Any, tree: Tree) -> Tagged:
    """Write a tag tree, number the marks of each page, and take superfluous areas away.

    Args:
        pdf: The PDF.
        tree: The tree of all its pages.
    """
    import pydyf

    for area in tree.superfluous:
        _remove(pdf, area)
    root, pages = tree.root, tree.pages
    written: dict[Node, Any] = {}
    for node in root.nodes():
        written[node] = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}"})
        pdf.add_object(written[node])
    above_all = written.pop(root)
    marks: list[list[bytes]] = [[] for _ in range(pages)]
    areas: list[tuple[Any, bytes]] = []
    names: dict[str, bytes] = {}
    for node, element in written.items():
        assert node.parent
        element["P"] = (written.get(node.parent) or above_all).reference
        if node.language and {node.language, node.parent.language} != {root.language}:
            element["Lang"] = pydyf.String(node.language)
        for key, value in node.more.items():
            element[key] = pydyf.String(value)
        if name := node.more.get("ID"):
            names[name] = element.reference
        if node.attributes:
            element["A"] = pydyf.Dictionary({key: _value(value) for key, value in node.attributes.items()})
        home = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if home is not None:
            element["Pg"] = pdf.page_references[home]
        element["K"] = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                element["K"].append(written[kid].reference)
            elif isinstance(kid, Area):
                place = {"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": pdf.page_references[kid.page]}
                element["K"].append(pydyf.Dictionary(place))
                if kid.words:
                    kid.annotation["Contents"] = pydyf.String(kid.words)
                areas.append((kid.annotation, element.reference))
            else:
                element["K"].append(_marked(pdf, kid, home, marks[kid.page]))
                marks[kid.page].append(element.reference)
    leaf = pydyf.Array()
    for page, references in enumerate(marks):
        leaf.extend((Key(page), pydyf.Array(references)))
    for number, (annotation, element_reference) in enumerate(areas, pages):
        annotation["StructParent"] = Key(number)
        leaf.extend((Key(number), element_reference))
    elements = tuple(written[kid].reference for kid in root.kids if isinstance(kid, Node))
    return Tagged(above_all, elements, leaf, pages + len(areas), names)


def _marked(pdf: Any, mark: Mark, home: int | None, before: list[bytes]) -> Any:
    """Number a mark and return what an element says to hold it; on another page than its first, also which."""
    import pydyf

    number = len(before)
    mark.set_number(number)
    if mark.page == home:
        return number
    return pydyf.Dictionary({"Type": "/MCR", "Pg": pdf.page_references[mark.page], "MCID": number})


def _value(value: Any) -> Any:
    """Write the value of an attribute."""
    import pydyf

    if isinstance(value, list):
        return pydyf.Array(_value(part) for part in value)
    if isinstance(value, Name):
        return f"/{value}"
    return pydyf.String(value) if isinstance(value, str) else value


def _remove(pdf: Any, area: Area) -> None:
    """Take an area off its page."""
    page = pdf.objects[pdf.pages["Kids"][3 * area.page]]
    page["Annots"].remove(area.annotation.reference)
    if not page["Annots"]:
        del page["Annots"]
    area.annotation.clear()


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _metadata(metadata: Any) -> bytes:
    """Return the packet: what WeasyPrint says for PDF/A-2a, with PDF/UA-1 and the language of the document.

    It is not compressed, so that it can be found without understanding PDF (ISO 16684-1; ISO 14289-1, clause 5).
    """
    rdf = ET.fromstring(metadata.generate_rdf_metadata("a", 2, "A"))  # noqa: S314 - made by the renderer itself
    for prefix, space in _SPACES.items():
        ET.register_namespace(prefix, space)
    rdf[0].set(f"{{{_SPACES['pdfuaid']}}}part", "1")
    if metadata.lang:
        described = ET.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
        bag = ET.SubElement(ET.SubElement(described, f"{{{_DC}}}language"), f"{{{_RDF}}}Bag")
        ET.SubElement(bag, f"{{{_RDF}}}li").text = metadata.lang
    rdf.append(ET.fromstring(_EXTENSION))  # noqa: S314 - the constant above
    return _PACKET.format(ET.tostring(rdf, encoding="unicode")).encode()


__all__ = ["VARIANT", "Frame", "Tagged", "frame", "profile_of", "smoothed", "write_tree"]
