"""One small file of every form that is read, made of words of our own."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from email.message import EmailMessage

STORY = (
    "The river rose by two metres in one night and flooded the old town of Velisk. Nobody was hurt, the mayor said. "
    "“By noon the water had reached the market,” said Ines Orr, who keeps a café there, “and the school was closed.”"
)
_LETTERS = "Жители Велиска ждали паром до утра. 水位は一晩で二メートル上がった。 Zażółć gęślą jaźń über Straße."
_ROWS = [
    {"title": "Rain", "published": "2016-08-02", "author": "Ines Orr", "outlet": "Harl Post", "text": STORY},
    {"title": "Wind", "published": "03/04/2016", "author": "Omar Lind", "outlet": "Open Ledger", "text": _LETTERS * 3},
    {"title": "Sun", "published": "2 August 2016", "author": "", "outlet": "Tamrin Voice", "text": STORY[::-1] * 4},
]
_LEXIS = """
                              {number} of 2 DOCUMENTS

                              The Harl Post

                             August {number}, 2016 Tuesday

Flood in Velisk, part {number}

BYLINE: Ines Orr

LENGTH: 41 words

BODY:

   {story}

   Water went on rising on day {number}.

LOAD-DATE: August 3, 2016
"""
_FACTIVA = """
SE   News
HD   Flood in Velisk, part {number}
BY   By Ines Orr
WC   41 words
PD   {number} August 2016
SN   The Harl Post
LA   English
LP
{story}

TD
Water went on rising on day {number}.

Document HARLP00020160802ec820000{number}
"""


def forms() -> dict[str, bytes]:
    """Return a file of each form, by a name that ends as such files do."""
    made = {**_texts(), **_tables(), **_letters(), **_documents()}
    packed = {name: made[name] for name in ("page.txt", "rows.csv", "page.html")}
    return {
        **made,
        "all.zip": _zip(packed),
        "all.tar": _tar(packed, "w"),
        "all.tgz": _tar(packed, "w:gz"),
        "rows.jsonl.gz": gzip.compress(made["rows.jsonl"], mtime=0),
        "rows.csv.bz2": bz2.compress(made["rows.csv"]),
        "page.txt.xz": lzma.compress(made["page.txt"]),
        "pages.warc.gz": b"".join(gzip.compress(_response(number), mtime=0) for number in range(3)),
    }


def page(title: str = "Flood in Velisk") -> bytes:
    """Return a web page."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Harl Post</title>'
        f'<meta property="article:published_time" content="2016-08-02T07:30:00+02:00">'
        '<script type="application/ld+json">'
        f"{json.dumps({'@type': 'NewsArticle', 'headline': title, 'author': {'name': 'Ines Orr'}})}</script></head>"
        f"<body><nav><a href=/>Home</a><a href=/w>Weather</a></nav><article>"
        f"<h1>{title}</h1><p class=byline>By Ines Orr</p>"
        f"<p>{STORY}</p><p>{_LETTERS}</p><blockquote>{STORY}</blockquote>"
        "<ul><li>More rain &amp; wind</li></ul></article>"
        "<footer>© 2016 The Harl Post. All rights reserved.</footer></body></html>"
    ).encode()


