"""One Lightning node of the net: lnd, with its REST, its lncli and its macaroons."""
import hashlib
import json
import pathlib
import subprocess
import urllib.error
import urllib.request

from simnet.btcd import PASSWORD, USER, opener
from simnet.program import Program, SimnetError, wait_until


class Lnd:
    def __init__(self, programs, folder, ports, chain, alias):
        """@param ports of RPC, REST and peers"""
        self.folder = pathlib.Path(folder)
        self.alias = alias
        self.rpc, self.rest, self.peer_address = (f"127.0.0.1:{port}" for port in ports)
        self.url = f"https://{self.rest}"
        self.certificate = self.folder / "tls.cert"
        kept = self.folder / "data/chain/bitcoin/simnet"
        self.admin, self.readonly = kept / "admin.macaroon", kept / "readonly.macaroon"
        self.pubkey = None
        self._programs = pathlib.Path(programs)
        self._chain = chain
        self.folder.mkdir()
        self.program = Program(self.folder.name, self.folder / "output.log")

    def start(self, locked=False, chain_address=None):
        """@param locked wait for a password, as an operator's node does @param chain_address of another chain server"""
        color = hashlib.sha256(self.alias.encode()).hexdigest()[:6]
        self.program.start([
            self._programs / "lnd", f"--lnddir={self.folder}", *([] if locked else ["--noseedbackup"]),
            "--bitcoin.simnet", "--bitcoin.node=btcd", f"--btcd.rpchost={chain_address or self._chain.address}",
            f"--btcd.rpcuser={USER}", f"--btcd.rpcpass={PASSWORD}", f"--btcd.rpccert={self._chain.certificate}",
            f"--rpclisten={self.rpc}", f"--restlisten={self.rest}", f"--listen={self.peer_address}",
            f"--externalip={self.peer_address}", f"--alias={self.alias}", f"--color=#{color}", "--nobootstrap",
            # the certificate names 127.0.0.1 and localhost only, not this machine
            "--tlsdisableautofill",
            # gossip takes seconds, not minutes
            "--trickledelay=100", "--gossip.sub-batch-delay=100ms", "--gossip.max-channel-update-burst=100",
            "--bitcoin.defaultchanconfs=1", "--maxpendingchannels=10", "--debuglevel=info"], self.folder)

    def state(self):
        return self.ask("GET", "/v1/state", macaroon=None)["state"]

    def wait_for(self, *states):
        wait_until(f"{self.folder.name} in state {' or '.join(states)}", lambda: self.state() in states,
                   programs=[self.program])

    def wait_active(self):
        self.wait_for("SERVER_ACTIVE")
        wait_until(f"{self.admin}", self.admin.exists)
        self.pubkey = self.ask("GET", "/v1/getinfo")["identity_pubkey"]

    def restart(self):
        self.program.stop()
        self.start()
        self.wait_active()

    def get(self, path, macaroon="admin"):
        """@param macaroon a file; None: none is sent @return the answer as it came"""
        return self._send("GET", path, None, macaroon)

    def ask(self, method, path, body=None, macaroon="admin"):
        return json.loads(self._send(method, path, body, macaroon))

    def send(self, path, body):
        """@return the whole answer of a call that streams"""
        return self._send("POST", path, body, "admin")

    def open_stream(self, path, body, method="POST"):
        """@return the answer of a call that streams, still open"""
        return self._open(method, path, body, "admin")

    def _send(self, method, path, body, macaroon):
        try:
            with self._open(method, path, body, macaroon) as response:
                return response.read()
        except urllib.error.HTTPError as error:
            text = error.read().decode(errors="replace")
            raise SimnetError(f"{self.folder.name} {method} {path}: {error.code} {text}") from None

    def _open(self, method, path, body, macaroon):
        headers = {"Content-Type": "application/json"}
        if macaroon is not None:
            file = self.admin if macaroon == "admin" else pathlib.Path(macaroon)
            headers["Grpc-Metadata-macaroon"] = file.read_bytes().hex()
        request = urllib.request.Request(self.url + path, None if body is None else json.dumps(body).encode(),
                                         headers, method=method)
        return opener(self.certificate).open(request, timeout=60)

    def lncli(self, *words):
        """@return what lncli prints: LND's own account, by gRPC, beside REST"""
        run = subprocess.run(
            [self._programs / "lncli", "--network=simnet", f"--lnddir={self.folder}", f"--rpcserver={self.rpc}",
             f"--tlscertpath={self.certificate}", f"--macaroonpath={self.admin}", *words],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
            env={"HOME": str(self.folder), "PATH": "/usr/bin:/bin"})
        if run.returncode:
            raise SimnetError(f"{self.folder.name}: lncli {words[0]}: {run.stderr.strip() or run.stdout.strip()}")
        return run.stdout

    def bake(self, name, *rights):
        """@param rights as `lncli bakemacaroon` takes them, caveats too @return the file of the new macaroon"""
        path = self.folder / f"{name}.macaroon"
        self.lncli("bakemacaroon", f"--save_to={path}", *rights)
        return path
