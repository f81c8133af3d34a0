# SPDX-License-Identifier: Apache-2.0
"""Carrying out a run in the window: what a release engineer does, item by item."""

import json
import os
import shutil
import subprocess
import tempfile

from window import Window, wait_for, walk


class Place:
    """Folders of one test, short enough for a socket's path, and the practice server in them."""

    def __init__(self):
        self.root = tempfile.mkdtemp(prefix="rs-e2e-", dir="/tmp")
        os.chmod(self.root, 0o711)
        os.environ["RUNSHEET_DATA"] = f"{self.root}/data"
        os.environ["RUNSHEET_PRACTICE"] = f"{self.root}/practice"
        os.environ["XDG_CONFIG_HOME"] = f"{self.root}/config"
        os.environ["HOME"] = self.root
        with open(self.file(".gitconfig"), "w") as config:
            config.write("[user]\n\tname = Rosa\n")

    def file(self, name):
        return f"{self.root}/{name}"

    def runsheet(self, *arguments, expect=0):
        build = os.environ["RUNSHEET_BUILD"]
        done = subprocess.run([f"{build}/app/runsheet/runsheet", *arguments], text=True,
                              capture_output=True, timeout=120)
        assert done.returncode == expect, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def psql(self, sql):
        """One value from the practice database."""
        told = self.runsheet("practice", "--no-window")
        command = next(line.split() for line in told.splitlines() if line.strip().startswith("psql "))
        done = subprocess.run([*command, "-XAtc", sql], text=True, capture_output=True, check=True)
        return done.stdout.strip()

    def window(self, *arguments):
        return Window(*arguments, log=self.file("window.log"))

    def clear(self):
        self.runsheet("practice", "--stop")
        shutil.rmtree(self.root)


def carried_out(body):
    """Runs a test with a place of its own; keeps the folder when the test fails."""
    place = Place()
    try:
        body(place)
    except BaseException:
        print(f"Kept for a look: {place.root}")
        subprocess.run(["import", "-window", "root", place.file("screen.png")], check=False)
        for name in ("window.log",):
            if os.path.exists(place.file(name)):
                print(open(place.file(name), errors="replace").read()[-4000:])
        place.runsheet("practice", "--stop")
        raise
    place.clear()
    print("1 passed, 0 failed")


def choose_phase(window, text):
    window.click(window.find(lambda name: text in name, "list item"))


def sign_off_button(window):
    """Of the current step: only its card shows the fields."""
    return window.find(lambda name: name.startswith("Sign off: "), "push button")


def current_step(window):
    """Title of the step to sign next; goes on to the next phase where this one is done."""
    def next_one():
        for node in window.nodes(lambda name: name.startswith(("Sign off: ", "Go on: ")), "push button"):
            if node.name.startswith("Sign off: "):
                return node.name.removeprefix("Sign off: ")
            node.queryAction().doAction(0)
            return None
        return None
    return wait_for("a step to sign", next_one)


def is_all_signed(window):
    return not window.has(lambda name: name.startswith(("Sign off: ", "Go on: ")), "push button")


def card_of(button):
    """The nearest ancestor that holds more than the sign-off form: the step's card."""
    node = button
    while node.parent is not None and node.parent.getRoleName() != "list":
        node = node.parent
    return node


def commands_of(window):
    """Names of the current step's Run buttons, in order."""
    return [node.name for node in walk(card_of(sign_off_button(window)))
            if node.name.startswith("Run: ")]


def results_of(window):
    """How many commands of the current step ended with exit 0."""
    return sum(node.name == "exit 0" for node in walk(card_of(sign_off_button(window))))


def confirm(window):
    """Types the word where the runbook asks for a second look."""
    if window.has("Type “run”", "text"):
        window.type_into("Type “run”", "run")
        window.press("Run")


def finish_step(window, title, observed=""):
    """Runs what was not run yet, each to its end, and signs."""
    for done, name in enumerate(commands_of(window), start=1):
        def succeeded(done=done):
            confirm(window)
            return results_of(window) >= done
        if results_of(window) < done:
            window.press(name)
            wait_for(f"“{name}” to succeed", succeeded)
    sign(window, title, observed)


def sign(window, title, observed=""):
    window.find(f"Sign off: {title}", "push button")
    if observed:
        window.type_into("Observed value", observed)
    window.press(f"Sign off: {title}")
    wait_for(f"“{title}” saved", lambda: not window.has(f"Sign off: {title}", "push button"))


def state_of(place, run="1"):
    """The run as its journal has it, through the exported JSON."""
    return json.loads(place.runsheet("report", run, "--format", "json", "-o", "-"))


def check_names(window):
    """The accessible names of the run page that screen readers and these tests rely on."""
    for name, role in [("Phases", "list"), ("Steps", "list"), ("Observed value", "text"), ("Note", "text"),
                       ("Signed by", "text"), ("Log", "page tab"), ("Database", "page tab"),
                       ("Variables", "page tab"), ("Journal", "page tab"), ("Command log", None),
                       ("Query durations", None)]:
        window.find(name, role)
    for action in ("Roll back", "Export report", "Find in log"):
        window.find(action, "menu item", showing=False)
