"""`drafting.word`: what a Word file shows, and nothing that it hides, counted as Word counts."""

from __future__ import annotations

import io
import zipfile

import pytest

from speeches_cli.drafting import pages, word
from speeches_cli.errors import CorpusError
from tests.material import word_file, word_part, word_relations

SHOWN = '<w:vanish w:val="0"/>'
DAMAGED = "a damaged Word file (.docx); open it in Word and save it anew"
NOT_WORD = "a zip file, but no Word file (.docx); unpack it, and draft what it holds"
TOO_LARGE = "this Word file unpacks to more than any compilation has"
Parts = dict[str, str | bytes]
packed, part = word_file, word_part


def unpacked(data: bytes) -> dict[str, bytes]:
    """Give the parts of a Word file by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def p(text: str, properties: str = "") -> str:
    """Make a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Make a run."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def lines(body: str, parts: Parts | None = None) -> list[str]:
    """Give the lines of a Word file of this body, without the empty ones."""
    return [line.text for line in word.read(packed(body, parts), file="a.docx")[0] if line.text]


def refusal(data: bytes) -> str:
    """Say why a file is refused."""
    with pytest.raises(CorpusError) as caught:
        word.read(data, file="a.docx")
    return str(caught.value).removeprefix("a.docx: ")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p><w:tab/><w:r><w:tab/><w:noBreakHyphen/><w:br/></w:r>{r('行')}</w:p>", ["\t-", "行"]),
        (f"<w:p><w:ins>{r('新')}</w:ins><w:del><w:delText>旧</w:delText></w:del></w:p>", ["新"]),
        (f"<w:p>{r('留')}<w:moveFrom>{r('移')}</w:moveFrom></w:p>", ["留"]),
        (f"<w:p><w:hyperlink>{r('链')}</w:hyperlink><w:sdt>{r('签')}</w:sdt></w:p>", ["链签"]),
        ("<w:p><w:oMath><w:r><w:t>7%</w:t></w:r></w:oMath></w:p>", ["7%"]),
        (f"<w:p>{r('藏', '<w:vanish/>')}{r('划', '<w:strike/>')}{r('现', SHOWN)}</w:p>", ["现"]),
        (
            f"<w:p><w:r><w:ruby><w:rt>{r('yīn')}</w:rt><w:rubyBase>{r('音')}</w:rubyBase></w:ruby></w:r></w:p>",
            ["音"],
        ),
        (
            f"<w:p>{r('外')}<w:r><w:Choice>{p('框')}</w:Choice><w:Fallback>{p('框')}</w:Fallback></w:r></w:p>",
            ["外", "框"],
        ),
        (p("网格", "<w:rPr><w:del/></w:rPr>") + p("54个") + p("末"), ["网格54个", "末"]),
        (p("没有下文", "<w:rPr><w:del/></w:rPr>"), ["没有下文"]),
    ],
    ids=["breaks", "tracked", "moved", "links", "equation", "hidden", "ruby", "box", "joined", "last"],
)  # fmt: skip
def test_what_word_shows_is_read_once_and_in_order(body: str, expected: list[str]) -> None:
    """Whatever a page shows is there; what is deleted, hidden, crossed out or drawn twice is not."""
    assert lines(body) == expected


def test_a_tables_row_is_a_line() -> None:
    """Its cells stand beside each other; a cell that holds whole paragraphs alone keeps them."""
    row = "".join(f"<w:tc>{p(text)}</w:tc>" for text in ("指标", "今年", ""))
    layout = f"<w:tr><w:tc>{p('一段。')}{p('二段。')}</w:tc></w:tr>"
    read = word.read(packed(f"<w:tbl><w:tr>{row}</w:tr>{layout}</w:tbl>{p('文')}"), file="a.docx")
    assert [(line.text, line.is_row) for line in read[0] if line.text] == [
        *[("指标　今年", True), ("一段。", False), ("二段。", False), ("文", False)],
    ]
    assert lines("<w:tc></w:tc><w:tr></w:tr>") == []


def test_what_stands_beside_the_text_is_given_apart() -> None:
    """Headers, notes and comments, and what is hidden or crossed out: nothing is lost silently."""
    parts: Parts = {
        "word/header.xml": part("hdr", p("会后收回")),
        "word/footnotes.xml": part("footnotes", f"<w:footnote>{p('注')}</w:footnote>"),
    }
    read = word.read(packed(p("文") + f"<w:p>{r('待核实', '<w:vanish/>')}</w:p>", parts), file="a.docx")
    assert read[1] == ("待核实", "会后收回", "注")


def numbered(text: str, depth: object = 0, number: object = 1) -> str:
    """Make a paragraph that Word numbers."""
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, style: str, text: str, more: str = "") -> str:
    """Make a level of a list."""
    made = f'<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{more}{made}</w:lvl>'


NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "decimal", "%2.")
    + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    + level(3, "bullet", "·")
    + level(5, "upperLetter", "%6)", '<w:start w:val="3"/>')
    + "</w:abstractNum>"
    + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="7"/>{more}</w:num>'
        for number, more in (
            (1, ""),
            (2, ""),
            (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
            (4, f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1.")}</w:lvlOverride>'),
        )
    ),
)


def test_numbers_are_counted_as_word_counts() -> None:
    """For each abstract list; with restarts, levels, legal style, bullets, and unknown lists."""
    body = [
        *(numbered("甲"), numbered("子", 1), numbered("丑", 1), numbered("寅", 2), numbered("点", 3)),
        *(numbered("", 0), numbered("乙", 0, 2), numbered("卯", 1), numbered("丙", 0, 3)),
        *(numbered("丁", 0, 3), numbered("戊", 0, 4), numbered("己", 5), numbered("无", 0, 9), p("文")),
    ]
    assert lines("".join(body), {"word/numbering.xml": NUMBERING}) == [
        *("一、甲", "1.子", "2.丑", "1.2.1寅", "点", "二、乙", "1.卯", "五、丙"),
        *("六、丁", "7.戊", "3)己", "无", "文"),
    ]


def test_styles_give_numbers_and_headings() -> None:
    """From the paragraph's own style or one that it is based on, even in a circle."""
    styles = part(
        "styles",
        '<w:style w:styleId="a"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="c"/></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="b"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
    )
    body = [
        *(p("题目", '<w:pStyle w:val="a"/>'), p("网格", '<w:pStyle w:val="b"/>')),
        *(
            p("文", '<w:outlineLvl w:val="0"/>'),
            p("节", '<w:pStyle w:val="a"/><w:outlineLvl w:val="1"/>'),
        ),
    ]
    parts: Parts = {"word/styles.xml": styles, "word/numbering.xml": NUMBERING}
    read = word.read(packed("".join(body), parts), file="a.docx")
    assert [(line.text, line.is_title) for line in read[0] if line.text] == [
        *[("题目", True), ("一、网格", False), ("文", True), ("节", False)],
    ]


def test_honest_files_are_read() -> None:
    """Strict OOXML, with macros, with pictures that are gone, and with seventy megabytes of them."""
    others = {
        b"schemas.openxmlformats.org/wordprocessingml/2006": b"purl.oclc.org/ooxml/wordprocessingml",
        b"openxmlformats-officedocument.wordprocessingml.document": b"ms-word.document.macroEnabled",
    }
    for usual, other in others.items():
        changed = {name: data.replace(usual, other) for name, data in unpacked(packed(p("文"))).items()}
        assert lines("", {**changed}) == ["文"]
    gone = {"word/_rels/document.xml.rels": word_relations(image="media/gone.jpeg")}
    assert lines(p("文"), {**gone, "word/media/large.jpeg": bytes(70 * 1024 * 1024)}) == ["文"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (packed(f"<w:p>{'<w:t/>' * 2_100_000}</w:p>"), TOO_LARGE),
        (packed("", {"word/styles.xml": bytes(word.LARGEST + 1)}), TOO_LARGE),
        (packed(p("文"))[:-60], DAMAGED),
        (packed("<w:p>"), DAMAGED),
        (packed("<w:p/>" * word.MOST_PARAGRAPHS), TOO_LARGE),
        (packed("<w:p>" * 10_000 + r("底") + "</w:p>" * 10_000), DAMAGED),
        (packed(p("文"), {"_rels/.rels": word_relations()}), NOT_WORD),
        (packed(p("文"), {"[Content_Types].xml": "<Types/>"}), DAMAGED),
    ],
    ids=["tags", "bytes", "cut", "unclosed", "paragraphs", "deep", "no text", "no types"],
)
def test_what_is_no_compilation_is_refused_in_one_line(data: bytes, message: str) -> None:
    """A few kilobytes that would fill the memory, damaged files, and other archives."""
    assert len(data) < 10**6
    assert refusal(data) == message


def test_a_word_file_is_no_longer_than_a_text_may_be() -> None:
    """The bound on characters holds for both."""
    data = packed(p("字" * 1000) * 1001)
    with pytest.raises(CorpusError, match="longer than 800000 characters"):
        pages.decode(data, file="a.docx")


def test_long_labels_cost_nothing() -> None:
    """Fifty thousand %1 in a label are no reason to write it two thousand times."""
    numbering = NUMBERING.replace("%1、", "%1" * 50_000)
    body = numbered("甲") * 2000
    assert len("".join(lines(body, {"word/numbering.xml": numbering}))) < 2 * 10**5
