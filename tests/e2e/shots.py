# SPDX-License-Identifier: Apache-2.0
"""Pictures of the real window in its main states, light and dark: shots.py FOLDER [narrow]"""

import glob
import os
import subprocess
import sys

import pyatspi

from carryout import Place, choose_phase, current_step, finish_step
from window import wait_for

FOLDER = sys.argv[1]
NARROW = "narrow" in sys.argv[2:]
SEEDS = os.path.join(os.path.dirname(__file__), "../../../shared/seeds")


FILLING = '''# Restore the orders database

## Execution

### Step 1: Count the orders

```bash
# Count what is there
printf 'status   count\\n'; printf 'open     %s\\n' 7 8; printf 'paid     12\\nsent     40\\n'
```

Expected output:

```text
status count
open 7
open 9
paid 12
closed 3
sent 40
```

### Step 2: Copy the backup

```bash
# Copy the backup to the new server
restore-tool copy --account <account> \\
    --from "backups/<backup-id>/orders.dump" --token <api-token> \\
    --note 'before the window of YYYY-MM-DD'
```
'''


def window_area(window):
    """Where the main window is, without its frame."""
    frame = window.find("Runsheet", "frame")
    box = frame.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return f"{box.width}x{box.height}+{box.x}+{box.y}"


def shoot(window, name):
    """The window with what stands before it, once it has come to rest."""
    suffix = "-narrow" if NARROW else ""
    file = os.path.join(FOLDER, f"{name}{suffix}.png")
    area = window_area(window)
    previous = None

    def rested():
        nonlocal previous
        subprocess.run(["import", "-window", "root", "-crop", area, "+repage", file], check=True)
        with open(file, "rb") as picture:
            current = len(picture.read())
        same = previous is not None and abs(previous - current) < 400  # the clock ticks on
        previous = current
        return same

    wait_for(f"a still picture of {name}", rested)
    print(file)


def start_page(place, theme):
    window = place.window("--theme", theme)
    window.find("Runbooks", "list")
    shoot(window, f"start-{theme}")
    window.close()


def approval(window):
    first = current_step(window)
    window.press("Run: Go to the shop's files")
    window.find("Commands of the runbook")
    shoot(window, "approval")
    window.press(lambda name: name.startswith("Approve "))
    wait_for("the first result", lambda: window.has("exit 0"))
    return first


def filling(place, theme):
    """The form for what a command still needs, and a difference from the expected output."""
    runbook = place.file("restore.md")
    with open(runbook, "w") as file:
        file.write(FILLING)
    with open(place.file("environments.yaml"), "w") as file:
        file.write("environments:\n  staging:\n    variables:\n      ACCOUNT: orders-eu\n")
    window = place.window(runbook, "--theme", theme)
    window.press("Create run")
    window.press("Run: Count what is there")
    if theme == "light":  # the same content was approved by then
        window.press(lambda name: name.startswith("Approve "))
    window.press("Show difference: Count what is there")
    window.find("Difference")
    shoot(window, f"difference-{theme}")
    window.press("Run: Copy the backup to the new server")
    window.type_into("<backup-id>", "nightly $5")
    shoot(window, f"filling-open-{theme}")
    secret = window.find("<api-token>", "password text")  # nobody can read it back
    secret.queryEditableText().setTextContents("t0p-s3cret-token")
    window.type_into("YYYY-MM-DD", "it's today")
    shoot(window, f"filling-{theme}")
    window.kill()


def seeds(place):
    """Runbooks of other teams, opened as they are."""
    files = sorted(glob.glob(os.path.join(SEEDS, "*.txt")))
    if not files:
        print(f"no pictures of other teams' runbooks: there are none in {SEEDS}")
    for number, file in enumerate(files):
        window = place.window(file, "--theme", "dark" if number % 2 else "light")
        window.type_into("Name", "staging")
        shoot(window, f"seed-{number}-new-run")
        window.press("Create run")
        window.find("Steps", "list")
        shoot(window, f"seed-{number}")
        window.kill()


def migrate(place):
    window = place.window("practice", "--theme", "light")
    finish_step(window, approval(window), observed="version 008")
    shoot(window, "first-step-signed")
    while not current_step(window).startswith("Step 3"):
        finish_step(window, current_step(window))
    finish_step(window, current_step(window))
    window.press("Run: Apply part 2: fill in what is missing")
    wait_for("progress", lambda: window.log_text().count("PROGRESS") > 4)
    shoot(window, "window-light")
    window.select_tab("Database")
    shoot(window, "database")
    window.kill()

    window = place.window("practice", "--theme", "dark")
    window.find("Steps", "list")
    if window.has("Stop", "push button"):
        wait_for("progress again", lambda: "PROGRESS" in window.log_text())
    shoot(window, "window-dark")
    wait_for("the end", lambda: not window.has("Stop", "push button"))
    for tab in ("Variables", "Journal"):
        window.select_tab(tab)
        shoot(window, tab.lower())
    return window


def the_rest(place, window):
    choose_phase(window, "Migration fails")
    shoot(window, "rollback")
    window.close()
    start_page(place, "light")
    start_page(place, "dark")


def main():
    place = Place()
    try:
        for theme in ("light", "dark"):
            filling(place, theme)
        seeds(place)
        start_page(place, "light") if NARROW else None
        the_rest(place, migrate(place))
        if not NARROW:
            pdf = place.file("report.pdf")
            place.runsheet("report", "1", "--format", "pdf", "-o", pdf)
            subprocess.run(["pdftoppm", "-png", "-r", "60", "-l", "2", pdf,
                            os.path.join(FOLDER, "report")], check=True)
    finally:
        place.clear()


main()
