"""Runs a command on a pseudo-terminal, types what it is told to, shows what was shown and ends as the command does."""

import fcntl
import json
import os
import pty
import struct
import sys
import termios

columns, typed, *command = sys.argv[1:]
waiting = json.loads(typed)
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, int(columns), 0, 0))
    os.execvp(command[0], command)
shown = b""
while True:
    try:
        chunk = os.read(terminal, 65536)
    except OSError:  # Linux says so when the last writer is gone.
        break
    if not chunk:
        break
    shown += chunk
    sys.stdout.buffer.write(chunk)
    while waiting and waiting[0]["after"].encode() in shown:
        os.write(terminal, waiting.pop(0)["text"].encode())
        shown = b""
status = os.waitpid(pid, 0)[1]
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(status) % 256)
