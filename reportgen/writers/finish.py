"""The last hand on a PDF before it is written: the tag tree, and one packet of metadata for PDF/UA-1 and PDF/A-2a.

Everything here works on the objects of pydyf and comes from the document: no clock, no path, no name of a machine.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any, Final

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


def finish(document: Any, pdf: Any) -> None:
    """Make a PDF of WeasyPrint also a PDF/UA-1 file: the ``finisher`` of ``write_pdf``.

    Args:
        document: WeasyPrint's document.
        pdf: Its objects.
    """
    pdf.objects[_number(pdf.catalog["Metadata"])] = _metadata(pdf, document.metadata)
    for item in pdf.objects:  # a style sheet may ask for smoothing (ISO 19005-2, 6.2.8)
        if "Interpolate" in (more := getattr(item, "extra", {})):
            more["Interpolate"] = "false"


def add_tags(pdf: Any, document: Any, _version: Any, streams: Any) -> None:
    """Write the tag tree of all pages, in place of WeasyPrint's ``add_tags``."""
    tree = Tree(document.pages, streams)
    for area in tree.superfluous:
        _remove(pdf, area)
    write_tree(pdf, tree.root, len(document.pages))


def write_tree(pdf: Any, root: Node, pages: int) -> None:
    """Write a tag tree, number the marks of each page, and say in the catalogue that the file is tagged.

    Args:
        pdf: The PDF.
        root: The tree.
        pages: How many pages it is about; they are the first of the PDF.
    """
    import pydyf

    catalogue = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(catalogue)
    written: dict[Node, Any] = {}
    for node in root.nodes():
        written[node] = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}"})
        pdf.add_object(written[node])
    marks: list[list[bytes]] = [[] for _ in range(pages)]
    areas: list[tuple[Any, bytes]] = []
    names: dict[str, bytes] = {}
    for node, element in written.items():
        element["P"] = written[node.parent].reference if node.parent else catalogue.reference
        above = node.parent.language if node.parent else node.language
        if node.language and {node.language, above} != {root.language}:
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
    numbers = pydyf.Array()
    for page, references in enumerate(marks):
        numbers.extend((page, pydyf.Array(references)))
    for number, (annotation, reference) in enumerate(areas, pages):
        annotation["StructParent"] = number
        numbers.extend((number, reference))
    catalogue["K"] = pydyf.Array([written[root].reference])
    catalogue["ParentTree"] = _added(pdf, {"Nums": numbers})
    catalogue["ParentTreeNextKey"] = pages + len(areas)
    if names:
        listed = pydyf.Array(
            part for name in sorted(names, key=_sorted_as) for part in (pydyf.String(name), names[name])
        )
        catalogue["IDTree"] = _added(pdf, {"Names": listed})
    pdf.catalog["StructTreeRoot"] = catalogue.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


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


def _sorted_as(name: str) -> bytes:
    return name.encode()


def _added(pdf: Any, values: dict[str, Any]) -> bytes:
    import pydyf

    made = pydyf.Dictionary(values)
    pdf.add_object(made)
    reference: bytes = made.reference
    return reference


def _remove(pdf: Any, area: Area) -> None:
    """Take an area off its page."""
    page = pdf.objects[pdf.pages["Kids"][3 * area.page]]
    page["Annots"].remove(area.annotation.reference)
    if not page["Annots"]:
        del page["Annots"]
    area.annotation.clear()


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _metadata(pdf: Any, metadata: Any) -> Any:
    """Return the packet: what WeasyPrint says for PDF/A-2a, with PDF/UA-1 and the language of the document.

    It is not compressed, so that it can be found without understanding PDF (ISO 16684-1; ISO 14289-1, clause 5).
    """
    import pydyf

    rdf = ET.fromstring(metadata.generate_rdf_metadata("a", 2, "A"))  # noqa: S314 - made by the renderer itself
    for prefix, space in _SPACES.items():
        ET.register_namespace(prefix, space)
    rdf[0].set(f"{{{_SPACES['pdfuaid']}}}part", "1")
    if metadata.lang:
        described = ET.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
        bag = ET.SubElement(ET.SubElement(described, f"{{{_DC}}}language"), f"{{{_RDF}}}Bag")
        ET.SubElement(bag, f"{{{_RDF}}}li").text = metadata.lang
    rdf.append(ET.fromstring(_EXTENSION))  # noqa: S314 - the constant above
    packet = _PACKET.format(ET.tostring(rdf, encoding="unicode")).encode()
    stream = pydyf.Stream([packet], {"Type": "/Metadata", "Subtype": "/XML"}, compress=False)
    stream.number = _number(pdf.catalog["Metadata"])
    return stream


__all__ = ["VARIANT", "add_tags", "finish", "write_tree"]
