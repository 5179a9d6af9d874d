"""bench/service/main.py REAL_GRAPH: the service as it ships, beside others and under a run of 10,000 users.

Loopback only; every program that it starts is stopped by its process id. The figures of one run are to be compared with
each other only: each is printed with what it is held against."""
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/e2e"))
os.environ.setdefault("MCP_TEST_PROGRAM", str(ROOT / "build/release/mcp-api"))

import daily_run  # noqa: E402  (both need the path above)
import latest  # noqa: E402



def cpu():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else 'unknown'}, {len(names)} cores, load {os.getloadavg()[0]:.1f} at the start"


def main():
    print(f"CPU {cpu()}\n", flush=True)
    which = sys.argv[2:] or ["latest", "run"]
    if "latest" in which:
        latest.measure()
    if "run" in which:
        daily_run.measure(pathlib.Path(sys.argv[1]))
    print("The store alone: ./dev bench store")


if __name__ == "__main__":
    main()
