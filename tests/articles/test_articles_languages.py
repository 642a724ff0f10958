"""Encodings of many languages, declared and not, and articles in more than one language."""

from pathlib import Path

import pytest

import corpus_tools as ct

TEXTS = {
    "cp1251": "Вода поднялась за ночь на два метра и затопила город, сообщил мэр. «Мы ждали помощи», — сказала она.",
    "koi8-r": "Вода поднялась за ночь на два метра и затопила старый город, сообщил мэр в понедельник. Школа закрыта.",
    "gbk": "河水一夜之间上涨两米，淹没了维利斯克的老城区。市长星期一说，没有人受伤。“我们一直在等待救援，”一位居民说。",
    "shift_jis": "川の水は一晩で二メートル上昇し、旧市街が浸水した。「私たちは助けを待っていました」と住民は話した。",
    "iso8859-2": "Woda podniosła się w nocy o dwa metry i zalała miasto. Szkoła zamknięta do środy. Źródło: własne.",
    "cp1250": "Voda v noci stoupla o dva metry a zaplavila město, řekl starosta. „Čekali jsme na pomoc,“ dodala žena.",
    "cp1254": "Nehir gecede iki metre yükseldi ve şehri su bastı, dedi belediye başkanı. Okul çarşambaya kadar kapalı.",
    "cp1257": "Vanduo per naktį pakilo dviem metrais ir užliejo miestą, sakė meras. Mokykla uždaryta iki trečiadienio.",
    "cp1252": "Der Fluss stieg über die Ufer – „wir warten“, sagte die Bürgermeisterin. Die Schule bleibt geschlossen.",
}


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("form", ["text", "table", "page", "page that declares it"])
def test_an_encoding_is_found(tmp_path: Path, encoding: str, form: str) -> None:
    text = TEXTS[encoding]
    meta = f'<meta charset="{encoding}">' if form == "page that declares it" else ""
    page = (
        f"<html><head>{meta}<title>Harl</title></head><body><article><p>{text}</p><p>{text}</p></article></body></html>"
    )
    name, content = {"text": ("a.txt", text), "table": ("a.csv", f'text\n"{text}"\n')}.get(form, ("a.html", page))
    (tmp_path / name).write_bytes(content.encode(encoding))
    row = ct.read(tmp_path).iloc[0]
    assert text in row["text"]
    assert any("read as" in note for note in row["notes"])


ENGLISH = "The river rose by two metres in one night and flooded the old town, the mayor of Velisk said on Monday."
FRENCH = "La rivière est montée de deux mètres en une nuit et a inondé la vieille ville, a déclaré le maire lundi."


def test_a_mixture_is_noted(tmp_path: Path) -> None:
    both = "\n\n".join([" ".join([ENGLISH] * 10), " ".join([FRENCH] * 6)])
    (tmp_path / "both.txt").write_text(both)
    (tmp_path / "one.txt").write_text(" ".join([ENGLISH] * 5) + "\n\n" + " ".join([ENGLISH] * 7))
    (tmp_path / "word.txt").write_text(" ".join([ENGLISH] * 9) + "\n\n“Nous attendions de l'aide,” she said in French.")
    articles = ct.read(tmp_path)
    noted = [[note for note in notes if note.startswith("language:")] for notes in articles["notes"]]
    assert noted == [["language: 6 of 16 sentences are in fr"], [], []]
    assert articles["language"].tolist() == ["en", "en", "en"]
