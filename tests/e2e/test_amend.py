# SPDX-License-Identifier: Apache-2.0
"""A runbook that changes on disk while its run goes on, and its reference, on the real window."""

from carryout import carried_out, sign, state_of
from window import wait_for

RUNBOOK = """# Team

## Execution

- [ ] Look at the server
- [ ] Add the column

## Contacts

- **DBA**: +49 89 123456
"""


def write(place, text):
    with open(place.file("team.md"), "w") as file:
        file.write(text)


def begin(place):
    write(place, RUNBOOK)
    window = place.window(place.file("team.md"))
    window.type_into("Name", "laptop")
    window.press("Create run")
    sign(window, "Look at the server")
    sign(window, "Add the column")
    return window


def amend(place, window):
    write(place, RUNBOOK.replace("Add the column", "Add two columns"))
    window.find("The file has changed since this run began", "label")
    window.press("Show difference")
    lines = window.text_of(window.find("Difference", "text")).splitlines()
    assert any(line.startswith("−") and "Add the column" in line for line in lines), lines
    assert any(line.startswith("+") and "Add two columns" in line for line in lines), lines
    window.press("Close")
    window.press("Amend the run")
    window.type_into("Reason", "one column was not enough")
    window.press("Amend run")
    wait_for("the new step", lambda: window.has("Sign off: Add two columns", "push button"))


def main(place):
    window = begin(place)
    amend(place, window)
    window.trigger("Find in reference")
    window.press("Copy: +49 89 123456")
    window.find("Copied: +49 89 123456", "label")
    window.kill()

    # The next start goes by the amended runbook, and the file is no news to it.
    window = place.window()
    window.press("Resume: Team")
    window.find("Sign off: Add two columns", "push button")
    assert not window.has("The file has changed since this run began", "label")
    window.close()

    report = state_of(place)
    assert any(event["type"] == "runbook.amended" for event in report["events"])
    assert [(step["title"], step["status"]) for step in report["phases"][0]["steps"]] == [
        ("Look at the server", "signed"), ("Add two columns", "open")], report["phases"]
    assert any("one column was not enough" in deviation["reason"] for deviation in report["deviations"])
    place.runsheet("verify", "1")


carried_out(main)
