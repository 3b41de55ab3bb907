"""The first answer for somebody in sudden need."""

from onewindow.kernel.catalog.answers import FirstAnswer, Situation


def first_answer(told: Situation) -> FirstAnswer | None:
    if not told.has_emergency:
        return None
    return FirstAnswer("likely", "遇到突发急难，街道可以先行救助，手续后补。请马上申请，或直接到最近的街道窗口。")
