"""Runs a command on a pseudo-terminal of the given size and writes what it wrote there, escapes and all, to stdout."""

import fcntl
import os
import pty
import struct
import sys
import termios

columns, rows, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    # The first thing the child does, so that it never sees another size.
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))
    os.execvp(command[0], command)
while True:
    try:
        chunk = os.read(terminal, 65536)
    except OSError:  # Linux says so when the last writer is gone.
        break
    if not chunk:
        break
    sys.stdout.buffer.write(chunk)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
