"""引题 or 副题: of two lines of a title, which is the headline, where no type size tells it.

A dash or a colon settles it. Otherwise a logistic regression weighs how long the lines are, what marks they have,
and what words they begin and end with. Its weights are in `data/titles.tsv`, fitted by `benchmarks/fit_titles.py`
on titles of two lines whose kind is known, where one in seven without a dash has a 副题.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

DASH: Final = re.compile(r"^\s*(?:——|—|－－|--)\s*")
TRAILING: Final = re.compile(r"\s*(?:——|—|：|:)\s*$")
CLOSED_KICKER: Final = re.compile(r"(?:强调|指出|表示|提出|时说|要求)(?:——|：)?$")  # what follows is the headline
_LONGEST_AFFIX: Final = 3

# What a line shows that single words at its ends do not.
_SIGNS: Final = {
    "space": re.compile(" "),
    "digit": re.compile(r"\d"),
    "comma": re.compile("，"),
    "list": re.compile("、"),
    "quoted": re.compile(r"^“.*”$"),
    "quote": re.compile("“"),
    "book": re.compile("《"),
    "bracketed": re.compile(r"^[（(].*[）)]$"),
    "cry": re.compile(r"[！？!?]$"),
    "says": re.compile(
        r"(?:强调|指出|要求|表示|说|提出|会议|召开|回信|致信|举行|显示|宣布|发布|公布|通知|印发|出台|呼吁|提示|回应|问|同意|启动|推进)$"
    ),
    "series": re.compile(
        r"(?:[①-⑩\d]|之[一二三四五六七八九十]|纪实|侧记|综述|扫描|调查|报告|观察|启示录|速写|掠影|创作谈|故事|报道|意识|感悟|述评|巡礼|探访|印象|为例|群像)$"
    ),
    "attends": re.compile(r"(?:主持|出席|讲话|参加|陪同|致辞|审议)"),
    "of": re.compile(r"^(?:访|记|写在|读|评|论|来自|从|看|再读|学习)"),
    "office": re.compile(
        r"(?:[省市县区州镇乡村局部委办院厅司会团队]|公司|集团|代表|委员|主任|书记|总统|总理|司令员|发言人|部门)$"
    ),
    "event": re.compile(
        r"(?:出炉|揭晓|落幕|闭幕|开幕|成功|揭牌|开工|竣工|投产|上线|获批|出版|逝世|当选|夺冠|亮相|出台|完成|发射|开馆|通车|开通|试航|下线|完工|抵达|"
        r"回升|增长|下降|提升|改善|揭幕|来袭|破[^，]{1,6}|超[^，]{1,8})$"
    ),
    "goes on": re.compile(
        r"^(?:涉及|共|将|已|超|达|预计|最高|日均|其中|包括|总|累计|较|比|同比|近|约|首批|签约|投资|覆盖|惠及|可|拟|明年|今年|今起|原则上|支持|实现|搭载)"
    ),
    "held": re.compile(
        r"(?:会议|召开|举行|举办|启动|推进|出台|印发|发布|公布|开赛|暂停|投用|签署|上线|亮相|恢复|推迟|开放|收官|达成|签约|交付|活动|交流|通话|回信|致信|报告|方案)$"
    ),
    "tells of": re.compile(
        r"(?:答记者问|剪影|纪事|独白|有感|实践|摘编|说明|讲话|发言|解读|访谈|思考|札记|手记|之路|密码|样本|见闻|画像|风采|回眸|评选|寄语|致辞|贺信|声明|公告|名单|任免)"
        r"(?:[（(].{1,3}[）)])?$"
    ),
    "on": re.compile(r"^(?:谈|观|追记|献给|纪念|致|走近|走进|探访|回访|专访|对话|关注|在.{4,}上(?:的|[（(]|$))"),
    "speaks": re.compile(r"(?:解读|热议|谈|答|高度评价|盛赞|积极评价|接受)"),
    "ordinal": re.compile(
        r"^(?:第[一二三四五六七八九十\d]+[届次批期]|前?\d{1,2}月|\d{4}年|今年|首[个届批次]|全国|我国|中国)"
    ),
    "verb": re.compile(
        r"(?:将|已|再|首次|同比|超过?|达到?|获|被|为|让|成|增|降|实现|完成|加快|推动|推进|建设|打造|助力)"
    ),
    "noun": re.compile(r"(?:[站赛杯节日年月期版篇园馆线路镇村司院厅局委部办组会]|社区|学校|大学|中心)$"),
    "halves": re.compile(r"^(\S{2,8})[ 、，](\S{2,8})$"),
    "numbers": re.compile(r"\d[^\d]+\d"),
    "time": re.compile(
        r"^(?:截至|截止|今年|明年|去年|前\S{1,3}月|[\d—-]+[年月日]).{0,8}$|(?:以来|之际|期间|起|后|前|时)$"
    ),
    "for": re.compile("^[为让]"),
    "about": re.compile("^[就在对]"),
}


_OPEN_END: Final = re.compile(  # but no 转让, 小将, 共和, 普及, 大使, 自由, 参与, 作为, 应对
    r"(?<![目标有])的$|(?<![转轉礼忍谦退])[让讓]$|(?<!火)把$|(?<![名小老女大干虎健悍])[将將]$|(?<![温共平缓饱谐祥柔])和$|"
    r"(?<![普埃涉波危顾])及$|(?<!棉)被$|(?<![大天特公行驱促假])使$|(?<![自理缘事])由$|(?<![参參])[与與]$|"
    r"(?<![作认認行以因成])[为為]$|(?<![应應面针])[对對]$|(?<![存所现内潜外自好健同何实])在$|(?<!鲜)于$|(?<![服跟随听顺何])从$|"
    r"(?<![供补自配])给$|(?:荣获|喜获|获得|摘得|成为|获评|迎来|迈入|斩获|夺得|撑起|书写|谱写|织密|筑牢|擦亮|绘就|奏响|唱响|铺就|跑出|"
    r"走出|惠及|超过|入选|拥有|累计|首次|如何|怎样|为何|进一步|切实|着力)$"
)
_NO_BEGINNING: Final = re.compile(
    r"(?:和(?![平谐睦美解声气风田县龙])|[与與](?![会會时時众眾君])).{1,7}$|"
    r"及(?![时時早格])|的(?![士哥确確])|等(?![待你不来於于])|暨(?!南)"
)


def goes_on(above: str, below: str) -> bool:
    """Whether the lower of two title lines surely goes on the phrase of the upper: this ends within one, or that begins
    with a word that begins none."""
    if DASH.match(below) or TRAILING.search(above) or ("是" in above and above.endswith("的")):
        return False
    if any(above.count(one) > above.count(other) for one, other in ("“”", "《》", "「」", "『』")):
        return True  # a quotation or a name is not over
    if above.startswith(("关于", "關於")) and _OF_DOCUMENT.search(below):
        return not _OF_DOCUMENT.search(above)
    return bool(_OPEN_END.search(above) or _NO_BEGINNING.match(below))


_OF_DOCUMENT: Final = re.compile(
    r"的(?:通知|公告|通告|决定|决议|意见|说明|函|批复|规定|办法|报告|命令|倡议|启事|公示)$"
)


def features(above: str, below: str) -> Iterator[tuple[str, float]]:
    """What the regression looks at, by name. `above` and `below` in a name are the lines, `…` stands for the rest."""
    yield "bias", 1.0
    if len(above) < len(below):
        yield "longer below", 1.0
    for which, line in (("above", above), ("below", below)):
        size = len(line) / 10
        yield f"{which} length", size
        yield f"{which} square", min(size * size, 10.0)
        if len(line) <= 6:
            yield f"{which} short", 1.0
        for name, sign in _SIGNS.items():
            if sign.search(line):
                yield f"{which} {name}", 1.0
        for n in range(1, _LONGEST_AFFIX + 1):
            yield f"{which} {line[:n]}…", 1.0
            yield f"{which} …{line[-n:]}", 1.0


@cache
def _weights() -> dict[str, float]:
    text = files("jianbao.reading.data").joinpath("titles.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(weight) for weight, *names in rows for name in names}


@lru_cache(maxsize=1024)
def subhead_odds(above: str, below: str) -> float:
    """Log-odds that of two title lines the lower is the 副题 of the upper, rather than the upper its 引题."""
    if TRAILING.search(above):
        return -4.0
    if DASH.match(below):
        return 5.0
    weights = _weights()
    odds = sum(weights.get(name, 0.0) * value for name, value in features(above, below))
    return odds + (_CRIES if above[-1:] in ("！", "!") else 0.0)


_CRIES: Final = 2.9  # in the corpus none of 3,406 引题 ends with ！, three of 1,276 主题 above a 副题 do
