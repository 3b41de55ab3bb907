import click
import django

from onewindow.project.saying import as_json, end


@click.command(help="事项目录：办结时限、材料、不再要的证明。")
@as_json
def command(json_: bool) -> None:
    django.setup()
    from onewindow.kernel.catalog import matters
    from onewindow.kernel.catalog.fewer_papers import fallen_for, fewer_papers

    rows = [
        {
            "code": each.code,
            "catalogue_id": each.catalogue_id,
            "name": each.name,
            "limit": each.limit_words,
            "steps": len(each.steps),
            "papers": len(each.materials),
            "papers_asked": len(each.papers_asked),
            "papers_removed": len(fallen_for(each)),
        }
        for each in matters().values()
    ]
    found = fewer_papers()
    told = {
        "matters": rows,
        "certificates_removed": len(found.certificates),
        "approvals_removed": len(found.approvals),
    }
    lines = [
        f"{row['catalogue_id']:<6}{row['code']:<28}{row['name']}：{row['limit'] or '未规定时限'}；"
        f"{row['steps']}个环节；要交{row['papers_asked']}份（共{row['papers']}份）；不再要{row['papers_removed']}份"
        for row in rows
    ]
    total = f"共{len(rows)}个事项；取消证明{len(found.certificates)}项、审批环节{len(found.approvals)}项。"
    end("\n".join([*lines, total]), told, json_=json_, is_well=True)
