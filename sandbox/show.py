"""Shows live sources at work: `python3 -m sandbox.show PROGRAM` starts the sandbox, has the program check its sources and
report on the operator's LND, breaks mempool.space, and shows what the report says then. Everything in it is simulated."""
import os
import pathlib
import subprocess
import sys
import tempfile

from sandbox.sandbox import Sandbox


def keys(sandbox, folder):
    """The configuration keys that point the program to it."""
    document = sandbox.document()
    rune = folder / "rune"
    rune.write_text(document["rune"] + "\n")
    return {"MCP_LND_REST_URL": document["lnd"], "MCP_LND_MACAROON_FILE": document["macaroons"]["uri"],
            "MCP_LND_TLS_CERT_FILE": document["certificates"]["lnd"], "MCP_CLN_REST_URL": document["cln"],
            "MCP_CLN_RUNE_FILE": str(rune), "MCP_CLN_CA_FILE": document["certificates"]["cln"],
            "MCP_RGS_URL": document["rgs"], "MCP_MEMPOOL_URL": document["servers"]["mempool"],
            "MCP_AMBOSS_URL": document["amboss"]}


def show(program, sandbox, folder):
    environment = {**os.environ, **keys(sandbox, folder), "XDG_CACHE_HOME": str(folder)}
    node = sandbox.document()["nodes"]["lnd"]

    def call(*arguments, said):
        print(f"\n# {said}\n$ mcp-api {' '.join(arguments)}", flush=True)
        subprocess.run([program, *arguments], env=environment, check=False)

    print("A small Lightning world on loopback plays LND, Core Lightning, Rapid Gossip Sync, mempool.space and Amboss.\n"
          "Every figure below is of that world, none of the real network.")
    call("check", "sources", said="every source answers")
    call("report", "--node", node, said="a report that stands on them")
    sandbox.set_faults({"lnd": "locked", "mempool": "html"})
    environment["XDG_CACHE_HOME"] = str(folder / "other")
    call("check", "sources", said="LND's wallet is locked now, and mempool.space answers with a web page")
    call("report", "--node", node, said="the report is made all the same, from the next source, and names what is missing")


def main(program):
    with tempfile.TemporaryDirectory(prefix="mcp-api-sandbox-") as home, Sandbox() as sandbox:
        show(program, sandbox, pathlib.Path(home))


if __name__ == "__main__":
    main(sys.argv[1])
