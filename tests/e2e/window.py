# SPDX-License-Identifier: Apache-2.0
"""Drives the real window by accessible name, as a screen reader would."""

import os
import signal
import subprocess
import time

import pyatspi

TIMEOUT = 60  # seconds; generous, because machines are shared


class NotFound(AssertionError):
    pass


def wait_for(what, condition, timeout=TIMEOUT):
    """Asks until the condition answers something true; its answer is returned."""
    deadline = time.monotonic() + timeout
    problem = None
    while time.monotonic() < deadline:
        try:
            answer = condition()
            if answer:
                return answer
        except Exception as error:  # the tree changes under our hands
            problem = error
        time.sleep(0.05)
    raise NotFound(f"{what}: not within {timeout} s{f' ({problem})' if problem else ''}")


def walk(node, depth=0):
    yield node
    if depth > 40:
        return
    try:
        count = node.childCount
    except Exception:
        return
    for index in range(min(count, 400)):
        try:
            child = node.getChildAtIndex(index)
        except Exception:
            continue
        if child is not None:
            yield from walk(child, depth + 1)


def role_of(node):
    """The role's name; newer versions of the accessibility bus call a push button a button."""
    name = node.getRoleName()
    return "push button" if name == "button" else name


def is_showing(node):
    return node.getState().contains(pyatspi.STATE_SHOWING)


class Window:
    """One process of the program and its accessible tree."""

    def __init__(self, *arguments, environment=None, log=None):
        build = os.environ["RUNSHEET_BUILD"]
        self.log = open(log or os.devnull, "ab")
        self.process = subprocess.Popen(
            [f"{build}/app/runsheet/runsheet", *arguments],
            env={**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                 **(environment or {})},
            stdout=self.log, stderr=self.log)
        self.app = wait_for("the program on the accessibility bus", self._find_app)
        wait_for("the window", lambda: any(n.name == "Runsheet" for n in self.app))

    def _find_app(self):
        if self.process.poll() is not None:
            raise SystemExit(f"runsheet ended with {self.process.returncode}")
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and app.get_process_id() == self.process.pid:
                return app
        return None

    # Finding

    def nodes(self, name, role=None, showing=True):
        for node in walk(self.app):
            try:
                if name(node.name) and (role is None or role_of(node) == role) and (
                        not showing or is_showing(node)):
                    yield node
            except Exception:
                continue

    def find(self, name, role=None, timeout=TIMEOUT, showing=True):
        match = name if callable(name) else lambda text: text == name
        return wait_for(f"“{name}” ({role or 'any role'})",
                        lambda: next(self.nodes(match, role, showing), None), timeout)

    def has(self, name, role=None, showing=True):
        match = name if callable(name) else lambda text: text == name
        return next(self.nodes(match, role, showing), None) is not None

    # Acting

    def press(self, name, role="push button", timeout=TIMEOUT):
        def enabled():
            node = self.find(name, role, timeout=2)
            return node if node.getState().contains(pyatspi.STATE_ENABLED) else None
        node = wait_for(f"“{name}” enabled", enabled, timeout)
        node.queryAction().doAction(0)

    def trigger(self, action):
        """A menu action, by name."""
        node = self.find(action, "menu item", showing=False)
        node.queryAction().doAction(0)

    @staticmethod
    def click(node):
        """A real mouse click in the middle of what is shown of the node."""
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        subprocess.run(["xdotool", "mousemove", str(box.x + box.width // 2),
                        str(box.y + box.height // 2), "click", "1"], check=True)

    @staticmethod
    def keys(*names):
        subprocess.run(["xdotool", "key", *names], check=True)

    def select_tab(self, name):
        self.find(name, "page tab").queryAction().doAction(0)

    def type_into(self, name, text, role="text"):
        field = self.find(name, role)
        field.queryEditableText().setTextContents(text)
        wait_for(f"“{name}” holds the text", lambda: self.text_of(field) == text)

    @staticmethod
    def text_of(node):
        text = node.queryText()
        return text.getText(0, text.characterCount)

    def log_text(self):
        return self.text_of(self.find("Command log"))

    def value_of(self, name):
        node = self.find(name)
        return f"{node.name} {node.description}"

    # Ending

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
