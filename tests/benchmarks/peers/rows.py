"""One plausible report of fifteen answers, as long as those of the other systems."""

import random
from typing import Any

DISTRICTS = ("渝中区", "江北区", "南岸区", "沙坪坝区", "九龙坡区", "大渡口区", "北碚区", "巴南区")
SITE_TYPES = ("救助站", "托养机构", "街面巡查点", "医疗机构")
SERVICES = ("食宿", "医疗", "寻亲", "护送返乡", "心理疏导", "就业")
TEXT = (
    "巡查人员在街面发现流浪乞讨人员后，应当告知其向救助站求助；对其中的残疾人、未成年人、老年人和行动"
    "不便的其他人员，还应当引导、护送到救助站。站内消防通道畅通，食品留样登记完整，个别寝室通风不足。"
)


def answers(chance: random.Random) -> dict[str, Any]:
    """One plausible report, as long as those of the peers."""
    return {
        "unit_name": chance.choice(DISTRICTS) + chance.choice(("民政局", "救助管理站", "街道办事处")),
        "inspector": chance.choice("赵钱孙李周吴郑王") + chance.choice("伟芳娜敏静丽强磊军洋"),
        "contact_email": f"u{chance.randrange(10**6)}@example.org",
        "phone": f"138{chance.randrange(10**8):08d}",
        "inspect_date": f"2026-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
        "deadline": f"2027-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
        "district": f"c{chance.randrange(8)}",
        "site_type": f"c{chance.randrange(4)}",
        "people_count": chance.randrange(200),
        "beds_count": chance.randrange(10, 300),
        "rescued_count": chance.randrange(500),
        "has_plan": chance.random() < 0.8,
        "services": sorted(f"c{number}" for number in chance.sample(range(6), chance.randrange(1, 4))),
        "findings": TEXT[: chance.randrange(30, len(TEXT))],
        "remarks": TEXT[: chance.randrange(4, 24)],
    }