def _texts() -> dict[str, bytes]:
    text = f"Flood in Velisk\n\nBy Ines Orr\n\n2 August 2016\n\n{STORY}\n\n{_LETTERS}\n\n© The Harl Post\n"
    feed = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Harl Post</title>'
        + "".join(
            f"<item><title>Flood {number}</title><link>http://harl.example/{number}</link>"
            f"<pubDate>Tue, 02 Aug 2016 07:30:00 GMT</pubDate>"
            f"<description><![CDATA[<p>{number} {STORY}</p>]]></description>"
            "</item>"
            for number in range(3)
        )
        + "</channel></rss>"
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Open Ledger</title><entry><title type="html">Rain</title>'
        '<link href="http://ledger.example/rain"/><published>2016-08-03T10:00:00Z</published>'
        f"<summary>{STORY}</summary></entry></feed>"
    )
    return {
        "page.txt": text.encode(),
        "page.md": f"---\ntitle: Flood\ndate: 2016-08-02\n---\n# Flood\n\n{STORY}\n\n*More* [here](http://x.example).".encode(),
        "page.html": page(),
        "page.mhtml": _mhtml(),
        "pages.warc": b"".join(_response(number) for number in range(3)),
        "feed.rss": feed.encode(),
        "feed.atom": atom.encode(),
        "lexis.txt": "".join(_LEXIS.format(number=number, story=STORY) for number in (1, 2)).encode(),
        "factiva.txt": "".join(_FACTIVA.format(number=number, story=STORY) for number in (1, 2)).encode(),
        "page.rtf": (
            "{\\rtf1\\ansi " + "\\par\\par\n".join(["Flood", "By Ines Orr", "2 August 2016", STORY]) + "}"
        ).encode("cp1252", "replace"),
    }


def _mhtml() -> bytes:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="xyz"\r\n\r\n--xyz\r\n'
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Location: http://harl.example/flood\r\n\r\n"
    return head.encode() + part.encode() + page() + b"\r\n--xyz--\r\n"


def _response(number: int) -> bytes:
    body = page(f"Flood number {number}")
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://harl.example/{number}\r\n"
        "WARC-Date: 2016-08-02T07:30:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def _tables() -> dict[str, bytes]:
    import csv

    import pandas as pd

    made: dict[str, bytes] = {}
    for name, mark in (("rows.csv", ","), ("rows.tsv", "\t")):
        out = io.StringIO()
        writer = csv.DictWriter(out, list(_ROWS[0]), delimiter=mark)
        writer.writeheader()
        writer.writerows(_ROWS)
        made[name] = out.getvalue().encode()
    made["rows.jsonl"] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _ROWS).encode()
    made["rows.json"] = json.dumps({"articles": _ROWS}, ensure_ascii=False, indent=1).encode()
    sheet = pd.DataFrame(_ROWS)
    for name, write in (("rows.parquet", sheet.to_parquet), ("rows.xlsx", sheet.to_excel)):
        stored = io.BytesIO()
        write(stored, index=False)
        made[name] = stored.getvalue()
    return made


def _letters() -> dict[str, bytes]:
    letters = []
    for number in range(3):
        message = EmailMessage()
        message["From"] = "The Harl Post <news@harl.example>"
        message["Subject"] = f"Überschwemmung in Velisk, {number}"
        message["Date"] = "Tue, 2 Aug 2016 07:30:00 +0200"
        message["Message-ID"] = f"<{number}@harl.example>"
        message.set_content(f"{STORY}\n\nMore on {number} tomorrow.\n")
        message.add_alternative(f"<table><tr><td><p>{STORY}</p><p>{_LETTERS}</p></td></tr></table>", subtype="html")
        message.set_boundary("boundary")
        letters.append(message.as_bytes())
    box = b"".join(b"From news@harl.example Tue Aug  2 07:30:00 2016\n" + letter + b"\n" for letter in letters)
    return {"letter.eml": letters[0], "letters.mbox": box}


def _documents() -> dict[str, bytes]:
    """Return a Word document and a PDF; one whose library is not installed is left out."""
    made: dict[str, bytes] = {}
    lines = ["Flood in Velisk", "By Ines Orr", "2 August 2016", STORY[:90], STORY[90:180]]
    try:
        import docx

        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        out = io.BytesIO()
        document.save(out)
        made["page.docx"] = out.getvalue()
    except ImportError:
        pass
    made["page.pdf"] = _pdf(lines)
    return made


def _pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page, with its table of places."""
    plain = [line.encode("ascii", "ignore").decode().replace("(", "").replace(")", "") for line in lines]
    shown = "BT /F1 11 Tf 50 780 Td 16 TL " + " ".join(f"({line}) Tj T* T*" for line in plain) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (f"{out}xref\n0 5\n0000000000 65535 f \n{table}{end}").encode()


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _tar(members: dict[str, bytes], mode: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()
