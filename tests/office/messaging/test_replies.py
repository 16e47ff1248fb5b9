"""What a reply is taken for, and the one text that answers it."""

from itertools import product

import pytest

from frontdesk.office.messaging.rules import HELP, OTHER, START, STOP, answer_to, meaning_of, segments

SEVEN = ("stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe")
SPANISH = ("alto", "parar", "cancelar", "basta", "pare", "terminar", "salir")
AS_WRITTEN = (
    str.upper,
    str.title,
    lambda word: f"{word}.",
    lambda word: f" {word}!!! ",
    lambda word: f"“{word}”",
    lambda word: f"¡{word}!",
    lambda word: f"*_{word}_*",
    lambda word: f"Please {word}",
    lambda word: f"{word}, thanks",
    lambda word: f"\n{word}\N{THUMBS DOWN SIGN}",
)


@pytest.mark.parametrize(("word", "written"), list(product((*SEVEN, *SPANISH), AS_WRITTEN)))
def test_each_word_is_a_stop_in_any_case_and_punctuation(word, written):
    assert meaning_of(written(word))[0] == STOP


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("opt-out", "en"),
        ("OPTOUT", "en"),
        ("Opt out of texts", "en"),
        ("S.T.O.P", "en"),
        ("ＳＴＯＰ", "en"),  # as some keyboards write it
        ("stop texting me", "en"),
        ("StopAll", "en"),
        ("STOP\x00", "en"),
        ("basta de mensajes", "es"),
        ("¡Alto, por favor!", "es"),
        ("Cancelár", "es"),
    ],
)
def test_so_is_what_means_the_same(said, language):
    assert meaning_of(said) == (STOP, language)


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "C",
        "9:30",
        "",
        "\N{THUMBS UP SIGN}",
        "I will be there",
        "Can I stop by at noon on Friday?",
        "cancel my appointment",
        "quiero cancelar mi cita",
        "I need help finding it",
        "start",
        "help",
    ],
)
def test_nothing_else_is_a_stop(said):
    assert meaning_of(said)[0] != STOP


@pytest.mark.parametrize(
    ("said", "meaning", "language"),
    [
        ("START", START, "en"),
        ("unstop!", START, "en"),
        ("Iniciar", START, "es"),
        ("Help?", HELP, "en"),
        ("INFO", HELP, "en"),
        ("¿Ayuda?", HELP, "es"),
        ("yes", OTHER, ""),
        ("start at nine then", OTHER, ""),
    ],
)
def test_start_and_help_are_words_of_their_own(said, meaning, language):
    assert meaning_of(said) == (meaning, language)


@pytest.mark.parametrize(("meaning", "language"), list(product((STOP, START, HELP, OTHER), ("en", "es"))))
def test_an_answer_says_who_writes_and_is_one_text(meaning, language):
    answer = answer_to(meaning, language, "Elm Street Family Medicine of Somerville", "+16175550100")
    assert answer.startswith("Elm Street Family Medicine of Somerville: ")
    assert ("(617) 555-0100" in answer) == (meaning in (HELP, OTHER))
    assert segments(answer) == 1


def test_without_a_telephone_nobody_is_told_to_call():
    assert answer_to(HELP, "en", "Elm Street", "") == (
        "Elm Street: texts about your appointments and payments. Reply STOP to end them."
    )
