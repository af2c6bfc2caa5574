"""`word`: a Word file's paragraphs in its order, with the numbers that Word shows."""

from __future__ import annotations

import io
import random
import sys
import zipfile
from collections.abc import Sequence

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from speeches_cli import drafting
from speeches_cli.corpus import Corpus
from speeches_cli.drafting import word
from speeches_cli.errors import CorpusError, SpeechesError
from tests.material import FUZZ, spoil
from tests.test_drafting import DRAFTS

NUMBERING = f"""\
<w:numbering {nsdecls("w")}>
  <w:abstractNum w:abstractNumId="7">
    <w:lvl w:ilvl="0">
      <w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>
    </w:lvl>
    <w:lvl w:ilvl="1">
      <w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2．"/>
    </w:lvl>
    <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="8">
    <w:lvl w:ilvl="1"><w:start w:val="x"/><w:lvlText w:val="（%1%2）"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num>
  <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="99"/></w:num>
</w:numbering>
"""


def paragraph(inner: str) -> str:
    """Make a paragraph of what stands in it."""
    namespaces = nsdecls("w") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    return f"<w:p {namespaces}>{inner}</w:p>"


def run(text: str) -> str:
    """Make a run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    """Make a paragraph that Word numbers."""
    places = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    return paragraph(f"<w:pPr><w:numPr>{places}</w:numPr></w:pPr>{run(text)}")


def styled(text: str, style: str) -> str:
    """Make a paragraph of a style."""
    return paragraph(f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}')


def saved(paragraphs: Sequence[str], styles: Sequence[str] = ()) -> bytes:
    """Save a Word file of these paragraphs, with the styles beside Word's own."""
    document = docx.Document()
    document.part.numbering_part._element = parse_xml(NUMBERING)
    for style in styles:
        document.styles.element.append(parse_xml(style))
    end = document.element.body.sectPr
    for each in paragraphs:
        end.addprevious(parse_xml(each))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def lines(paragraphs: Sequence[str], styles: Sequence[str] = ()) -> list[str]:
    """Give the lines of a Word file of these paragraphs."""
    return word.read(saved(paragraphs, styles), file="a.docx")[0]


def test_word_and_text_give_the_same_draft(small: Corpus) -> None:
    """Whether its lines are Word's paragraphs or a text's, a compilation is the same."""
    text = (DRAFTS / "plain.txt").read_text(encoding="utf-8")
    data = saved([paragraph(run(line)) for line in text.splitlines()])
    drafted = drafting.draft(data, name="plain.txt", known=small)
    assert drafted == drafting.draft(text.encode(), name="plain.txt", known=small)


def test_all_text_is_there_once_and_in_its_order() -> None:
    """Insertions, links, boxes and tables; not what was deleted, moved away or drawn twice."""
    box = f"<w:txbxContent>{paragraph(run('文本框'))}</w:txbxContent>"
    drawn = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    table = f"<w:tbl {nsdecls('w')}><w:tr><w:tc>{paragraph(run('表格'))}</w:tc></w:tr></w:tbl>"
    inner = [
        run("设置"),
        f"<w:ins>{run('网格')}</w:ins>",
        f"<w:hyperlink>{run('54个')}</w:hyperlink>",
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('移走')}</w:moveFrom>",
        "<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>",
        "<w:r><w:tab/><w:t>列</w:t><w:noBreakHyphen/><w:br/><w:t>行</w:t><w:t/></w:r>",
        f"<w:r><mc:AlternateContent>{drawn}</mc:AlternateContent></w:r>",
    ]
    found = lines([paragraph("".join(inner)), table, paragraph("")])
    assert [line for line in found if line] == ["设置网格54个\t列-", "行", "文本框", "表格"]


def test_numbers_that_word_counts_are_written_out() -> None:
    """Chinese and decimal, with their levels; bullets, empty paragraphs and unknown lists have none."""
    found = lines(
        [
            *(numbered("抓网格"), numbered("", 0), numbered("甲", 1), numbered("乙", 1)),
            *(numbered("点", 2), numbered("抓服务"), numbered("丙", 1)),
            *(
                numbered("无", 0, 2),
                numbered("无", 0, 3),
                numbered("深", 8),
                numbered("孤", 1, 4),
                paragraph(run("文")),
            ),
        ]
    )
    assert found == [
        *(
            "一、抓网格",
            "",
            "一.3．甲",
            "一.4．乙",
            "点",
            "二、抓服务",
            "二.3．丙",
            "无",
            "无",
            "深",
            "（%11）孤",
            "文",
        ),
    ]


