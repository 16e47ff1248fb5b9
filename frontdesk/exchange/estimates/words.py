"""What a Good Faith Estimate says in each language: all that 45 CFR 149.610(c)(1) asks for, in plain words."""

from datetime import date

_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre")  # fmt: skip

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Good Faith Estimate",
        "sub": "of what your care is expected to cost",
        "no": "No. {number}, version {version}, {day}",
        "patient": "Patient",
        "born": "Born {day}",
        "from": "From",
        "for": "For",
        "scheduled": "Scheduled",
        "not_scheduled": "Not scheduled yet",
        "diagnoses": "Diagnosis codes",
        "no_diagnoses": "None is known yet",
        "total": "Total expected charges",
        "who": "Expected charges of {name}",
        "ids": "NPI {npi}   ·   Tax ID {tin}",
        "unknown": "not given",
        "unanswered": "Asked for their charges; they have not answered yet. Ask them for an estimate of their own.",
        "service": "Service",
        "code": "Code",
        "units": "Number",
        "charge": "Expected charge",
        "sum": "Together",
        "apart": "Scheduled apart from this",
        # Directly above the list: 149.610(c)(1)(vi).
        "apart_first": (
            "These will have to be scheduled separately, before or after this care. You get an estimate of their own for "
            "each when it is scheduled, or when you ask for it at the number above; codes, charges and who provides them stand there."
        ),
        "read": "Please read this",
        "more": (
            "There may be other items or services. We may recommend some as part of your care that have to be scheduled or "
            "requested separately, and that are not in this estimate."
        ),
        "only": (
            "This is only an estimate. It shows what we reasonably expect to do, and to charge, as of the day it was written. "
            "What is done and what is charged may differ, for example when something unexpected is found."
        ),
        "dispute": (
            "If you are billed $400 or more above this estimate. You may start the patient-provider dispute resolution process if a "
            "provider or facility bills you at least $400 more than what stands here for them. Call us first if you like: we can "
            "correct the bill, or speak about it. You must start within 120 calendar days of the date on the bill; there is a fee "
            "of $25. How to start it: www.cms.gov/nosurprises/consumers, or call 1-800-985-3059. Starting it will not adversely "
            "affect the quality of the care you get from us."
        ),
        "contract": (
            "This is not a contract. It does not oblige you to get any item or service from any provider or facility named here. "
            "Keep this paper, or a picture of it: you may need it if you are billed a higher amount."
        ),
        "page": "Page {n} of {nb}",
        "foot": "{practice}   ·   {phone}",
    },
    "es": {
        "title": "Estimación de buena fe",
        "sub": "de lo que se espera que cueste su atención",
        "no": "N.º {number}, versión {version}, {day}",
        "patient": "Paciente",
        "born": "Fecha de nacimiento: {day}",
        "from": "De parte de",
        "for": "Para",
        "scheduled": "Programado para",
        "not_scheduled": "Todavía sin programar",
        "diagnoses": "Códigos de diagnóstico",
        "no_diagnoses": "Todavía no se conoce ninguno",
        "total": "Total de los cargos previstos",
        "who": "Cargos previstos de {name}",
        "ids": "NPI {npi}   ·   Identificación fiscal {tin}",
        "unknown": "no indicado",
        "unanswered": "Se le preguntaron sus cargos y todavía no ha respondido. Pídale una estimación propia.",
        "service": "Servicio",
        "code": "Código",
        "units": "Cantidad",
        "charge": "Cargo previsto",
        "sum": "En conjunto",
        "apart": "Se programa por separado",
        "apart_first": (
            "Lo siguiente tendrá que programarse por separado, antes o después de esta atención. Recibirá una estimación propia de "
            "cada cosa cuando se programe, o cuando la pida al número indicado arriba; allí constan los códigos, los cargos y quién los presta."
        ),
        "read": "Lea esto, por favor",
        "more": (
            "Puede haber otros artículos o servicios. Es posible que le recomendemos, como parte de su atención, algunos que deban "
            "programarse o solicitarse por separado y que no figuran en esta estimación."
        ),
        "only": (
            "Esto es solo una estimación. Muestra lo que razonablemente esperamos hacer y cobrar a la fecha en que se escribió. Lo que "
            "se haga y lo que se cobre puede ser distinto, por ejemplo si se encuentra algo inesperado."
        ),
        "dispute": (
            "Si le facturan $400 o más por encima de esta estimación. Puede iniciar el proceso de resolución de disputas entre pacientes "
            "y proveedores si un proveedor o centro le factura al menos $400 más de lo que aquí consta para él. Si lo desea, llámenos "
            "antes: podemos corregir la factura o hablar de ella. Debe iniciarlo dentro de los 120 días calendario desde la fecha de la "
            "factura; tiene un costo de $25. Cómo iniciarlo: www.cms.gov/nosurprises/consumers, o llame al 1-800-985-3059. Iniciarlo no "
            "afectará de manera negativa la calidad de la atención que recibe de nosotros."
        ),
        "contract": (
            "Esto no es un contrato. No le obliga a recibir ningún artículo o servicio de los proveedores o centros aquí nombrados. "
            "Guarde este papel, o una foto de él: puede necesitarlo si le facturan una cantidad mayor."
        ),
        "page": "Página {n} de {nb}",
        "foot": "{practice}   ·   {phone}",
    },
}
READ = ("more", "only", "dispute", "contract")


def day(on: date, language: str) -> str:
    """Write a day in words: "Tuesday, March 10, 2026"."""
    if language == "es":
        return f"{_DAYS[on.weekday()]}, {on.day} de {_MONTHS[on.month - 1]} de {on.year}"
    return f"{on:%A, %B} {on.day}, {on.year}"


def tax_number(digits: str, language: str) -> str:
    """Write a tax number as it is read: 12-3456789."""
    return f"{digits[:2]}-{digits[2:]}" if digits else WORDS[language]["unknown"]


def telephone(number: str) -> str:
    """Write a US number as it is read: (617) 555-0134."""
    bare = number.removeprefix("+1")
    return f"({bare[:3]}) {bare[3:6]}-{bare[6:]}" if len(bare) == 10 and bare.isdigit() else number
