"""What somebody wrote is parted from what the mail carries along."""

import time

import pytest

from unsolved.sources.mail import own_words

QUOTED = {
    "gmail": (
        "Mine.\n\nOn Mon, 2 Feb 2026 at 09:30, Bo Berg <bo@norden.com>\nwrote:\n\n> Theirs.\n"
    ),
    "gmail in html": ("Mine.\n\nOn Mon, 2 Feb 2026 at 09:30, Bo <b@n.com> wrote:\n\nTheirs.\n"),
    "outlook": (
        "Mine.\n"
        "\n"
        "________________________________\n"
        "From: Bo\n"
        "Sent: Monday\n"
        "To: Ann\n"
        "Subject: X\n"
        "\n"
        "Theirs."
    ),
    "outlook, german": "Mine.\n\nVon: Bo\nGesendet: Montag\nAn: Ann\nBetreff: X\n\nTheirs.",
    "apple, german": (
        "Mine.\n\nAm 02.02.2026 um 09:30 schrieb Bo Berg <bo@norden.com>:\n\n> Theirs."
    ),
    "french": "Mine.\n\nLe 2 févr. 2026 à 09:30, Bo <b@n.com> a écrit :\n> Theirs.",
    "original": "Mine.\n\n-----Original Message-----\nFrom: Bo\n\nTheirs.",
    "original, german": "Mine.\n\n-----Ursprüngliche Nachricht-----\nVon: Bo\n\nTheirs.",
    "forwarded by gmail": "Mine.\n\n------- Forwarded message -------\nFrom: Bo\n\nTheirs.",
    "forwarded by apple": "Mine.\n\nBegin forwarded message:\n\nFrom: Bo\n\nTheirs.",
    "notes": (
        "Mine.\n"
        "\n"
        "---------------------- Forwarded by Bo Berg/HOU on 02/02/2000 09:30 \n"
        "AM ------\n"
        "\n"
        "Theirs."
    ),
    "notes, answer": (
        "Mine.\n"
        "\n"
        "\tBo Berg@NORDEN\n"
        "\t02/02/2000 09:30 AM\n"
        "\t\t \n"
        "\t\t To: Ann Lee, Cy\n"
        "Orr/X\n"
        "\t\t cc: \n"
        "\t\t Subject: X\n"
        "\n"
        "Theirs."
    ),
    "notes, from outside": (
        "Mine.\n"
        "\n"
        '"Bo Berg" <bo@norden.com> on 02/02/2000 09:30:00 AM\n'
        "Please respond to <bo@norden.com>\n"
        "To: Ann\n"
        "cc: \n"
        "\n"
        "Subject: X\n"
        "\n"
        "Theirs."
    ),
    "notes, letterhead": (
        "Mine.\n"
        "\n"
        "   \n"
        "\tNorden Services\n"
        "\t\n"
        "\tFrom:  Bo Berg      02/02/2000 09:30 AM\n"
        "\t\n"
        "\n"
        "To: Ann\n"
        "cc: \n"
        "Subject: X\n"
        "\n"
        "Theirs."
    ),
    "delimiter": "Mine.\n\n-- \nBo Berg\nHead of Theirs",
    "sign-off": "Mine.\n\nBest regards,\nBo Theirs",
    "sign-off, german": "Mine.\n\nMit freundlichen Grüßen\nBo Theirs",
    "phone": "Mine.\n\nSent from my iPhone",
    "disclaimer": (
        "Mine.\n\nThis e-mail and any attachment are confidential and intended for Theirs only."
    ),
    "quoted first": "On Monday 2 Feb 2026, Bo wrote:\n> Theirs.\n\nMine.",
    "between": "> Theirs 1.\n\nMine.\n\n> Theirs 2.",
}


@pytest.mark.parametrize("text", QUOTED.values(), ids=QUOTED.keys())
def test_only_the_writers_own_words_are_kept(text: str):
    assert own_words(text) == "Mine."


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, but the second try failed as well.\nWe are back to paper, in all four plants.",
        "To: decide by Friday\nDate: to be found",
        "On the whole it failed.\nHe wrote: never again.",
        "- first we tried\n- then we failed",
        "Best, said Bo, would be to wait.\nWe did not.\n" + "It went on.\n" * 20,
        "What we tried\n--------------------------------\nA portal.",
    ],
)
def test_what_only_looks_like_a_quotation_is_kept(text: str):
    assert own_words(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "On a wrote: b\n" * 3_000,
        ("On " + "a " * 100 + "\n wrote: x\n") * 2_000,
        ("Am " + "schrieb " * 25 + "\n") * 3_000,
        "> " * 100_000,
        "\n" * 200_000,
        "From: \n" * 5_000,
        ("Sent from my " + "a " * 50 + "\n") * 3_000,
        "a" * 3_000_000,
        "this message " * 50_000,
    ],
    ids=range(9),
)
def test_no_text_makes_it_slow(text: str):
    began = time.monotonic()

    own_words(text)

    assert time.monotonic() - began < 8