def test_numbers_may_come_with_a_style() -> None:
    """From the paragraph's style or one that it is based on, even in a circle."""
    properties = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'

    def style(name: str, inner: str) -> str:
        kind = 'w:type="paragraph"'
        return f'<w:style {nsdecls("w")} {kind} w:styleId="{name}">{inner}</w:style>'

    styles = [
        style("Counted", properties),
        style("Based", '<w:basedOn w:val="Counted"/>'),
        style("One", '<w:basedOn w:val="Other"/>'),
        style("Other", '<w:basedOn w:val="One"/>'),
    ]
    found = lines(
        [styled("甲", "Counted"), styled("乙", "Based"), styled("丙", "One"), styled("丁", "None")],
        styles,
    )
    assert found == ["一、甲", "二、乙", "丙", "丁"]


def test_what_stands_beside_the_text_is_reported(small: Corpus) -> None:
    """Headers and footers have no place in a speech, and are not lost silently."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].header.add_paragraph("")
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("抓网格强治理")
    document.add_paragraph("甲区东路街道党工委书记 王一")
    stream = io.BytesIO()
    document.save(stream)
    drafted = drafting.draft(stream.getvalue(), name="a.docx", known=small)
    assert [line for line in drafted.report if "beside" in line] == [
        "beside the text stands: 内部资料",
        "beside the text stands: 第1页",
    ]
    assert drafted.yaml.splitlines()[1:3] == [
        "# beside the text stands: 内部资料",
        "# beside the text stands: 第1页",
    ]


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    """A small file that would fill the memory is no compilation."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (word.LARGEST + 1))
    with pytest.raises(CorpusError, match=r"^a\.docx: not a Word file \(\.docx\), or a damaged one$"):
        word.read(stream.getvalue(), file="a.docx")


def test_an_empty_document_is_said(small: Corpus) -> None:
    """As an empty text is."""
    with pytest.raises(CorpusError, match=r"^a\.docx: the file is empty$"):
        drafting.draft(saved([paragraph(run(" "))]), name="a.docx", known=small)


def test_a_damaged_file_is_refused() -> None:
    """A Word file of which a part is spoilt, or that ends too early."""
    data = saved([paragraph(run("文"))])
    for spoilt in (data[: len(data) // 2], data.replace(b"word/document.xml", b"word/documenx.xml")):
        with pytest.raises(CorpusError):
            word.read(spoilt, file="a.docx")


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, small: Corpus) -> None:
    """Who has a Word file and not python-docx is told what to install; texts need none."""
    data = saved([paragraph(run("文"))])
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(SpeechesError) as caught:
        drafting.draft(data, name="a.docx", known=small)
    assert str(caught.value) == "Word files need python-docx: pip install 'speeches-cli[office]'"
    assert drafting.draft((DRAFTS / "odd.txt").read_bytes(), name="odd.txt", known=small).report


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Spoil one part of a Word file, or the file as a whole."""
    if chance.random() < 0.2:
        return spoil(data, chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        names = [name for name in old.namelist() if name.startswith("word/") or "rels" in name]
        chosen = chance.choice([*names, "word/document.xml", "word/numbering.xml"])
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, spoil(part, chance) if name == chosen else part)
    return stream.getvalue()


@pytest.mark.parametrize("seed", range(20 * FUZZ))
def test_spoilt_word_files_are_drafted_or_refused(seed: int, small: Corpus) -> None:
    """Whatever is garbled in which part: a draft, or one line that says why not."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    text = (DRAFTS / "plain.txt").read_text(encoding="utf-8")
    plain = [paragraph(run(line)) for line in text.splitlines()]
    data = saved([*plain, numbered("抓网格"), numbered("甲", 1), styled("乙", "Heading1")])
    message = ""
    try:
        drafting.draft(spoilt(data, chance), name="a.docx", known=small)
    except SpeechesError as error:
        message = str(error)
    assert "\n" not in message
