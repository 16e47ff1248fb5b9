"""The words of receipts and plans in English and Spanish. Nothing on them says why somebody came."""

WORDS = {
    "en": {
        "receipt": "Receipt", "for": "Patient", "from": "Received from", "at": "Date and time", "by": "Taken by",
        "what": "Paid for", "amount": "Amount", "how": "Paid with", "total": "Total paid", "change": "Change",
        "given": "Cash handed over", "visit": "visit of {day}", "owed": "Still owed on the account",
        "credit": "Credit on the account", "as_of": "right after this payment", "thanks": "Thank you.",
        "questions": "Questions: {phone}", "name_on": "name on it: {name}",
        "authorization": "authorization {code}", "page": "Page {} of {{nb}}",
        "plan": "Payment plan", "with": "Agreed with", "agreed": "Agreed on", "in_all": "To be paid in all", "parts": "Payments",
        "due": "Due on", "number": "No.", "every_month": "every month", "every_two_weeks": "every two weeks",
        "autopay": "Charged to", "sign": "Signature of the patient", "sign_day": "Date",
        "plan_words": "I agree to pay the amounts below on the days below. No interest and no fee is added. "
        "If I cannot pay on a day, I will call the practice before it: {phone}.",
    },
    "es": {
        "receipt": "Recibo", "for": "Paciente", "from": "Recibido de", "at": "Fecha y hora", "by": "Cobrado por",
        "what": "Concepto", "amount": "Importe", "how": "Forma de pago", "total": "Total pagado", "change": "Cambio",
        "given": "Efectivo entregado", "visit": "consulta del {day}", "owed": "Saldo pendiente en la cuenta",
        "credit": "Saldo a favor en la cuenta", "as_of": "después de este pago", "thanks": "Gracias.",
        "questions": "Preguntas: {phone}", "name_on": "a nombre de: {name}",
        "authorization": "autorización {code}", "page": "Página {} de {{nb}}",
        "plan": "Plan de pagos", "with": "Acordado con", "agreed": "Acordado el", "in_all": "Total por pagar", "parts": "Pagos",
        "due": "Vence el", "number": "N.º", "every_month": "cada mes", "every_two_weeks": "cada dos semanas",
        "autopay": "Se cobra a", "sign": "Firma del paciente", "sign_day": "Fecha",
        "plan_words": "Me comprometo a pagar los importes de abajo en las fechas de abajo. No se añaden intereses ni "
        "cargos. Si no puedo pagar en una fecha, llamaré antes al consultorio: {phone}.",
    },
}  # fmt: skip
PURPOSES = {
    "en": {
        "copay": "Copay", "deductible": "Deductible", "share": "Coinsurance", "self_pay": "Visit, self-pay",
        "balance": "Earlier balance", "prepay": "Prepayment", "plan": "Payment plan", "fee": "Fee",
    },
    "es": {
        "copay": "Copago", "deductible": "Deducible", "share": "Coseguro", "self_pay": "Consulta, pago propio",
        "balance": "Saldo anterior", "prepay": "Pago anticipado", "plan": "Plan de pagos", "fee": "Cargo",
    },
}  # fmt: skip
MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
          "noviembre", "diciembre")  # fmt: skip
