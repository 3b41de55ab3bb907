from pathlib import Path

import click

from onewindow.project.saying import as_json, end, open_city, operator


@click.command(help="与银行对账单逐笔核对：补收未答复的，列出不一致的。有差异的名册不能关账。")
@click.option(
    "--statement", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="对账单：每行一个JSON对象，或带表头的CSV，含payment_key、amount_fen、state。",
)  # fmt: skip
@as_json
def command(statement: Path, json_: bool) -> None:
    open_city()
    from onewindow.kernel.grants.statement import read_statement, reconcile

    done = reconcile(operator(), read_statement(statement))
    words = [f"{each['key']} {each['what']}" for each in done["differences"]]
    words.append(f"对账单{done['lines']}笔，涉及{done['runs']}份名册，补收{done['settled']}笔，差异{len(words)}处。")
    end("\n".join(words), done, json_=json_, is_well=not done["differences"])
