"""The columns of the two tables, and the words that may stand in them: data."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.units.enums import ImportKind, Role, UnitKind


@dataclass(frozen=True)
class Column:
    """One column: its key, the heading of the template, other headings it is known by, and what to write in it."""

    key: str
    title: "str | Promise"
    names: tuple[str, ...]
    hint: "str | Promise"
    required: bool = False
    example: str = ""


UNIT_COLUMNS = (
    Column(
        *("name", _("full name"), ("单位全称", "全称", "单位名称", "名称", "full name", "name", "unit")),
        hint=_("As on the unit's seal; no other unit has it."),
        required=True,
        example="示例市卫生健康委员会",
    ),
    Column(
        *("short_name", _("short name"), ("简称", "单位简称", "short name")),
        hint=_("As it stands in plans and lists."),
        example="市卫生健康委",
    ),
    Column(
        *("aliases", _("other names"), ("别名", "曾用名", "aliases", "alias", "other names")),
        hint=_("Separated by 、 or a comma. Names that are already known stay."),
        example="市卫健委、市卫健局",
    ),
    Column(
        *("kind", _("kind"), ("类型", "单位类型", "kind", "type")),
        hint=_("One of the kinds listed below. A new unit without one is a bureau."),
    ),
    Column(
        *("parent", _("parent unit"), ("上级单位", "上级", "parent", "parent unit")),
        hint=_("Any name of a unit that exists or stands in this table. Empty for a new unit: at the top."),
        example="示例市人民政府",
    ),
    Column(
        *("code", _("code"), ("代码", "单位代码", "编码", "code")),
        hint=_("If the unit has one. A row with a known code and another name renames the unit."),
    ),
    Column(
        *("valid_from", _("valid from"), ("有效期起", "起", "生效日期", "valid from", "from")),
        hint=_("A date such as 2026-11-24; empty is open."),
    ),
    Column(
        *("valid_until", _("valid until"), ("有效期止", "止", "失效日期", "valid until", "until", "to")),
        hint=_("The last day; empty is open."),
    ),
)

PEOPLE_COLUMNS = (
    Column(
        *("name", _("person's name"), ("姓名", "人员姓名", "name")),
        hint=_("The person's name."),
        required=True,
        example="示例人员",
    ),
    Column(
        *("username", _("user name"), ("用户名", "账号", "登录名", "username", "user name", "login")),
        hint=_("For signing in: letters, digits and @ . + - _; one per person."),
        required=True,
        example="shili01",
    ),
    Column(*("phone", _("telephone"), ("手机", "手机号", "电话", "联系电话", "phone", "telephone", "mobile")), hint=""),
    Column(*("email", _("e-mail"), ("邮箱", "电子邮箱", "email", "e-mail")), hint=""),
    Column(
        *("unit", _("unit"), ("单位", "所在单位", "任职单位", "单位全称", "unit")),
        hint=_("Any name of a unit that exists."),
        example="市卫生健康委",
    ),
    Column(
        *("role", _("role"), ("角色", "任职", "role")),
        hint=_("One of the roles listed below; a person with several roles has several rows."),
    ),
    Column(
        *("valid_from", _("valid from"), ("起", "任职起", "有效期起", "valid from", "from")),
        hint=_("A date such as 2026-11-24; empty is open."),
    ),
    Column(
        *("valid_until", _("valid until"), ("止", "任职止", "有效期止", "valid until", "until", "to")),
        hint=_("The last day; empty is open."),
    ),
)

COLUMNS: Mapping[ImportKind, tuple[Column, ...]] = {
    ImportKind.UNITS: UNIT_COLUMNS,
    ImportKind.PEOPLE: PEOPLE_COLUMNS,
}

KIND_WORDS: Mapping[str, UnitKind] = {
    **dict.fromkeys(("city", "市", "市级", "市政府"), UnitKind.CITY),
    **dict.fromkeys(("party", "party body", "党委机构", "党委部门", "党委"), UnitKind.PARTY),
    **dict.fromkeys(("bureau", "局办", "部门", "委办局", "局", "政府部门"), UnitKind.BUREAU),
    **dict.fromkeys(("division", "处室", "科室", "内设机构"), UnitKind.DIVISION),
    **dict.fromkeys(("district", "区县", "县区", "区", "县", "县级市"), UnitKind.DISTRICT),
    **dict.fromkeys(("street", "town or street office", "镇街", "街道", "乡镇", "镇街道", "镇"), UnitKind.STREET),
    **dict.fromkeys(("institution", "事业单位", "机构", "站所"), UnitKind.INSTITUTION),
    **dict.fromkeys(("collective", "group of units", "单位合称", "合称", "集合"), UnitKind.COLLECTIVE),
    **dict.fromkeys(("other", "其他", "其它"), UnitKind.OTHER),
}

ROLE_WORDS: Mapping[str, Role] = {
    **dict.fromkeys(("reporter", "填报员", "填报人"), Role.REPORTER),
    **dict.fromkeys(("unit_reviewer", "unit reviewer", "审核人", "审核员", "单位审核人"), Role.UNIT_REVIEWER),
    **dict.fromkeys(("coordinator", "牵头处室", "牵头处室人员", "协调员"), Role.COORDINATOR),
    **dict.fromkeys(("editor", "编辑", "信息编辑"), Role.EDITOR),
    **dict.fromkeys(("leader", "领导", "分管领导"), Role.LEADER),
    **dict.fromkeys(("auditor", "审计", "审计员", "审计人员"), Role.AUDITOR),
    **dict.fromkeys(("external_supervisor", "external supervisor", "特邀监督员", "监督员"), Role.SUPERVISOR),
    **dict.fromkeys(("administrator", "管理员", "系统管理员"), Role.ADMINISTRATOR),
    **dict.fromkeys(("staff", "staff member", "工作人员"), Role.STAFF),
}
