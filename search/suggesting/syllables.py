"""The syllables of Chinese in pinyin without tones, and how a row of letters may be cut into them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SYLLABLES = frozenset(
    """
    a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha
    chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan
    cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en
    er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun
    guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin
    jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la
    lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man
    mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang
    niao nie nin ning niu nong nou nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping
    po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru
    ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua
    shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie ting
    tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu
    xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha
    zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu
    zuan zui zun zuo
    """.split()  # noqa: SIM905 - four hundred lines would not be read
)
INITIALS = frozenset([*"bpmfdtnlgkhjqxrzcsywaeo", "zh", "ch", "sh"])
LONGEST = 6
_BEGINNINGS = frozenset(syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable)))


@dataclass(frozen=True)
class Sound:
    """What is typed of one character's sound."""

    text: str
    is_whole: bool
    """A syllable as it is; otherwise whatever begins so."""


@lru_cache(maxsize=1024)
def cuttings(letters: str, most: int) -> tuple[tuple[Sound, ...], ...]:
    """How lower-case letters may be read as sounds, the fewest sounds first, `most` of them at most.

    Each sound is a syllable or an initial; the last may be any beginning of a syllable. None where letters stand that
    pinyin does not have in their place.
    """
    end = len(letters)
    found: list[list[tuple[Sound, ...]]] = [[] for _ in range(end)] + [[()]]
    for start in reversed(range(end)):
        ways = [(sound, *rest) for sound, after in _sounds(letters, start) for rest in found[after]]
        ways.sort(key=lambda way: (len(way), sum(not sound.is_whole for sound in way)))
        found[start] = ways[:most]
    if not letters:
        return ()
    # yee has many readings, since e is a syllable and an initial; that of initials alone is never left out.
    initials = tuple(Sound(letter, is_whole=False) for letter in letters)
    if initials in found[0] or not INITIALS.issuperset(letters):
        return tuple(found[0])
    return *found[0][: most - 1], initials


def _sounds(letters: str, start: int) -> Iterator[tuple[Sound, int]]:
    for after in range(min(start + LONGEST, len(letters)), start, -1):
        piece = letters[start:after]
        if piece in SYLLABLES:
            yield Sound(piece, is_whole=True), after
        if piece in INITIALS or (after == len(letters) and piece in _BEGINNINGS and piece not in SYLLABLES):
            yield Sound(piece, is_whole=False), after
