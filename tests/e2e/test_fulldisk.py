# SPDX-License-Identifier: Apache-2.0
"""A full disk loses nothing: a sign-off is refused in words and made once there is room, and the end
of a command is recorded by itself then."""

import os
import subprocess

from carryout import carried_out, sign
from window import wait_for

RUNBOOK = """# Small

## Execution

- [ ] Look at the server
- [ ] Add the column
- [ ] Wait for the flag

  ```bash
  # Wait
  read -r < FLAG
  ```
"""


def fill(file):
    with open(file, "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 4096)
        except OSError:
            pass


def main(place):
    data = place.file("data")
    os.mkdir(data)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", data],
                             capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        print(f"SKIPPED: a small disk cannot be mounted here: {mounted.stderr.strip()}")
        return
    try:
        carry_out(place, data)
    finally:
        subprocess.run(["umount", "--lazy", data], check=True)


def carry_out(place, data):
    os.mkfifo(place.file("flag"))
    with open(place.file("small.md"), "w") as file:
        file.write(RUNBOOK.replace("FLAG", place.file("flag")))
    window = place.window(place.file("small.md"))
    window.type_into("Name", "laptop")
    window.press("Create run")
    sign(window, "Look at the server")
    fill(f"{data}/filler")
    window.type_into("Observed value", "212 rows")
    window.press("Sign off: Add the column")
    window.find(lambda name: "0 B free on its disk. Make room there" in name, "label")
    field = window.find("Observed value", "text")
    wait_for("what was typed", lambda: window.text_of(field) == "212 rows")
    os.remove(f"{data}/filler")
    sign(window, "Add the column")
    end_on_a_full_disk(place, window, data)
    sign(window, "Wait for the flag")
    window.kill()
    assert "is intact" in place.runsheet("verify", "1")


def end_on_a_full_disk(place, window, data):
    window.press("Run: Wait")
    window.press(lambda name: name.startswith("Approve "))
    window.find("Stop", "push button")
    fill(f"{data}/filler")
    window.find(lambda name: "what it prints now is not kept" in name, "label")
    with open(place.file("flag"), "w") as flag:
        flag.write("go on\n")
    window.find(lambda name: "known but not recorded yet" in name, "label")
    os.remove(f"{data}/filler")
    window.find(lambda name: name == "exit 0", "label")
    assert not any("not recorded yet" in node.name
                   for node in window.nodes(lambda name: True, "label"))


carried_out(main)
