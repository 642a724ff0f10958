"""Drawings by matplotlib made light: the same picture in about a fifth of the bytes, with text that stays text.

Text is written as text, not as outlines, with the length that it has in matplotlib's own font; so a browser that lacks
the font fits another one into the same place.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from corpus_tools.reports import svg_paths

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"

_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+")
_REFERENCE = re.compile(r"url\(#([\w-]+)\)")
_NO_TURN = re.compile(r"rotate\(-?0(?: [^)]*)?\)")
_GEOMETRY = {"d", "x", "y", "width", "height", "points", "transform", "viewBox", "cx", "cy", "r", "textLength"}

# What neighbours may share the look of, and what each has of its own.
_SHARING = {f"{{{_SVG}}}{name}" for name in ("path", "circle", "rect", "use", "text")}
_OWN = _GEOMETRY | {"href", "lengthAdjust"}

#: Texts up to so many characters are left as long as the reader's own font makes them.
_FREE = 4

# What holds for every element without being said.
_DEFAULTS = {"fill": "#000000", "stroke-opacity": "1", "fill-opacity": "1", "opacity": "1", "stroke-dashoffset": "0"}
#: Points to the left and to the right of a drawing.
_ROOM = 6.0
_FONTS = "DejaVu Sans,Verdana,sans-serif"


def slim(drawing: str) -> str:
    """Return an SVG of matplotlib's (with ``svg.fonttype`` none) without what a browser does not need.

    Parameters
    ----------
    drawing : str
        The SVG, whole.

    Returns
    -------
    str
        One line; coordinates to a tenth of a point, short names, no metadata, texts with their lengths.
    """
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", drawing))  # noqa: S314 - matplotlib wrote it
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
    names = {name: _short(place) for place, name in enumerate(dict.fromkeys(_references(root)))}
    for element in root.iter():
        _lighten(element, names)
    _unwrap(root)
    _share_size(root)
    for parent in [root, *root.iter(f"{{{_SVG}}}g")]:
        _gather(parent, own=_OWN)
        _gather(parent, own=_OWN | {"opacity", "stroke-width"})
    _widen(root)
    root.attrib.pop("version", None)
    root.set("font-family", _FONTS)
    root.set("stroke-linejoin", "round")
    return _written(root)


def _widen(root: Element) -> None:
    """Leave room around the drawing: texts are a little longer or shorter than matplotlib thought."""
    bounds = root.get("viewBox", "").split()
    if len(bounds) != 4:
        return
    left, top, width, height = (float(bound) for bound in bounds)
    root.set("viewBox", _rounded(f"{left - _ROOM:.1f} {top:.1f} {width + 2 * _ROOM:.1f} {height:.1f}"))
    if root.get("width", "").endswith("pt"):
        root.set("width", _rounded(f"{width + 2 * _ROOM:.1f}") + "pt")


def _references(root: Element) -> list[str]:
    found: list[str] = []
    for element in root.iter():
        for name, value in element.attrib.items():
            found += [value[1:]] if name == _LINK and value.startswith("#") else _REFERENCE.findall(value)
    return found


def _short(place: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return letters[place] if place < 26 else _short(place // 26 - 1) + letters[place % 26]


def _lighten(element: Element, names: dict[str, str]) -> None:
    attributes: dict[str, str] = {}
    for name, value in element.attrib.items():
        if name == "id":
            if value in names:
                attributes["id"] = names[value]
        elif name == _LINK:
            attributes["href"] = f"#{names[value[1:]]}" if value.startswith("#") else "".join(value.split())
        elif name == "transform":
            kept = _rounded(_NO_TURN.sub("", value)).strip()
            if kept:
                attributes[name] = kept
        elif name == "style":
            attributes |= {key: _renamed(said, names) for key, said in _style(value).items()}
        else:
            attributes[name] = _rounded(value) if name in _GEOMETRY else _renamed(value, names)
    if element.tag == f"{{{_SVG}}}text":
        length = _length(element.text or "", attributes)
        if length and len(element.text or "") > _FREE:
            attributes["textLength"] = _rounded(f"{length:.1f}")
            attributes["lengthAdjust"] = "spacingAndGlyphs"
    if "d" in attributes:
        _lighten_path(element, attributes)
    element.attrib.clear()
    element.attrib.update(attributes)
    element.tail = None
    if element.tag != f"{{{_SVG}}}text" and not (element.text or "").strip():
        element.text = None


def _lighten_path(element: Element, attributes: dict[str, str]) -> None:
    """Write a path in fewer bytes; one that is a circle becomes one, one of many circles a line of dots."""
    path = " ".join(attributes["d"].split())
    ring = svg_paths.circle(path)
    spots = svg_paths.dots(path) if attributes.get("fill", "") == attributes.get("stroke") else None
    if ring:
        element.tag = f"{{{_SVG}}}circle"
        del attributes["d"]
        attributes |= dict(zip(("cx", "cy", "r"), ring, strict=True))
    elif spots:
        width = float(attributes.get("stroke-width", "1")) + spots[1]
        attributes |= {"d": spots[0], "fill": "none", "stroke-width": f"{width:.1f}", "stroke-linecap": "round"}
    else:
        attributes["d"] = svg_paths.shorter(path)


def _renamed(value: str, names: dict[str, str]) -> str:
    return _REFERENCE.sub(lambda found: f"url(#{names[found[1]]})", value)


def _share_size(root: Element) -> None:
    """Say the size of most texts once, at the root."""
    texts = list(root.iter(f"{{{_SVG}}}text"))
    sizes = Counter(text.get("font-size", "") for text in texts)
    common = max(sizes, key=lambda size: (sizes[size], size), default="")
    if common:
        root.set("font-size", common)
        for text in texts:
            if text.get("font-size") == common:
                del text.attrib["font-size"]


def _gather(parent: Element, *, own: set[str]) -> None:
    """Put neighbours that look the same, but for what is their own, into one group, which says once how they look."""
    made: list[Element] = []
    for look, run in groupby(list(parent), key=lambda child: _look(child, own)):
        members = list(run)
        if look and len(members) > 1:
            group = ElementTree.Element(f"{{{_SVG}}}g", dict(look))
            for member in members:
                for name, _value in look:
                    del member.attrib[name]
            group.extend(members)
            members = [group]
        made += members
    for child in list(parent):
        parent.remove(child)
    parent.extend(made)


def _look(element: Element, own: set[str]) -> tuple[tuple[str, str], ...]:
    """Return how an element looks, apart from where; nothing for what cannot share it."""
    alone = ({"id", "opacity", "transform", "style"} - own) & set(element.attrib) or len(element)
    if alone or element.tag not in _SHARING:
        return ()
    return tuple(sorted(item for item in element.attrib.items() if item[0] not in own))


def _style(style: str) -> dict[str, str]:
    """Return a style as attributes; what holds anyway is left out."""
    found = {}
    for part in style.split(";"):
        name, _, value = (piece.strip() for piece in part.partition(":"))
        if name == "font-size":
            value = value.removesuffix("px")
        if name == "stroke-dasharray":
            value = value.replace(", ", " ")
        if re.fullmatch(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3", value):
            value = f"#{value[1]}{value[3]}{value[5]}"
        useless = _DEFAULTS.get(name) == value or (name, value) in (("fill", "#000"), ("text-anchor", "start"))
        if name and name != "font-family" and not useless:
            found[name] = value if name in ("fill", "stroke") else _rounded(value, places=2)
    return found


def _rounded(text: str, *, places: int = 1) -> str:
    """Return `text` with its numbers to so many decimals.

    Examples
    --------
    >>> _rounded("M 0.5304 -0.04 L 12.0 3.96")
    'M .5 0 L 12 4'
    """

    def number(match: re.Match[str]) -> str:
        written = f"{float(match[0]):.{places}f}".rstrip("0").rstrip(".")
        written = re.sub(r"^(-?)0\.", r"\1.", written)
        return "0" if written in ("", "-", "-0") else written

    return _NUMBER.sub(number, text)


def _unwrap(element: Element) -> None:
    """Put what stands in groups that say nothing where the group stands."""
    children: list[Element] = []
    for child in list(element):
        _unwrap(child)
        bare = child.tag == f"{{{_SVG}}}g" and not child.attrib
        empty = child.tag == f"{{{_SVG}}}defs" and not len(child)
        children += list(child) if bare else [] if empty else [child]
    for child in list(element):
        element.remove(child)
    element.extend(children)


def _length(text: str, attributes: dict[str, str]) -> float:
    """Return how long `text` is in matplotlib's font; 0 where that font lacks one of its characters."""
    if not text.strip():
        return 0.0
    try:
        size = float(attributes.get("font-size", "10"))
    except ValueError:
        return 0.0
    return _width(text, size, int(attributes.get("font-weight", "400")) >= 600)


def _width(text: str, size: float, bold: bool) -> float:
    font, known = _font(bold)
    if any(ord(character) not in known for character in text):
        return 0.0
    font.set_size(size, 72)
    font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64


@cache
def _font(bold: bool) -> tuple[Any, frozenset[int]]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")))
    return font, frozenset(font.get_charmap())


def _written(root: Element) -> str:
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(r"\s+/>", "/>", text).replace("\n", " ")
