"""A daily run of 10,000 users, public view, no fresh what-ifs: how long, how much memory, where the time goes."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request

from service import BASIC, ROOT, Service, small_graph

USERS = 10_000
FEW = 1_000
PREPARE = ROOT / "build/release/bench/bench_service"
ADMIN = "/api/v1/admin"


def call(service, token, path, body=None):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(service.base + path, data, headers)) as answer:
        return json.loads(answer.read())


def memory_mb(process, what):
    return int(re.search(rf"{what}:\s+(\d+) kB", pathlib.Path(f"/proc/{process}/status").read_text())[1]) / 1024


def cpu_seconds(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


class Profile:
    """Samples of one process while it works; nothing where perf is missing or not allowed."""

    def __init__(self, process, file):
        self.file = file
        self.recorder = None
        if shutil.which("perf"):
            self.recorder = subprocess.Popen(["perf", "record", "-q", "-F", "199", "-p", str(process), "-o", file],
                                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end(self):
        """@return lines: share, thing, function"""
        if not self.recorder:
            return []
        self.recorder.terminate()
        self.recorder.wait(timeout=30)
        said = subprocess.run(["perf", "report", "-i", self.file, "--stdio", "--no-children", "--sort", "dso,symbol",
                               "--percent-limit", "1"], capture_output=True, text=True, check=False).stdout
        lines = [line.split("  -")[0].strip()[:110] for line in said.splitlines() if re.match(r"\s+\d", line)]
        return lines[:12]


def run(service, admin, wanted, label):
    """Triggers a run and waits for its end. @return (reports, seconds after the graph's facts)"""
    task = call(service, admin, f"{ADMIN}/reports/daily/trigger", wanted)["task_id"]
    end = time.monotonic() + 1800
    while call(service, admin, f"{ADMIN}/tasks/{task}")["task"]["state"] not in ("completed", "failed"):
        if time.monotonic() > end:
            raise SystemExit(f"the {label} run took longer than half an hour")
        time.sleep(0.5)
    said = re.search(rf"{task} ended: (\d+) completed, (\d+) failed, ([\d.]+) s", service.log())
    completed, failed, seconds = said.groups()
    if failed != "0":
        raise SystemExit(f"{failed} reports of the {label} run failed:\n{service.log()[-2000:]}")
    return int(completed), float(seconds)


def measure_on(graph, name):
    service = Service(BASIC + f"MCP_GRAPH_FILE={graph}\nMCP_RATE_LIMIT_PER_MINUTE=0\n"
                      "DAILY_REPORTS_SCHEDULER_ENABLED=false\n")
    try:
        made = subprocess.run([PREPARE, service.folder, graph, str(USERS)], capture_output=True, text=True, check=True)
        service.start()
        process = service.process.pid
        admin = service.token("op", "--admin")
        begun = time.monotonic()
        run(service, admin, {"user_ids": ["user-00000"]}, "first")
        facts = time.monotonic() - begun
        few_users = {"user_ids": [f"user-{i:05}" for i in range(FEW)]}
        few, few_seconds = run(service, admin, few_users, "small")
        after_few = memory_mb(process, "VmHWM")
        first, first_seconds = run(service, admin, {}, "first whole")
        used = cpu_seconds(process)
        profile = Profile(process, service.folder / "perf.data")
        reports, seconds = run(service, admin, {}, "second whole")
        used = cpu_seconds(process) - used
        lines = profile.end()
        print(f"a run of {made.stdout.strip()} users on {name}; the graph's facts and the first report took {facts:.1f} s")
        print(f"  the first {FEW}:  {few_seconds:7.1f} s, {few / few_seconds:7.0f} reports/s; at most {after_few:.0f} MB")
        print(f"  all, first:     {first_seconds:7.1f} s, {first / first_seconds:7.0f} reports/s")
        print(f"  all, again:     {seconds:7.1f} s, {reports / seconds:7.0f} reports/s; at most "
              f"{memory_mb(process, 'VmHWM'):.0f} MB, now {memory_mb(process, 'VmRSS'):.0f} MB; "
              f"{used / reports * 1e3:.2f} ms of CPU a report, {used / seconds:.2f} cores busy")
        print(f"  aim: 120 s and 1200 MB; {120 / seconds:.2f} times as fast as that")
        for line in lines:
            print(f"    {line}")
        print(flush=True)
    finally:
        service.close()


def measure(real_graph):
    with tempfile.TemporaryDirectory(prefix="mcp-bench-") as folder:
        made_up = pathlib.Path(folder) / "graph.json"
        small_graph(made_up, USERS)
        measure_on(made_up, "a made-up graph of 10,000 nodes with 6 channels each")
    if real_graph.exists():
        measure_on(real_graph.resolve(), real_graph.name)
