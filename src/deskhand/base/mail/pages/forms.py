"""What is typed about mail templates."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deskhand.base.mail.models import MailTemplate
from deskhand.base.mail.places import TEMPLATE_KINDS
from deskhand.base.mail.services.templates import TemplateText

_BETWEEN_BLOCKS = re.compile(r"(?<=</p>)(?=<)|(?<=</ul>)(?=<)|(?<=</ol>)(?=<)|(?<=</h[1-6]>)(?=<)")


class TemplateForm(forms.ModelForm[MailTemplate]):
    """Name, kind of record (of a new one, where there are several), subject and text."""

    about = forms.ChoiceField(label=_("About"))
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"}),
        error_messages={"required": _("Enter what the mail shall say.")},
        help_text=_("Plain text or HTML. Empty lines begin a new paragraph of plain text."),
    )

    class Meta:
        model = MailTemplate
        fields = ["name", "subject"]
        error_messages = {
            "name": {"required": _("Enter a name.")},
            "subject": {"required": _("Enter a subject.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = list(TEMPLATE_KINDS)
        self.fields["about"].choices = [(kind.about, kind.title) for kind in kinds]  # type: ignore[attr-defined]
        if self.instance.pk or len(kinds) == 1:
            self.fields["about"].required = False
            self.fields["about"].widget = forms.HiddenInput()
        self.initial.setdefault("about", self.instance.about or kinds[0].about)
        self.initial.setdefault("body", _BETWEEN_BLOCKS.sub("\n\n", self.instance.body_html))

    def clean_about(self) -> str:
        """What a template is about never changes."""
        return str(self.instance.about or self.cleaned_data["about"] or self.initial["about"])

    def text(self) -> TemplateText:
        data = self.cleaned_data
        return TemplateText(name=data["name"], about=data["about"], subject=data["subject"], body=data["body"])
