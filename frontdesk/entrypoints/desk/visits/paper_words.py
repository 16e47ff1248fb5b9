"""What a patient takes home, in English and in Spanish: plain words, days and times as each language writes them."""

from datetime import date, datetime

from frontdesk.entrypoints.desk.templating import wall_time

LANGUAGES = ("en", "es")
DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre")  # fmt: skip

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Your visit",
        "for": "For",
        "today": "You were here",
        "with": "with",
        "next": "Your next appointments",
        "none": "You have no appointment booked.",
        "where": "Where",
        "phone": "Telephone",
        "prepare": "How to prepare",
        "soon": "Still to be booked",
        "due": "around",
        "we_call": "We will call you when it is time to book. You can call us too.",
        "good_to_know": "Good to know",
        "bring": "Bring a photo ID, your insurance card and a list of the medicines you take.",
        "early": "Please come 10 minutes before your time.",
        "cannot_come": "If you cannot come, call us as soon as you know. Somebody else may be waiting for the time.",
        "interpreter": "If you would like an interpreter, tell us. It costs you nothing.",
        "emergency": "In an emergency call 911.",
        "call": "Questions? Call us:",
        "notes": "Notes",
    },
    "es": {
        "title": "Su visita",
        "for": "Para",
        "today": "Su visita de hoy",
        "with": "con",
        "next": "Sus próximas citas",
        "none": "No tiene ninguna cita programada.",
        "where": "Dónde",
        "phone": "Teléfono",
        "prepare": "Cómo prepararse",
        "soon": "Por programar",
        "due": "alrededor del",
        "we_call": "Le llamaremos cuando sea el momento de programarla. También puede llamarnos usted.",
        "good_to_know": "Es bueno saber",
        "bring": "Traiga una identificación con foto, su tarjeta del seguro y una lista de sus medicinas.",
        "early": "Por favor llegue 10 minutos antes de su hora.",
        "cannot_come": "Si no puede venir, llámenos en cuanto lo sepa. Otra persona puede estar esperando esa hora.",
        "interpreter": "Si desea un intérprete, díganos. No le cuesta nada.",
        "emergency": "En una emergencia llame al 911.",
        "call": "¿Preguntas? Llámenos:",
        "notes": "Notas",
    },
}


def long_day(day: date, language: str) -> str:
    """Write Tuesday, March 10, 2026; martes, 10 de marzo de 2026."""
    if language == "es":
        return f"{DAYS[day.weekday()]}, {day.day} de {MONTHS[day.month - 1]} de {day.year}"
    return f"{day:%A, %B} {day.day}, {day.year}"


def clock_time(wall: datetime, language: str) -> str:
    """Write 9:10 am; 9:10 a. m."""
    written = wall_time(wall)
    return written.replace("am", "a. m.").replace("pm", "p. m.") if language == "es" else written


def day_and_time(wall: datetime, language: str) -> str:
    """Write a day with its time, joined as the language does."""
    joint = " a la " if wall.hour in {1, 13} else " a las "
    between = joint if language == "es" else " at "
    return f"{long_day(wall.date(), language)}{between}{clock_time(wall, language)}"
