"""How Chinese signs sound: whoever types by sound slips to a sign of the same sound."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

# The 3,755 everyday signs of GB 2312 stand in the order of their sounds; these begin a new syllable each, a, ai, an ... to zuo.
FIRST = (
    "啊埃鞍肮凹芭白斑邦苞杯奔崩逼鞭标鳖彬兵玻捕擦猜餐苍操厕层插拆搀昌超车郴撑吃充抽初揣川疮吹春戳疵聪凑粗蹿摧村磋"
    "搭呆耽当刀德蹬堤颠碉跌丁丢东兜都端堆墩掇蛾恩而发藩坊菲芬丰佛否夫噶该甘冈篙哥给根耕工钩辜刮乖棺光瑰辊锅"
    "哈骸酣夯壕呵嘿痕哼轰喉呼花槐欢荒灰荤豁击嘉歼僵蕉揭巾荆炯揪鞠捐撅均喀开刊康考坷肯坑空抠枯夸块宽匡亏坤括"
    "垃莱蓝琅捞勒雷棱厘俩联粮撩列琳拎溜龙楼芦驴峦掠抡萝妈埋瞒芒猫么玫门萌眯棉苗蔑民明谬摸谋牟"
    "拿氖南囊挠呢馁嫩能妮蔫娘鸟捏您柠牛脓奴女暖虐挪哦欧啪拍攀乓抛呸喷砰坯篇飘撇拼乒坡扑"
    "期掐牵枪橇切钦青琼秋趋圈缺裙然瓤饶惹壬扔日戎揉茹软蕊闰若撒腮三桑搔瑟森僧莎筛珊墒梢奢砷声师收蔬刷摔栓霜谁吮说"
    "斯松搜苏酸虽孙蓑塌胎坍汤掏特藤梯天挑贴厅通偷凸湍推吞拖挖歪豌汪威瘟嗡挝巫昔瞎掀相萧楔薪星兄休墟轩靴勋"
    "压焉殃邀椰一茵英哟拥幽迂鸳曰耘匝栽咱赃遭责贼怎增扎摘瞻樟招遮珍蒸芝中舟珠抓拽专庄椎谆捉兹鬃邹租钻嘴尊昨"
)


def sound(sign: str) -> str:
    """A sign that stands for the sound of `sign`, whatever its tone; the sign itself if its sound is not known."""
    place = _place(sign)
    return FIRST[bisect_right(_begins(), place) - 1] if place else sign


@cache
def _begins() -> list[int]:
    return [_place(sign) for sign in FIRST]


def _place(sign: str) -> int:
    """Where a sign stands among the everyday ones of GB 2312, counted from 0xB0A1; 0 if it is none of them."""
    code = sign.encode("gb2312", "ignore")
    return int.from_bytes(code) if len(code) == 2 and b"\xb0\xa1" <= code <= b"\xd7\xf9" else 0
