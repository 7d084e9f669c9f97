"""Files of laws."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TEXT = """# {title}

2011年11月17日 上海市第十三届人民代表大会常务委员会第三十次会议通过

## 第一章  总则

第一条 为了救助，制定本条例。

## 第二章  救助

第二条 救助站应当提供下列救助：

（一）食物；

（二）住处。

无力支付的，由救助站支付。
"""


def law(number: str, *, title: str = "救助条例", **other: Any) -> dict[str, Any]:
    """One document of a file."""
    known = {
        "id": number,
        "title": title,
        "level": "地方性法规",
        "category": "地方性法规",
        "region": "上海",
        "published": "2011-11-17",
        "effective": "2012-01-01",
        "doc_no": None,
        "history": ["2011年11月17日 上海市第十三届人民代表大会常务委员会第三十次会议通过"],
        "status": "current_in_snapshot",
        "source_path": f"地方性法规/{title}.md",
        "text": TEXT.format(title=title),
    }
    return known | other


def written(path: Path, rows: Iterable[dict[str, Any] | str]) -> Path:
    """The file with these documents, a line each; a text is a line as it stands."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
