"""Rules of metadata that users add for outlets of their own, in a TOML file."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from corpus_tools.articles import _data
from corpus_tools.articles._patterns import Furniture, user_furniture
from corpus_tools.articles.dates import DAY_FIRST, MONTH_FIRST
from corpus_tools.errors import InvalidRules

#: Name of a rules file that holds for the folder in which it lies.
BESIDE = ".corpusrules.toml"
#: Name of a file with what the pages of a folder have in common.
COMMON = ".corpusfurniture.json"
#: Fields that a label may fill; ``furniture`` keeps the line apart without using it.
FIELDS = (
    "title", "authors", "outlet", "published", "updated", "original_outlet", "original_published", "source", "regions",
    "themes", "url", "language", "furniture",
)  # fmt: skip


def host_of(url: str) -> str:
    """Return the host of an address; empty when there is none.

    Examples
    --------
    >>> host_of("https://www.harl.example/dam"), host_of("http://[broken")
    ('www.harl.example', '')
    """
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


@dataclass(frozen=True)
class Outlet:
    """What is known about one outlet.

    Parameters
    ----------
    name : str
        The name that goes into ``outlet``.
    aliases : tuple of str
        Other names under which pages give it.
    domains : tuple of str
        Hosts of its pages; subdomains included.
    paths : tuple of str
        Patterns (``tamrin_voice/*``) of files that are its pages; matched against the end of the path.
    date_order : str or None
        How it writes numeric dates: ``"day first"`` or ``"month first"``.
    timezone : str or None
        Zone of its times, e.g. ``"Europe/Rome"``.
    agency : str or None
        Its code in datelines, when it is a news agency.
    furniture : tuple of Furniture
        Lines of its pages that are no text.
    labels : mapping of str to str
        Labels of its metadata lines, and the fields that they fill.
    """

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    date_order: str | None = None
    timezone: str | None = None
    agency: str | None = None
    furniture: tuple[Furniture, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """Rules beyond those that ship: outlets, and furniture and labels of all outlets.

    Examples
    --------
    >>> rules = Rules(outlets=(Outlet("Tamrin Voice", aliases=("TV Online",)),))
    >>> rules.outlet("tv online").name
    'Tamrin Voice'
    """

    outlets: tuple[Outlet, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    #: What pages of one site have in common, by site (`corpus_tools.articles.learn_furniture`).
    common: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[str, Outlet]:
        return {key(name): outlet for outlet in self.outlets for name in (outlet.name, *outlet.aliases)}

    @cached_property
    def _agencies(self) -> dict[str, str]:
        shipped = {key(name): code for code, name in _data.rows("agencies.tsv")}
        for outlet in self.outlets:
            if outlet.agency:
                shipped |= {key(name): outlet.agency for name in (outlet.name, outlet.agency, *outlet.aliases)}
        return shipped

    def outlet(self, name: str) -> Outlet | None:
        """Return the outlet of this name or alias."""
        return self._by_name.get(key(name))

    def name(self, name: str) -> str:
        """Return the outlet's own name for any of its names; an unknown name as it is."""
        outlet = self.outlet(name)
        return outlet.name if outlet else name

    def agency(self, name: str) -> str | None:
        """Return the code of the news agency of this name or code."""
        return self._agencies.get(key(name))

    def at(self, *, url: str | None = None, path: str | None = None) -> Outlet | None:
        """Return the outlet to which an address or a file belongs."""
        host = host_of(url) if url else ""
        for outlet in self.outlets:
            if host and any(host == domain or host.endswith("." + domain) for domain in outlet.domains):
                return outlet
            if path and any(
                fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}") for pattern in outlet.paths
            ):
                return outlet
        return None

    @cached_property
    def known_labels(self) -> dict[str, str]:
        """Labels in lower case, and their fields; ``furniture`` for lines without a field."""
        shipped = {label: "furniture" if name == "-" else name for label, name in _data.rows("labels.tsv")}
        return shipped | {label.lower(): name for label, name in self.labels.items()}

    def label(self, label: str, outlet: Outlet | None = None) -> str | None:
        """Return the field that a label fills."""
        own = outlet.labels.get(label.lower()) if outlet else None
        return own or self.known_labels.get(label.lower())


def key(name: str) -> str:
    """Return a name for comparing: lower case, single spaces, without leading article.

    Examples
    --------
    >>> key("The  Velisk Courier")
    'velisk courier'
    """
    folded = " ".join(name.casefold().replace("’", "'").split()).strip(" .,;:")
    return folded.removeprefix("the ")


def load(source: Rules | Mapping[str, Any] | str | os.PathLike[str] | None) -> Rules:
    """Return rules from a TOML file (or a mapping of the same form).

    Raises
    ------
    InvalidRules
        When the file cannot be read or is not of the form in ``docs/articles.md``; the message names the entry.
    """
    if source is None:
        return Rules()
    if isinstance(source, Rules):
        return source
    if isinstance(source, Mapping):
        return _rules(source, "rules")
    path = Path(source)
    try:
        return _rules(tomllib.loads(path.read_text(encoding="utf-8-sig")), path.name)
    except OSError as error:
        raise InvalidRules(
            f"The rules {path} cannot be read ({error.strerror}); give the path of a TOML file."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidRules(
            f"{path.name} is not valid TOML: {error}. Patterns are best written in 'single quotes'."
        ) from error


def given(
    source: Rules | Mapping[str, Any] | str | os.PathLike[str] | None, paths: Sequence[str | os.PathLike[str]]
) -> Rules:
    """Return the rules for reading some paths: `source` or those in the folders, and what pages have in common."""
    rules = load(source) if source is not None else beside(paths)
    common = {site: prints for path in paths for site, prints in _common(Path(path).expanduser() / COMMON).items()}
    return replace(rules, common={**rules.common, **common}) if common else rules


def _common(path: Path) -> dict[str, tuple[str, ...]]:
    if not path.is_file():
        return {}
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return {str(site): tuple(sorted(map(str, prints))) for site, prints in sorted(held.items())}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise InvalidRules(f"{path} cannot be read ({error}); remove it, or learn the furniture anew.") from error


def beside(paths: Iterable[str | os.PathLike[str]]) -> Rules:
    """Return the rules in the folders among `paths`: each may hold a `BESIDE`."""
    found = [load(file) for path in paths if (file := Path(path).expanduser() / BESIDE).is_file()]
    if len(found) < 2:
        return found[0] if found else Rules()
    outlets = {outlet.name: outlet for rules in found for outlet in rules.outlets}
    labels = {label: name for rules in found for label, name in rules.labels.items()}
    return Rules(tuple(outlets.values()), tuple(piece for rules in found for piece in rules.furniture), labels)


def _rules(table: Mapping[str, Any], where: str) -> Rules:
    _known(table, {"outlets", "furniture", "labels"}, where)
    outlets = tuple(
        _outlet(entry, f"{where}, outlet {number}") for number, entry in enumerate(_tables(table, "outlets", where), 1)
    )
    names: dict[str, str] = {}
    for outlet in outlets:
        for name in {key(name) for name in (outlet.name, *outlet.aliases)}:
            if name in names:
                raise InvalidRules(f"{where}: {name!r} names both {names[name]} and {outlet.name}; keep one of them.")
            names[name] = outlet.name
    furniture = tuple(
        user_furniture(entry, f"{where}, furniture {number}")
        for number, entry in enumerate(_tables(table, "furniture", where), 1)
    )
    return Rules(outlets, furniture, _labels(table, where))


def _outlet(entry: Mapping[str, Any], where: str) -> Outlet:
    allowed = {"name", "aliases", "domains", "paths", "date_order", "timezone", "agency", "furniture", "labels"}
    _known(entry, allowed, where)
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise InvalidRules(f'{where} has no name; write name = "...".')
    where = f"{where} ({name})"
    order = entry.get("date_order")
    if order not in (None, DAY_FIRST, MONTH_FIRST):
        raise InvalidRules(f"{where}: date_order is {order!r}; it may be {DAY_FIRST!r} or {MONTH_FIRST!r}.")
    for option in ("timezone", "agency"):
        if not isinstance(entry.get(option, ""), str):
            raise InvalidRules(f"{where}: {option} must be text.")
    zone = entry.get("timezone")
    try:
        if zone is not None:
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidRules(f"{where}: there is no time zone {zone!r}; write e.g. 'Europe/Rome'.") from error
    return Outlet(
        name=name.strip(),
        aliases=_texts(entry, "aliases", where),
        domains=tuple(domain.lower().removeprefix("www.") for domain in _texts(entry, "domains", where)),
        paths=_texts(entry, "paths", where),
        date_order=order,
        timezone=zone,
        agency=entry.get("agency"),
        furniture=tuple(
            user_furniture(piece, f"{where}, furniture {number}")
            for number, piece in enumerate(_tables(entry, "furniture", where), 1)
        ),
        labels=_labels(entry, where),
    )


def _known(table: Mapping[str, Any], allowed: set[str], where: str) -> None:
    unknown = sorted(set(table) - allowed)
    if unknown:
        raise InvalidRules(f"{where}: unknown entry {unknown[0]!r}; allowed are {', '.join(sorted(allowed))}.")


def _tables(table: Mapping[str, Any], name: str, where: str) -> list[Mapping[str, Any]]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(entry, Mapping) for entry in value):
        raise InvalidRules(f"{where}: {name} must be a list of tables; write [[{name}]] before each.")
    return value


def _texts(table: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise InvalidRules(f'{where}: {name} must be a list of texts, e.g. {name} = ["..."].')
    return tuple(text.strip() for text in value)


def _labels(table: Mapping[str, Any], where: str) -> dict[str, str]:
    labels = table.get("labels", {})
    if not isinstance(labels, Mapping):
        raise InvalidRules(f'{where}: labels must be a table such as {{ "Filed under" = "themes" }}.')
    for label, name in labels.items():
        if name not in FIELDS:
            raise InvalidRules(f"{where}: label {label!r} fills {name!r}; it may fill {', '.join(FIELDS)}.")
    return {str(label).lower().strip(" :"): str(name) for label, name in labels.items()}
