"""ZIP, TAR and gzip: the files in them, each read as if it lay there by itself.

Nothing is written under a name from the archive: each member goes to a temporary file, which is removed when it has
been read. What unpacks to more than its size lets expect is given up.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from corpus_tools.articles.readers import Broken, Columns, Item, Source, reader_for
from corpus_tools.errors import UnreadableInput

#: Most bytes that one member, and all of an archive together, may unpack to; most members.
LARGEST_MEMBER, LARGEST, MOST_MEMBERS = 5_000_000_000, 50_000_000_000, 1_000_000
#: Most that a byte may become; text compresses to a twentieth, bombs to a thousandth.
RATIO, ALWAYS = 200, 10_000_000
#: Archives in archives in archives are read, deeper ones are not.
DEEPEST = 3
_PIECE = 1 << 20
#: NotImplementedError is of a ZIP file that claims a version or a method to come.
_DAMAGED = (
    zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, lzma.LZMAError, EOFError, zlib.error, NotImplementedError,
    OSError,
)  # fmt: skip
_depth = 0


@dataclass
class _Unpacked:
    """How much has come out of an archive, and how much may; and what the pages in it have in common."""

    packed: int
    common: Mapping[str, Sequence[str]]
    size: int = 0

    def take(self, piece: bytes, so_far: int) -> None:
        self.size += len(piece)
        if so_far > LARGEST_MEMBER or self.size > LARGEST or self.size > max(ALWAYS, RATIO * self.packed):
            raise UnreadableInput(
                "too_large",
                f"It unpacks to more than {self.size:,} bytes from {self.packed:,}, as bombs do; unpack it by hand if "
                "you trust it.",
            )


@dataclass(frozen=True)
class _Member:
    name: str
    open: Callable[[], IO[bytes]]


def zipped(source: Source) -> Iterator[Item]:
    """Yield what the files in a ZIP archive hold."""
    with _opened(lambda: zipfile.ZipFile(source.path)) as archive:
        yield from _all(source, _zip_members(archive))


def tarred(source: Source) -> Iterator[Item]:
    """Yield what the files in a TAR archive hold; it may be compressed with gzip, bzip2 or xz."""
    with _opened(lambda: tarfile.open(source.path, mode="r:*")) as archive:
        yield from _all(source, _tar_members(archive))


def compressed(source: Source) -> Iterator[Item]:
    """Yield what a single file holds that is compressed with gzip, bzip2 or xz."""
    if _is_tar(source.path):
        yield from tarred(source)
        return
    with source.path.open("rb") as packed:
        head = packed.read(6)
    opener: Any = gzip.open if head.startswith(b"\x1f\x8b") else bz2.open if head.startswith(b"BZh") else lzma.open
    inner = PurePosixPath(source.name).stem
    member = _Member("", lambda: opener(source.path, "rb"))
    yield from _one(member, _Unpacked(source.path.stat().st_size, source.common), inner, {})


@contextmanager
def _opened(open_: Callable[[], Any]) -> Iterator[Any]:
    try:
        archive = open_()
    except (*_DAMAGED, ValueError) as error:
        raise UnreadableInput("damaged", f"The archive cannot be opened: {str(error)[:200]}.") from error
    with archive:
        yield archive


def _is_tar(path: Path) -> bool:
    try:
        with tarfile.open(path, mode="r:*") as archive:
            return archive.next() is not None
    except (*_DAMAGED, ValueError):
        return False


def _zip_members(archive: zipfile.ZipFile) -> Iterator[_Member | Broken]:
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        name = _safe(info.filename)
        if info.is_dir() or _aside(name):
            continue
        if info.flag_bits & 1:
            yield Broken("encrypted", "It needs a password; unpack it first.", within=name)
            continue
        yield _Member(name, partial(archive.open, info))


def _tar_members(archive: tarfile.TarFile) -> Iterator[_Member | Broken]:
    try:
        for info in archive:
            name = _safe(info.name)
            if info.isfile() and not _aside(name):
                yield _Member(name, partial(_extracted, archive, info))
            elif info.issym() or info.islnk():
                yield Broken("unreadable", "It is a link; links in archives are not followed.", within=name)
    except _DAMAGED as error:
        yield Broken("damaged", f"The archive cannot be read on from here: {str(error)[:200]}.")


def _extracted(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    found = archive.extractfile(info)
    assert found is not None  # Only links and folders have nothing in them.
    return found


def _safe(name: str) -> str:
    """Return a member's name as something to show; it is never used as a path."""
    shown = name.encode("utf-8", "backslashreplace").decode().replace("\\", "/").replace("#", "_")
    return "/".join(part for part in shown.split("/") if part not in ("", ".", ".."))


