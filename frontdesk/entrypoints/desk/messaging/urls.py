"""The addresses of the screens about messages."""

from django.urls import path

from frontdesk.entrypoints.desk.messaging import deeds, outbox, patient, policy, templates

WORDS = "messages/templates/<slug:kind>/<slug:channel>/<slug:language>"

urlpatterns = [
    path("messages", outbox.messages, name="messages"),
    path("messages/<int:message_id>", outbox.message, name="message"),
    path("messages/<int:message_id>/reply", deeds.reply, name="message_reply"),
    path("messages/<int:message_id>/<slug:verb>", deeds.deed, name="message_deed"),
    path("messages/templates", templates.index, name="message_templates"),
    path("messages/policy", policy.policy, name="message_policy"),
    path(WORDS, templates.edit, name="message_template"),
    path(f"{WORDS}/preview", templates.preview, name="message_preview"),
    path("patients/<int:patient_id>/messages", patient.tab, name="patient_messages"),
    path("patients/<int:patient_id>/opt/<slug:verb>", patient.opt, name="patient_opt"),
]
