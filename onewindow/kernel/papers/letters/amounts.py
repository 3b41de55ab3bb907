"""Sums as letters write them: figures, and the words that can't be altered (财会: 大写金额)."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def yuan(fen: int) -> str:
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}"


def capital_yuan(fen: int) -> str:
    """106000 → 人民币壹仟零陆拾元整."""
    sign, fen = ("负", -fen) if fen < 0 else ("", fen)
    whole, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole(whole)}元" if whole or not fen else ""
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif rest and whole:
        words += "零"
    return f"人民币{sign}{words}" + (f"{DIGITS[rest]}分" if rest else "整")


def _whole(number: int) -> str:
    if number >= 10**16:
        raise ValueError("no sum of ours is that large")
    words, group, zero_before = "", 0, False
    while number:
        number, part = divmod(number, 10_000)
        if part:
            words = _thousands(part) + GROUPS[group] + ("零" if zero_before and words else "") + words
        zero_before = part < 1000
        group += 1
    return words or "零"


def _thousands(part: int) -> str:
    words, zero = "", False
    for unit in (3, 2, 1, 0):
        digit = part // 10**unit % 10
        if digit:
            words += ("零" if zero and words else "") + DIGITS[digit] + UNITS[unit]
        zero = not digit
    return words
