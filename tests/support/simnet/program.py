"""A program of the net: its output in a file, ended by its id, and never outliving the test that started it."""
import http.client
import signal
import subprocess
import time

LINES_OF_A_LOG = 15


class SimnetError(Exception):
    """The net is not as it should be; says what was awaited and what was there instead."""


def wait_until(what, probe, seconds=60, programs=(), every=0.1):
    """Asks `probe` until it gives a true value. @param programs all must go on running meanwhile @return that value"""
    end, last = time.monotonic() + seconds, None
    while True:
        try:
            last = probe()
            if last:
                return last
        except (OSError, http.client.HTTPException, SimnetError) as trouble:
            last = trouble
        for program in programs:
            program.must_run()
        if time.monotonic() > end:
            raise SimnetError(f"waited {seconds} s in vain for {what}; last: {last}")
        time.sleep(every)


class Program:
    def __init__(self, name, log):
        self.name = name
        self.log = log
        self._process = None

    def start(self, argv, folder):
        # The kernel kills it when the test is gone, however that ended. Its home is its folder: no user's settings.
        argv = ["setpriv", "--pdeathsig", "KILL", "--", *map(str, argv)]
        with open(self.log, "ab") as out:
            self._process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                             env={"HOME": str(folder), "PATH": "/usr/bin:/bin"}, cwd=folder)

    def is_running(self):
        return self._process is not None and self._process.poll() is None

    def must_run(self):
        if self._process is not None and self._process.poll() is not None:
            end = "\n".join(self.log.read_text(errors="replace").splitlines()[-LINES_OF_A_LOG:])
            raise SimnetError(f"{self.name} ended by itself, status {self._process.returncode}; it said:\n{end}")

    def signal(self, number):
        self._process.send_signal(number)

    def stop(self, seconds=60):
        """Ends it in good order, or by force when that takes too long."""
        if self.is_running():
            self._process.terminate()
            try:
                self._process.wait(seconds)
            except subprocess.TimeoutExpired:
                pass
        self.kill()

    def kill(self):
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._process = None
