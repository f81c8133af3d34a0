# SPDX-License-Identifier: Apache-2.0
"""A migration that is stopped and taken back, on the real window."""

from carryout import (carried_out, check_names, current_step, finish_step, is_all_signed, sign, state_of)
from window import wait_for

MIGRATION = "Apply part 2: fill in what is missing"


def main(place):
    window = place.window("practice")
    first = current_step(window)
    window.press("Run: Go to the shop's files")
    window.press(lambda name: name.startswith("Approve "))
    wait_for("the first command's result", lambda: window.has(lambda name: "exit 0" in name))
    check_names(window)
    finish_step(window, first)
    while not current_step(window).startswith("Step 4"):
        finish_step(window, current_step(window))

    # Stop in the middle: an interrupt to the command's group.
    window.press(f"Run: {MIGRATION}")
    wait_for("progress in the log", lambda: "PROGRESS" in window.log_text())
    window.press("Stop")
    window.press("Interrupt command")
    wait_for("the end of the command", lambda: not window.has("Stop", "push button"))
    assert place.psql("select count(*) from notifications") != "0"

    # The scenario's commands run only once it is declared.
    window.trigger("Roll back")
    window.type_into("Reason", "stopped half-way, for practice")
    window.press("Declare rollback")
    while not is_all_signed(window):
        finish_step(window, current_step(window))
    assert place.psql("select to_regclass('notifications') is null") == "t"
    window.trigger("Complete run")
    window.press("Complete run")
    wait_for("the end of the run", lambda: window.has(lambda name: "rolled back" in name.lower()))
    window.close()

    # The start page has the run, by the names people rely on.
    window = place.window()
    window.find("Runbooks", "list")
    window.find("Runs")
    window.close()

    report = state_of(place)
    assert report["run"]["status"] == "rolled back", report["run"]
    assert any(event["type"] == "rollback.declared" for event in report["events"])
    place.runsheet("verify", "1")


carried_out(main)
