"""The fixed words of form CMS-R-131, as CMS publishes them; the practice fills the blanks and may change nothing else.

English after the form of CMS. The Spanish form (CMS-R-131-SP) is to be laid beside these words before it is first used.
"""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "a": "A. Notifier:",
        "b": "B. Patient Name:",
        "c": "C. Identification Number:",
        "title": "Advance Beneficiary Notice of Non-coverage (ABN)",
        "note": "NOTE: If Medicare doesn’t pay for the items or services in D. below, you may have to pay.",
        "first": (
            "Medicare does not pay for everything, even some care that you or your health care provider have good reason to "
            "think you need. We expect Medicare may not pay for the items or services in D. below."
        ),
        "d": "D. Items or services",
        "e": "E. Reason Medicare May Not Pay:",
        "f": "F. Estimated Cost",
        "now": "WHAT YOU NEED TO DO NOW:",
        "now_1": "Read this notice, so you can make an informed decision about your care.",
        "now_2": "Ask us any questions that you may have after you finish reading.",
        "now_3": "Choose an option below about whether to receive the items or services in D. listed above.",
        "now_note": (
            "Note: If you choose Option 1 or 2, we may help you to use any other insurance that you might have, but Medicare "
            "cannot require us to do this."
        ),
        "g": "G. OPTIONS: Check only one box. We cannot choose a box for you.",
        "option_1": (
            "OPTION 1.  I want the items or services in D. listed above. You may ask to be paid now, but I also want Medicare billed for an official "
            "decision on payment, which is sent to me on a Medicare Summary Notice (MSN). I understand that if Medicare doesn’t "
            "pay, I am responsible for payment, but I can appeal to Medicare by following the directions on the MSN. If Medicare "
            "does pay, you will refund any payments I made to you, less co-pays or deductibles."
        ),
        "option_2": (
            "OPTION 2.  I want the items or services in D. listed above, but do not bill Medicare. You may ask to be paid now as I am responsible for "
            "payment. I cannot appeal if Medicare is not billed."
        ),
        "option_3": (
            "OPTION 3.  I don’t want the items or services in D. listed above. I understand with this choice I am not responsible for payment, and I "
            "cannot appeal to see if Medicare would pay."
        ),
        "h": "H. Additional Information:",
        "opinion": (
            "This notice gives our opinion, not an official Medicare decision. If you have other questions on this notice or "
            "Medicare billing, call 1-800-MEDICARE (1-800-633-4227/TTY: 1-877-486-2048)."
        ),
        "signing": "Signing below means that you have received and understand this notice. You also receive a copy.",
        "i": "I. Signature:",
        "j": "J. Date:",
        "accessible": (
            "CMS does not discriminate in its programs and activities. To request this publication in an alternative format, "
            "please call: 1-800-MEDICARE or email: AltFormatRequest@cms.hhs.gov."
        ),
        "paperwork": (
            "According to the Paperwork Reduction Act of 1995, no persons are required to respond to a collection of information "
            "unless it displays a valid OMB control number. The valid OMB control number for this information collection is "
            "0938-0566. The time required to complete this information collection is estimated to average 7 minutes per response, "
            "including the time to review instructions, search existing data resources, gather the data needed, and complete and "
            "review the information collection. If you have comments concerning the accuracy of the time estimate or suggestions "
            "for improving this form, please write to: CMS, 7500 Security Boulevard, Attn: PRA Reports Clearance Officer, "
            "Baltimore, Maryland 21244-1850."
        ),
        "form": "Form CMS-R-131 (Exp. {expires})",
        "approved": "Form Approved OMB No. 0938-0566",
    },
    "es": {
        "a": "A. Notificante:",
        "b": "B. Nombre del paciente:",
        "c": "C. Número de identificación:",
        "title": "Aviso anticipado de no cobertura al beneficiario (ABN)",
        "note": "NOTA: Si Medicare no paga los artículos o servicios de D. a continuación, es posible que usted tenga que pagarlos.",
        "first": (
            "Medicare no paga todo, ni siquiera ciertos cuidados que usted o su proveedor de atención médica tienen buenas razones "
            "para creer que usted necesita. Prevemos que Medicare podría no pagar los artículos o servicios de D. a continuación."
        ),
        "d": "D. Artículos o servicios",
        "e": "E. Razón por la que Medicare podría no pagar:",
        "f": "F. Costo estimado",
        "now": "LO QUE USTED DEBE HACER AHORA:",
        "now_1": "Lea este aviso, para que pueda tomar una decisión informada sobre su atención.",
        "now_2": "Háganos cualquier pregunta que tenga después de terminar de leer.",
        "now_3": "Elija abajo una opción sobre si desea recibir los artículos o servicios de D. indicados arriba.",
        "now_note": (
            "Nota: Si elige la Opción 1 o 2, podemos ayudarle a usar cualquier otro seguro que pueda tener, pero Medicare no puede "
            "exigirnos que lo hagamos."
        ),
        "g": "G. OPCIONES: Marque solo una casilla. No podemos elegir una casilla por usted.",
        "option_1": (
            "OPCIÓN 1.  Deseo los artículos o servicios de D. indicados arriba. Usted puede pedir que se le pague ahora, pero también deseo que se "
            "facture a Medicare para obtener una decisión oficial sobre el pago, que se me enviará en un Resumen de Medicare (MSN). "
            "Entiendo que si Medicare no paga, soy responsable del pago, pero puedo apelar ante Medicare siguiendo las indicaciones "
            "del MSN. Si Medicare paga, usted me reembolsará los pagos que yo haya hecho, menos los copagos o deducibles."
        ),
        "option_2": (
            "OPCIÓN 2.  Deseo los artículos o servicios de D. indicados arriba, pero no facture a Medicare. Usted puede pedir que se le pague ahora, "
            "ya que soy responsable del pago. No puedo apelar si no se factura a Medicare."
        ),
        "option_3": (
            "OPCIÓN 3.  No deseo los artículos o servicios de D. indicados arriba. Entiendo que con esta elección no soy responsable del pago y no "
            "puedo apelar para ver si Medicare pagaría."
        ),
        "h": "H. Información adicional:",
        "opinion": (
            "Este aviso da nuestra opinión, no una decisión oficial de Medicare. Si tiene otras preguntas sobre este aviso o sobre la "
            "facturación a Medicare, llame al 1-800-MEDICARE (1-800-633-4227/TTY: 1-877-486-2048)."
        ),
        "signing": "Su firma abajo significa que usted ha recibido y entiende este aviso. También recibe una copia.",
        "i": "I. Firma:",
        "j": "J. Fecha:",
        "accessible": (
            "CMS no discrimina en sus programas y actividades. Para solicitar esta publicación en un formato alternativo, llame al "
            "1-800-MEDICARE o escriba a AltFormatRequest@cms.hhs.gov."
        ),
        "paperwork": (
            "De acuerdo con la Ley de Reducción de Trámites de 1995, nadie está obligado a responder a una recopilación de información "
            "a menos que muestre un número de control OMB válido. El número de control OMB válido para esta recopilación es 0938-0566. "
            "El tiempo necesario para completarla se estima en un promedio de 7 minutos por respuesta, incluido el tiempo para revisar "
            "las instrucciones, buscar los datos existentes, reunir los datos necesarios y completar y revisar la recopilación. Si "
            "tiene comentarios sobre la exactitud del tiempo estimado o sugerencias para mejorar este formulario, escriba a: CMS, 7500 "
            "Security Boulevard, Attn: PRA Reports Clearance Officer, Baltimore, Maryland 21244-1850."
        ),
        "form": "Formulario CMS-R-131-SP (Vence {expires})",
        "approved": "Formulario aprobado OMB No. 0938-0566",
    },
}
