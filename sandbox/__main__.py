"""python3 -m sandbox: makes a world, serves it on loopback, and says where; until SIGTERM or Ctrl-C."""
import argparse
import datetime
import json
import os
import signal
import sys

from sandbox.sandbox import Sandbox
from sandbox.world.world import PAYMENTS_A_DAY


def _options():
    parser = argparse.ArgumentParser(prog="python3 -m sandbox", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same world")
    parser.add_argument("--nodes", type=int, default=60)
    parser.add_argument("--days", type=int, default=10, help="UTC days that the world has behind it")
    parser.add_argument("--payments", type=float, default=PAYMENTS_A_DAY,
                        help="a day and node; fewer make a world of hundreds of nodes in seconds")
    parser.add_argument("--until", help="when it goes live, such as 2026-11-25T06:00:00Z; else now")
    parser.add_argument("--factor", type=float, default=0, help="how fast its time goes on; 0: only by request")
    parser.add_argument("--dir", help="folder for certificates and macaroons; else a temporary one")
    parser.add_argument("--faults", type=json.loads, default={}, help='such as {"mempool": "hang"}')
    parser.add_argument("--print-json", action="store_true", help="one line of JSON instead of a page for people")
    return parser.parse_args()


def _page(document):
    nodes, servers = document["nodes"], ("mempool", "amboss", "rgs", "lnd", "cln", "control")
    lines = [f"{name:9} {document[name]}" for name in servers]
    lines += [f"{'macaroon':9} {document['macaroons']['monitor']}", f"{'rune':9} {document['rune']}"]
    lines += [f"{name + ' node':9} {nodes[name]}" for name in ("lnd", "cln")]
    return "\n".join(lines)


def main():
    options = _options()
    until = options.until and datetime.datetime.fromisoformat(options.until.replace("Z", "+00:00")).timestamp()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        sandbox = Sandbox(options.seed, options.nodes, options.days, until, options.factor, options.dir, options.faults,
                          options.payments)
    except ValueError as wrong:
        print(f"sandbox: {wrong}", file=sys.stderr)
        return 2
    with sandbox:
        document = {**sandbox.document(), "process": os.getpid()}
        print(json.dumps(document) if options.print_json else _page(document), flush=True)
        while True:
            signal.pause()


if __name__ == "__main__":
    sys.exit(main())
