# SPDX-License-Identifier: Apache-2.0
"""The main job on the real window: practice, sign, back up, migrate, be killed, go on, report, verify."""

import json
import os

from carryout import (carried_out, current_step, finish_step, is_all_signed, sign, state_of)
from window import wait_for

MIGRATION = "Apply part 2: fill in what is missing"  # runs for half a minute


def main(place):
    window = place.window("practice")
    window.find("Phases", "list")
    window.find("Steps", "list")

    # Nothing runs before the exact text was shown and approved, once.
    first = current_step(window)
    window.press("Run: Go to the shop's files")
    text = window.text_of(window.find("Commands of the runbook"))
    assert "pg_dump -Fc" in text and "3_finish.sql" in text
    window.press(lambda name: name.startswith("Approve "))
    wait_for("the first command's result", lambda: window.has(lambda name: "exit 0" in name))
    finish_step(window, first, observed="version 008")

    # Everything up to the backfill, as the runbook says.
    while not current_step(window).startswith("Step 4"):
        finish_step(window, current_step(window))
    assert place.psql("select to_regclass('notifications') is not null") == "t"

    # Kill the window in the middle of the migration; the migration goes on.
    window.press(f"Run: {MIGRATION}")
    window.find("Stop", "push button")
    wait_for("progress in the log", lambda: "PROGRESS" in window.log_text())
    wait_for("the chart's figures", lambda: "p99" in window.value_of("Query durations"))
    window.kill()
    before = int(place.psql("select count(*) from notifications"))
    wait_for("the migration to go on without a window",
             lambda: int(place.psql("select count(*) from notifications")) > before)

    window = place.window("practice")
    assert current_step(window).startswith("Step 4"), current_step(window)
    window.find("Stop", "push button")  # found again, still running
    wait_for("the whole log again", lambda: "PROGRESS" in window.log_text())
    wait_for("its true end", lambda: window.has(lambda name: "exit 0" in name) and not window.has("Stop", "push button"))
    sign(window, current_step(window), observed="backfilled")

    # What was signed before the kill is there.
    report = state_of(place)
    signed = [event for event in report["events"] if event["type"] == "step.signed"]
    assert signed[0]["body"]["observed"] == "version 008", signed[0]

    # To the end.
    while not is_all_signed(window):
        finish_step(window, current_step(window))
    window.trigger("Complete run")
    window.press("Complete run")
    wait_for("the end of the run", lambda: window.has(lambda name: "completed" in name.lower()))

    # Export from the window, verify on the command line.
    file = place.file("report.html")
    window.trigger("Export report")
    window.type_into(lambda name: name.startswith("File name"), file)
    window.press(lambda name: name.replace("&", "") == "Save")
    wait_for("the report", lambda: os.path.exists(file))
    assert "INCOMPLETE" not in open(file).read()
    window.close()

    verdict = json.loads(place.runsheet("verify", "1", "--json"))
    assert verdict["holds"] is True, verdict
    place.runsheet("report", "1", "--format", "json", "-o", place.file("report.json"))
    place.runsheet("verify", place.file("report.json"))
    runs = json.loads(place.runsheet("runs", "--json"))
    assert [run["status"] for run in runs] == ["completed"], runs


carried_out(main)
