"""The way of a draft: an editor writes it, a coordinator or an administrator approves, then it is published."""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from portal.units.enums import Role
from portal.units.services import GROUP_PREFIX

WORKFLOW = "编辑起草 → 审核"
TASK = "审核"
APPROVERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
STOCK_GROUPS = ("Moderators", "Editors")
STOCK_WORKFLOW = "Moderators approval"


def ensure_workflow(root: Page) -> Workflow:
    """The house's workflow on the whole tree, unless an administrator put another one there."""
    workflow = Workflow.objects.filter(name=WORKFLOW).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW)
        task = GroupApprovalTask.objects.create(name=TASK)
        task.groups.set(Group.objects.filter(name__in=[GROUP_PREFIX + role.value for role in APPROVERS]))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
    return workflow


def remove_stock_workflow() -> None:
    """Take away what Wagtail's own migrations made for its two groups, and the groups when nobody is in them."""
    Workflow.objects.filter(name=STOCK_WORKFLOW).delete()
    GroupApprovalTask.objects.filter(name=STOCK_WORKFLOW).delete()
    Group.objects.filter(name__in=STOCK_GROUPS, user__isnull=True).delete()
