"""The words before a number in 万 or 亿 without a unit → the unit that they imply.

常住人口46.2万 counts 人, 集体经济收入75.6万 is in 元; where the nearest noun is of another kind
(播放量120万), no unit is known.
"""

import re

from speeches_cli.chinese import STATEMENT_END

_NOUN = (
    "(?:(?P<people>人口|人员|职工|群众|居民|村民|党员|学生|游客|员工|(?<![收本])人|人数)"
    "|收入|收益|利润|税收?|产值|销售|订[货单]|成本|工资|薪资|贷款|存款|善款|捐款|欠款|补助|补贴|分红|奖金|资金"
    "|[^奖]金|投资|投入|支出|经费|费用?|收购价|价值|增收|额)"
)
_FILLER = (
    "(?:[今去前]年|[一全每]年|累计|合计|总[计额量数]|共计?|达到?|为|有|约|近|将近|超过?|突破|完成|实现|实际|增加到?|增长到?"
    "|净增|新增|多出|减少到?|任务|目标|其中|力争|预计|由|从|到|至|已|仅|才|就|也|了|的|[村户人社]均|最[少多高低]的.{1,2}"
    "|较?上年|同比|[0-9.]+(?:%|个百分点)|增长|下降)*"
)
_NUMBER = "(?:不[足到]|近|约|超过?)?[0-9.]+[余多]?[万亿]?[余多]?(?:元|人|以上|左右)*$"


def unit(text: str, number: int) -> str | None:
    """Give the unit of the number in 万 or 亿 that begins at a place; None where none is implied.

    >>> unit("户籍人口39万", 4), unit("财政收入任务160万，完成172万", 13), unit("视频播放量9万", 5)
    ('人', '元', None)
    """
    sentence = re.split(f"[{STATEMENT_END}]", text[max(0, number - 120) : number])[-1]
    *earlier, clause = re.split("[，,：:]", sentence)
    for words in (clause, *(re.sub(_NUMBER, "", each) for each in reversed(earlier))):
        if found := re.search(f"{_NOUN}{_FILLER}$", words):
            return "人" if found["people"] else "元"
        if not re.fullmatch(_FILLER, words):
            break
    return None
