# SPDX-License-Identifier: Apache-2.0
"""A journal that cannot be read: the window says so, and the bundled runbooks are there all the same."""

import os

from carryout import carried_out


def main(place):
    os.makedirs(place.file("data"))
    with open(place.file("data/journal.sqlite"), "w") as file:
        file.write("this is no database\n" * 500)
    window = place.window()
    window.find(lambda name: name.startswith("New run: "), "push button")
    window.find("The journal cannot be read, so its runs are not listed here.", "label")
    window.find("Dismiss", "push button")  # of the error
    window.close()


carried_out(main)
