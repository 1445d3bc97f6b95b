"""Keeps one Jupyter kernel alive and does what single lines of JSON on stdin ask for; answers each with one line on stdout."""

import json
import sys
import time
from queue import Empty

from jupyter_client import KernelManager

DEADLINE = 240
# For so many seconds after a cell that failed tslab aborts what it is sent; of a flood of such cells it may not announce the end.
ABORTING = 0.2


class Driver:
    def __init__(self, kernel_name, folder):
        # A port that Jupyter has found free may be another's when the kernel binds it.
        for others in (2, 1, 0):
            try:
                return self.begin(kernel_name, folder)
            except RuntimeError:
                if others == 0 or self.manager.is_alive():
                    raise

    def begin(self, kernel_name, folder):
        self.manager = KernelManager(kernel_name=kernel_name)
        # A kernel that shared our stdout would make it one that takes only part of a long answer: Node's pipes do not block.
        self.manager.start_kernel(cwd=folder, stdout=sys.stderr.fileno())
        self.client = self.manager.client()
        self.client.start_channels()
        self.wait_for_ready()

    def wait_for_ready(self):
        # The heartbeat of a kernel that has only just begun is reported as its death.
        deadline = time.monotonic() + DEADLINE
        while True:
            try:
                return self.client.wait_for_ready(timeout=DEADLINE)
            except RuntimeError:
                if time.monotonic() > deadline or not self.manager.is_alive():
                    raise

    def start(self, code):
        self.message = self.client.execute(code)
        self.outputs, self.messages, self.idle, self.status = [], 0, False, None

    def finish(self, seconds=DEADLINE):
        self.collect(lambda: (self.idle and self.reply()) or self.reply(0) == "abort", "the cell ended", seconds)
        if self.status == "abort":
            time.sleep(ABORTING)
        return {"outputs": self.outputs, "messages": self.messages, "status": self.status}

    def wait_for_output(self, text):
        self.collect(lambda: text in json.dumps(self.outputs, ensure_ascii=False), f"an output held {text!r}")

    def reply(self, timeout=DEADLINE):
        while self.status is None:
            try:
                reply = self.client.get_shell_msg(timeout=timeout)
            except Empty:
                break
            if reply["parent_header"].get("msg_id") == self.message:
                self.status = reply["content"]["status"]
        return self.status

    def collect(self, is_done, what, seconds=DEADLINE):
        deadline = time.monotonic() + seconds
        while not is_done():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{seconds} s have passed and not yet {what}: {self.outputs}")
            if not self.manager.is_alive():
                raise RuntimeError("the kernel died")
            try:
                self.take(self.client.get_iopub_msg(timeout=1))
            except Empty:
                pass

    def take(self, message):
        kind, content = message["msg_type"], message["content"]
        if kind == "update_display_data":
            self.messages += 1
            for output in self.outputs:
                if output.get("displayId") == content["transient"]["display_id"]:
                    output["data"] = content["data"]
                    return
            self.outputs.append({"type": kind, "data": content["data"], "displayId": content["transient"]["display_id"]})
        if message["parent_header"].get("msg_id") != self.message:
            return
        if kind == "status":
            self.idle = content["execution_state"] == "idle"
        elif kind == "stream":
            last = self.outputs[-1] if self.outputs else {}
            if last.get("name") == content["name"]:
                last["text"] += content["text"]
            else:
                self.outputs.append({"type": kind, "name": content["name"], "text": content["text"]})
        elif kind in ("display_data", "execute_result"):
            self.messages += 1
            display_id = content.get("transient", {}).get("display_id")
            self.outputs.append({"type": kind, "data": content["data"], "displayId": display_id})
        elif kind == "error":
            self.outputs.append({"type": kind, "name": content["ename"], "text": content["evalue"]})

    def interrupt(self):
        self.manager.interrupt_kernel()

    def restart(self, seconds):
        self.manager.shutdown_wait_time = seconds
        process = self.manager.provisioner.process
        self.manager.restart_kernel()
        self.wait_for_ready()
        return process.returncode

    def kill(self):
        process = self.manager.provisioner.process
        process.kill()
        return process.wait()

    def shutdown(self, seconds):
        self.manager.shutdown_wait_time = seconds
        process = self.manager.provisioner.process
        self.client.stop_channels()
        self.manager.shutdown_kernel()
        return process.returncode


def main():
    driver = Driver(sys.argv[1], sys.argv[2])
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = {"result": getattr(driver, command["do"])(*command["with"])}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
    driver.manager.shutdown_kernel(now=True)


main()
