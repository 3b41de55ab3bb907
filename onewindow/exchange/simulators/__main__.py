"""python -m onewindow.exchange.simulators bank|real_estate --port 8001 --data FILE --product-url URL --keys DIR"""

import argparse
import contextlib
from pathlib import Path

from onewindow.exchange.simulators.bank import Bank
from onewindow.exchange.simulators.partner import Partner
from onewindow.exchange.simulators.real_estate import RealEstate
from onewindow.exchange.simulators.records import Records


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("bank", "real_estate"))
    parser.add_argument("--code", help="our code at the product; the kind where left out")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--product-url", required=True)
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--book", type=Path, help="the bank's append-only book; beside the data where left out")
    parser.add_argument("--latency", type=float, default=0.2)
    wanted = parser.parse_args()
    partner = _partner(wanted)
    partner.faults.latency_seconds = wanted.latency
    server = partner.serve(wanted.port)
    print(f"{partner.code} {partner.url}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


def _partner(wanted: argparse.Namespace) -> Partner:
    common = {
        "code": wanted.code or wanted.kind,
        "url": f"http://127.0.0.1:{wanted.port}",
        "product_url": wanted.product_url.rstrip("/"),
        "keys": wanted.keys,
        "records": Records(wanted.data),
    }
    if wanted.kind == "real_estate":
        return RealEstate(**common)
    return Bank(**common, book_path=wanted.book or wanted.data.with_name(f"{common['code']}-book.sqlite3"))


if __name__ == "__main__":
    main()
