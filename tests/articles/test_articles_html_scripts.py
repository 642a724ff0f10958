"""Leaving out scripts before a page is parsed changes nothing of what is read, in time that grows with the page."""

import pytest

from corpus_tools.articles.html import tree
from corpus_tools.articles.html.scripts import emptied

TEXT = "<p>The ferry was late again, said the harbour master of Talbach.</p>"


@pytest.mark.parametrize(
    "page",
    [
        f"<script>a()</SCRIPT>{TEXT}<SCRIPT>b()</script>{TEXT}",
        f"<script>document.write('<script>a()<\\/script>')</script>{TEXT}",
        f"<!-- <script> -->{TEXT}<!-- </script> -->{TEXT}",
        f"<title>What <script> does</title>{TEXT}<script>a()</script>{TEXT}",
        f'<p title="<script>">Rain.</p>{TEXT}<p title="</script>">Wind.</p>',
        f"<style>p {{}}{TEXT}",
        f"<svg><title>Logo</title><path d='M0'/></svg>{TEXT}<svg/>{TEXT}",
        f"<svg><script>a()</script></svg>{TEXT}<svg><svg></svg>{TEXT}</svg>",
        f'<script type="application/ld+json">{{"headline": "Rain <b>"}}</script>{TEXT}',
        f"<script data-x='a>b'>if (a < b) c()</script>{TEXT}",
        f"<textarea><style></textarea>{TEXT}<style>p {{}}</style>{TEXT}",
    ],
)
def test_what_is_read_stays_the_same(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<html><body>{page}{TEXT}</body></html>"
    short = tree.read(page)
    monkeypatch.setattr(tree, "emptied", lambda text: text)
    whole = tree.read(page)
    assert [block.text for block in short.blocks] == [block.text for block in whole.blocks]
    assert short.said == whole.said


@pytest.mark.parametrize("piece", ["<style>", "<style x='>", "<script ", "<svg><style>", "<!--", "<!--->", "<svg/>"])
def test_what_never_ends_is_not_looked_for_again_and_again(piece: str) -> None:
    page = piece * 200_000  # a minute and more where each looks through the whole page
    assert emptied(page) == page
    assert emptied(page + "</style>").endswith("</style>")