def _aside(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _all(source: Source, members: Iterator[_Member | Broken]) -> Iterator[Item]:
    unpacked = _Unpacked(source.path.stat().st_size, source.common)
    columns: dict[str, str | None] = {}
    for number, member in enumerate(members):
        if isinstance(member, Broken):
            yield member
            continue
        if number >= MOST_MEMBERS:
            raise UnreadableInput("too_large", f"There are more than {MOST_MEMBERS:,} files in the archive.")
        yield from _one(member, unpacked, member.name, columns)
    if columns:
        yield Columns(columns)


def _one(member: _Member, unpacked: _Unpacked, inner: str, columns: dict[str, str | None]) -> Iterator[Item]:
    """Yield what one member holds, or why it cannot be read; a bomb ends the reading of the whole archive."""
    global _depth
    if _depth >= DEEPEST:
        yield Broken("too_deep", f"More than {DEEPEST} archives lie one in another; unpack some.", within=member.name)
        return
    with tempfile.TemporaryDirectory(prefix="corpus-tools-") as folder:
        file = Path(folder) / f"member{PurePosixPath(inner).suffix[:12]}"
        held = Source(file, PurePosixPath(inner).name, unpacked.common)
        cut = False
        try:
            head = _unpack(member, file, unpacked)
        except EOFError as error:
            head = _lines_before_the_cut(held)
            if not head:
                yield Broken("damaged", f"It cannot be unpacked: {str(error)[:200]}.", within=member.name)
                return
            cut = True
        except (*_DAMAGED, RuntimeError) as error:
            yield Broken("damaged", f"It cannot be unpacked: {str(error)[:200]}.", within=member.name)
            return
        if not head:
            yield Broken("empty", "0 bytes; nothing was lost.", within=member.name)
            return
        _depth += 1
        try:
            for item in reader_for(held, head)(held):
                if isinstance(item, Columns) and member.name:
                    columns |= item.fields
                elif isinstance(item, Columns):
                    yield item
                else:
                    within = "/".join(filter(None, (member.name, item.within)))
                    yield replace(item, within=within)
        except UnreadableInput as error:
            if _is_bomb(error):
                raise
            yield Broken(error.reason, error.detail, within=member.name)
        except (OSError, UnicodeError, ValueError) as error:
            yield Broken("unreadable", f"{type(error).__name__}: {str(error)[:200]}", within=member.name)
        finally:
            _depth -= 1
        if cut:
            yield Broken("damaged", "It breaks off in the middle; the lines before were read.", within=member.name)


def _is_bomb(error: UnreadableInput) -> bool:
    return error.reason == "too_large" and "as bombs do" in error.detail


def _lines_before_the_cut(held: Source) -> bytes:
    """Shorten what was unpacked to its last whole line, and return its first bytes; nothing unless it is JSON Lines.

    Half an article must not be taken for one: of other forms nothing is kept.
    """
    from corpus_tools.articles.readers import jsonlines

    with held.path.open("r+b") as file:
        head = file.read(4096)
        try:
            if not head or reader_for(held, head) is not jsonlines.records:
                return b""
        except UnreadableInput:
            return b""
        place = file.seek(0, 2)
        while place > 0:
            start = max(0, place - _PIECE)
            file.seek(start)
            end = file.read(place - start).rfind(b"\n")
            if end >= 0:
                file.truncate(start + end + 1)
                return head
            place = start
    return b""


def _unpack(member: _Member, file: Path, unpacked: _Unpacked) -> bytes:
    """Write a member to a file; return its first bytes."""
    head, size = b"", 0
    with member.open() as packed, file.open("wb") as out:
        while piece := packed.read1(_PIECE):  # type: ignore[attr-defined]  # what comes before a cut comes out
            head = head or piece[:4096]
            size += len(piece)
            unpacked.take(piece, size)
            out.write(piece)
    return head
