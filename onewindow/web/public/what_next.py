"""What happens next to a case, in a resident's words."""

from onewindow.kernel.cases.models import Case, StepRun
from onewindow.kernel.cases.steps import step_of_run
from onewindow.kernel.catalog import Step

NOTHING_TO_DO = "您现在不用做什么，有进展会告诉您。"
OF_RECORD = {
    "visit": "街道工作人员会先打电话和您约时间，再上门了解情况，每次不少于两人，会出示证件。请留意电话。",
    "opinion": f"街道正在根据核对和调查写初审意见。{NOTHING_TO_DO}",
    "reinvestigation": "有人对公示提出了意见，街道正在重新调查，可能会再联系您。",
    "decision": f"负责人正在审核确认。{NOTHING_TO_DO}",
    "aid": "负责人正在决定救助。急需吃饭、住宿、看病的，请直接到街道窗口或拨打12345。",
}


def what_next(case: Case, runs: list[StepRun]) -> str:
    """Empty where nothing is to come; what a resident must do themselves stands above it on the page."""
    if not case.is_open or case.state == Case.State.SUPPLEMENT:
        return ""
    if case.paused_from:
        return "办理时限暂停计算，暂停的日子不算在办理时间里。恢复办理时会告诉您。"
    run = next((run for run in reversed(runs) if run.ended_at is None), None)
    return _of(step_of_run(run)) if run else NOTHING_TO_DO


def _of(step: Step) -> str:
    if step.before_acceptance:
        return "窗口正在看您提交的内容：齐全的当场受理，缺什么会一次性告诉您。您现在不用做什么。"
    if step.by == "exchange":
        return f"正在向银行、不动产登记等单位核对，您不用去开证明。{NOTHING_TO_DO}"
    if step.by == "wait":
        return f"现在是{step.name}，按日历日计算，到期会自动进入下一步并通知您。改变主意的，可以在这里撤回申请。"
    if step.by == "clock":
        return "正在社区公示。期满没有人提出异议，就进入审核确认；有异议的，街道会重新调查。您现在不用做什么。"
    return OF_RECORD.get(step.record, NOTHING_TO_DO)
