"""What a reply by text asks for, in English or Spanish however it is written, and what is answered to it."""

import re
import unicodedata

from frontdesk.office.messaging.rules.wording import spoken_phone

STOP, START, HELP, OTHER = "stop", "start", "help", "other"
# The seven words of 47 CFR 64.1200(a)(10) and their kin; "cancel" alone is one of them, whatever was meant by it.
_WORDS = {
    "en": {
        STOP: {"stop", "stopall", "quit", "end", "revoke", "optout", "cancel", "unsubscribe"},
        START: {"start", "unstop"},
        HELP: {"help", "info"},
    },
    "es": {
        STOP: {"alto", "parar", "pare", "basta", "cancelar", "terminar", "salir"},
        START: {"iniciar", "reanudar"},
        HELP: {"ayuda"},
    },
}
# Politeness around a word changes nothing of it.
_POLITE = frozenset({"please", "pls", "now", "thanks", "thank", "you", "por", "favor", "gracias", "ya"})
# In a few words that begin with one of these there is no doubt: "stop texting me", "basta de mensajes".
_FIRST = {"stop": "en", "unsubscribe": "en", "quit": "en", "optout": "en", "alto": "es", "basta": "es"}
_FEW = 4
# Plain letters only: one beyond the alphabet of texts would make two of one.
_ANSWERS = {
    "en": {
        STOP: "{clinic}: no more texts will come to this number. Reply START to have them again.",
        START: "{clinic}: the texts you had agreed to come again. Reply STOP to end them.",
        HELP: "{clinic}: texts about your appointments and payments.{call} Reply STOP to end them.",
        OTHER: "{clinic}: nobody reads replies to this number.{call}",
        "call": " Call {phone}.",
    },
    "es": {
        STOP: "{clinic}: ya no le enviaremos mensajes. Responda START para recibirlos de nuevo.",
        START: "{clinic}: volvemos a enviarle los mensajes de antes. Responda STOP para terminar.",
        HELP: "{clinic}: mensajes sobre sus citas y pagos.{call} Responda STOP para terminar.",
        OTHER: "{clinic}: nadie lee estas respuestas.{call}",
        "call": " Llame al {phone}.",
    },
}


def meaning_of(said: str) -> tuple[str, str]:
    """Return what a reply asks for (`STOP`, `START`, `HELP`, `OTHER`) and the language of the word, "" when none is."""
    words = _words(said)
    plain = [word for word in words if word not in _POLITE]
    for language, meanings in _WORDS.items():
        for meaning, known in meanings.items():
            if "".join(words) in known or "".join(plain) in known:
                return meaning, language
    first = "optout" if words[:2] == ["opt", "out"] else words[0] if words else ""
    if first in _FIRST and len(plain) <= _FEW:
        return STOP, _FIRST[first]
    return OTHER, ""


def answer_to(meaning: str, language: str, clinic: str, phone: str) -> str:
    """Return the one text that answers a reply: who writes, and the number to call."""
    words = _ANSWERS[language]
    call = words["call"].format(phone=spoken_phone(phone)) if phone else ""
    return words[meaning].format(clinic=clinic, call=call)


def _words(said: str) -> list[str]:
    """Return the words of a reply in small letters, without accents, punctuation and pictures."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", said.lower()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).split()
