from __future__ import annotations

import pytest

from deskhand.base.mail.models import MailTemplate
from deskhand.base.mail.places import STANDARD_TEMPLATES, TEMPLATE_KINDS
from deskhand.base.mail.services.templates import (
    NameTaken,
    TemplateIsStandard,
    TemplateText,
    UnknownPlaceholder,
    delete_template,
    rendered,
    save_template,
    standard_template,
)
from deskhand.base.mail.testing import make_template

pytestmark = pytest.mark.django_db


def typed(**fields: str) -> TemplateText:
    return TemplateText(**{"name": "Thanks", "about": "ticket", "subject": "Thanks", "body": "Thanks"} | fields)


def test_placeholders_are_filled_in_and_escaped_in_html_only():
    template = make_template(
        subject="Re: {{ticket.title}}", body_html="<p>{{ ticket.title }}, {{  customer.name }}</p>"
    )

    subject, body = rendered(template, {"ticket.title": "Dark <b>\n& cold", "customer.name": "{{ ticket.url }}"})

    assert subject == "Re: Dark <b> & cold"
    assert body == "<p>Dark &lt;b&gt;\n&amp; cold, {{ ticket.url }}</p>"


def test_a_placeholder_without_value_is_left_out():
    assert rendered(make_template(subject="For {{ ticket.assignee }}"), {}) == ("For", "<p>Hello</p>")


@pytest.mark.parametrize("field", ["subject", "body"])
def test_an_unknown_placeholder_is_refused_by_name(field):
    with pytest.raises(UnknownPlaceholder) as refused:
        save_template(typed(**{field: "Hello {{ ticket.colour }}"}))

    assert "{{ ticket.colour }}" in str(refused.value)
    assert "ticket.title" in str(refused.value)
    assert refused.value.field == field
    assert not MailTemplate.objects.filter(name="Thanks").exists()


def test_html_is_cleaned_and_plain_text_becomes_paragraphs():
    html = save_template(typed(body='<p onclick="x()">Hi <a href="{{ ticket.url }}">there</a></p>'))
    plain = save_template(typed(name="Plain", body="One & two.\n\nThree."))

    assert "onclick" not in html.body_html
    assert 'href="{{ ticket.url }}"' in html.body_html
    assert plain.body_html == "<p>One &amp; two.</p><p>Three.</p>"


def test_a_template_is_reworded_in_place():
    template = make_template()

    save_template(typed(name="Better", subject="New"), pk=template.pk)

    template.refresh_from_db()
    assert (template.name, template.subject) == ("Better", "New")


def test_two_templates_of_one_name_are_refused():
    make_template(name="Thanks")

    with pytest.raises(NameTaken):
        save_template(typed(name="thanks"))

    assert MailTemplate.objects.filter(name__iexact="thanks").count() == 1


def test_standard_templates_are_there_and_stay():
    standard = next(iter(STANDARD_TEMPLATES))
    template = MailTemplate.objects.get(key=standard.key)

    with pytest.raises(TemplateIsStandard):
        delete_template(template.pk)

    assert standard_template(standard.key) == template


def test_a_standard_template_that_is_missing_is_made_anew():
    standard = next(iter(STANDARD_TEMPLATES))
    MailTemplate.objects.all().delete()

    assert standard_template(standard.key).name == standard.name


def test_standard_templates_say_nothing_that_cannot_be_filled_in():
    kinds = {kind.about: kind for kind in TEMPLATE_KINDS}
    for standard in STANDARD_TEMPLATES:
        save_template(
            TemplateText(
                name="Check", about=kinds[standard.about].about, subject=standard.subject, body=standard.body_html
            )
        )
        MailTemplate.objects.get(name="Check").delete()


def test_a_template_can_be_deleted():
    template = make_template()

    delete_template(template.pk)

    assert not MailTemplate.objects.filter(pk=template.pk).exists()
