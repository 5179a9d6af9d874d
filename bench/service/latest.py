"""Requests a second for the latest report: ours with token check and store, nginx with a file, FastAPI with the bytes."""
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.request

from service import BASIC, ROOT, Service, sample_nodes

PATH = "/api/v1/reports/daily/latest"
WANTED_BYTES = 12_000
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
CONNECTIONS = 32
NGINX = ROOT / "build/tools/nginx/usr/sbin/nginx"
UVICORN = ROOT / "build/tools/bench-venv/bin/uvicorn"

NGINX_CONFIGURATION = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log {access_log}; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; default_type application/json; }}
}}
"""


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def fetch(url, token):
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})) as answer:
        return answer.read()


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


def ask(base, token, process):
    """Loads a server. @return its requests a second, p50 and p99 in ms, and the CPU time that one took it in µs"""
    def load(seconds):
        return subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-H",
                               f"Authorization: Bearer {token}", base + PATH], capture_output=True, text=True,
                              check=True).stdout
    load(1)
    before = cpu_seconds(process)
    text = load(SECONDS)
    used = cpu_seconds(process) - before
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(f"not all went well at {base}:\n{text}")
    requests = int(re.search(r"(\d+) requests in", text)[1])
    return {"rate": float(re.search(r"Requests/sec:\s*([\d.]+)", text)[1]),
            "p50": milliseconds(re.search(r"50%\s+(\S+)", text)[1]),
            "p99": milliseconds(re.search(r"99%\s+(\S+)", text)[1]), "cpu_us": used / requests * 1e6}


def cpu_seconds(process):
    """Of the process and its children that still live."""
    own = sum(int(field) for field in pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[11:13])
    children = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own / os.sysconf("SC_CLK_TCK") + sum(cpu_seconds(int(child)) for child in children)


def wait_for(url, token):
    for _ in range(200):
        try:
            return fetch(url, token)
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nobody answers at {url}")


class Other:
    """Another server, gone at the end."""

    def __init__(self, command, environment=None, folder=None):
        self.process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, cwd=folder,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self.process.pid

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def ask_nginx(folder, body, token, with_log):
    port = free_port()
    served = folder / "www" / PATH.strip("/")
    served.parent.mkdir(parents=True, exist_ok=True)
    served.write_bytes(body)
    for path in (folder, folder / "www", *served.parents):
        if folder in (path, *path.parents):
            path.chmod(0o755)
    configuration = folder / "nginx.conf"
    log = f"{folder}/access.log" if with_log else "off"
    configuration.write_text(NGINX_CONFIGURATION.format(folder=folder, port=port, access_log=log))
    with Other([NGINX, "-p", folder, "-c", configuration, "-e", folder / "error.log"]) as process:
        wait_for(f"http://127.0.0.1:{port}{PATH}", token)
        return ask(f"http://127.0.0.1:{port}", token, process)


def ask_fastapi(folder, body, token):
    port = free_port()
    kept = folder / "body.json"
    kept.write_bytes(body)
    command = [UVICORN, "fastapi_app:app", "--app-dir", ROOT / "bench/service", "--port", str(port), "--log-level",
               "warning", "--no-access-log"]
    with Other(command, {"BENCH_BODY": str(kept), "BENCH_TOKEN": token, "PYTHONDONTWRITEBYTECODE": "1"}) as process:
        wait_for(f"http://127.0.0.1:{port}{PATH}", token)
        return ask(f"http://127.0.0.1:{port}", token, process)


def report_of_size(service, bytes_wanted):
    """Makes reports of some nodes of the sample graph. @return the token of the user whose is nearest to the size"""
    service.run("migrate")
    nodes = sample_nodes()
    users = {f"user-{i}": nodes[i] for i in (100, 300, 600, 900, 1200, 1500) if i < len(nodes)}
    for user, node in users.items():
        service.run("user", "add", user, "--node", node, "--enable")
    service.start()
    service.wait_for(lambda: "ended:" in service.log(), wait=300)
    tokens = {user: service.token(user) for user in users}
    sizes = {user: len(fetch(service.base + PATH, token)) for user, token in tokens.items()}
    return tokens[min(users, key=lambda user: abs(sizes[user] - bytes_wanted))]


def ask_ours(service, token, more):
    port = free_port()
    service.write_env(BASIC.replace("MCP_PORT=0", f"MCP_PORT={port}") + "MCP_RATE_LIMIT_PER_MINUTE=0\n"
                      "DAILY_REPORTS_SCHEDULER_ENABLED=false\n" + more)
    with Other([service.binary, "serve"], folder=service.folder) as process:
        wait_for(f"http://127.0.0.1:{port}{PATH}", token)
        return ask(f"http://127.0.0.1:{port}", token, process)


def measure():
    service = Service()
    try:
        token = report_of_size(service, WANTED_BYTES)
        body = fetch(service.base + PATH, token)
        service.stop()
        rows = {"mcp-api": ask_ours(service, token, "MCP_LOG_LEVEL=warning\n"),
                "mcp-api, a log line each": ask_ours(service, token, "")}
        if NGINX.exists():
            rows["nginx, a file"] = ask_nginx(service.folder, body, token, False)
            rows["nginx, a file, a log line each"] = ask_nginx(service.folder, body, token, True)
        if UVICORN.exists():
            rows["FastAPI and uvicorn, the bytes"] = ask_fastapi(service.folder, body, token)
    finally:
        service.close()
    ours = rows["mcp-api"]
    print(f"latest, {len(body)} bytes, keep-alive, {CONNECTIONS} connections, one thread each; wrk, {SECONDS} s")
    print(f"{'':32}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}{'a core does':>13}{'mcp-api does':>15}")
    for name, row in rows.items():
        print(f"{name:32}{row['rate']:12.0f}{row['p50']:9.2f}{row['p99']:9.2f}{row['cpu_us']:9.1f}{1e6 / row['cpu_us']:13.0f}"
              f"{row['cpu_us'] / ours['cpu_us']:9.2f} times")
    print("(CPU: user and kernel time of the server for one request; what else the machine does counts little in it)\n",
          flush=True)
