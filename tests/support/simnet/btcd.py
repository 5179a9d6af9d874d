"""The chain of the net: btcd on simnet, where blocks are made when asked for."""
import base64
import json
import pathlib
import ssl
import urllib.error
import urllib.request

from simnet.program import Program, SimnetError, wait_until

USER = PASSWORD = "simnet"


def opener(certificate):
    """Trusts this certificate only, and takes no proxy from the environment."""
    context = ssl.create_default_context(cafile=certificate)
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))


class Btcd:
    def __init__(self, programs, folder, port):
        self.folder = pathlib.Path(folder)
        self.address = f"127.0.0.1:{port}"
        self.certificate = self.folder / "rpc.cert"
        self._path = pathlib.Path(programs) / "btcd"
        self.folder.mkdir()
        self.program = Program("btcd", self.folder / "output.log")

    def start(self, mining_address=None):
        settings = self.folder / "btcd.conf"  # it would write one full of comments
        settings.touch()
        self.program.start([
            self._path, "--simnet", "--nolisten", "--nodnsseed", "--txindex", "--minrelaytxfee=0.00001",
            f"--configfile={settings}", f"--datadir={self.folder / 'data'}", f"--logdir={self.folder / 'logs'}",
            f"--rpccert={self.certificate}", f"--rpckey={self.folder / 'rpc.key'}", f"--rpclisten={self.address}",
            f"--rpcuser={USER}", f"--rpcpass={PASSWORD}", "--rpcmaxclients=200", "--rpcmaxwebsockets=100",
            *([f"--miningaddr={mining_address}"] if mining_address else [])], self.folder)
        wait_until("btcd", lambda: self.call("getinfo"), programs=[self.program])

    def call(self, method, *parameters):
        request = urllib.request.Request(
            f"https://{self.address}/",
            json.dumps({"jsonrpc": "1.0", "id": 1, "method": method, "params": parameters}).encode(),
            {"Content-Type": "application/json",
             "Authorization": "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()})
        try:
            with opener(self.certificate).open(request, timeout=120) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            raise SimnetError(f"btcd {method}: {error.code} {error.read().decode(errors='replace')}") from None
        if answer["error"]:
            raise SimnetError(f"btcd {method}: {answer['error']}")
        return answer["result"]
