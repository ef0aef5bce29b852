"""The template that every new pipeline's first stage sends."""

from __future__ import annotations

from deskhand.base.mail.public import StandardTemplate

#: The button **View the ticket** follows below the text: every mail about a ticket has it.
REQUEST_ACKNOWLEDGMENT = StandardTemplate(
    key="request-acknowledgment",
    name="Request Acknowledgment",
    about="ticket",
    subject="We received your request: {{ ticket.title }} ({{ ticket.number }})",
    body_html=(
        "<p>Hello {{ customer.name }},</p>"
        "<p>thank you for your message. Your request <strong>{{ ticket.title }}</strong> has reached "
        "{{ ticket.team }} and has the number <strong>{{ ticket.number }}</strong>.</p>"
        "<p>You can see how it goes and add to it at any time.</p>"
        "<p>Kind regards<br>{{ company.name }}</p>"
    ),
)
