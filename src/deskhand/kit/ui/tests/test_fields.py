from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.template import Context, Template


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class AForm(forms.Form):
    title = forms.CharField(label="Title", help_text="In a few words.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    stage = forms.ChoiceField(label="Stage", choices=[("1", "New"), ("2", "Solved")])
    seen_by = forms.ChoiceField(label="Seen by", choices=[("a", "All"), ("b", "Us")], widget=forms.RadioSelect)
    is_open = forms.BooleanField(label="Open", required=False)
    uploads = forms.FileField(label="Files", required=False, widget=Several)
    version = forms.IntegerField(widget=forms.HiddenInput)


def drawn(tag: str, form: forms.Form | None = None) -> str:
    return Template(f"{{% {tag} %}}").render(Context({"form": form or AForm()}))


def test_label_control_and_hint_belong_together() -> None:
    html = drawn("field form.title")

    assert '<label class="form-label" for="id_title">Title</label>' in html
    assert 'class="form-control"' in html
    assert 'aria-describedby="id_title_helptext"' in html
    assert '<div class="form-hint" id="id_title_helptext">In a few words.</div>' in html


def test_what_is_wrong_stands_below_the_field_and_is_read_with_it() -> None:
    html = drawn("field form.title", AForm({}))

    assert 'class="form-control is-invalid"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert "This field is required." in html


def test_only_what_may_stay_empty_says_so() -> None:
    assert "(optional)" in drawn("field form.note")
    assert "(optional)" not in drawn("field form.title")


@pytest.mark.parametrize(("name", "css"), [("stage", "form-select"), ("note", "form-control")])
def test_every_control_has_the_class_of_its_kind(name: str, css: str) -> None:
    assert f'class="{css}"' in drawn(f"field form.{name}")


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = drawn("field form.seen_by")

    assert '<fieldset class="dh-field" id="id_seen_by"' in html
    assert '<legend class="form-label">Seen by' in html
    assert html.count('class="form-check-input"') == 2
    assert 'type="radio"' in html


def test_a_checkbox_stands_before_its_label() -> None:
    html = drawn("field form.is_open")

    assert html.index('type="checkbox"') < html.index("Open")


def test_a_file_field_says_how_much_it_takes_and_works_without_script() -> None:
    html = drawn("field form.uploads")

    assert "up to 25 MB each" in html
    assert '<label class="dh-upload-drop" for="id_uploads" hidden>' in html
    assert 'type="file"' in html
    assert "multiple" in html


def test_a_hidden_field_is_only_itself() -> None:
    assert drawn("field form.version").strip() == '<input type="hidden" name="version" id="id_version">'


def test_a_line_of_a_sheet_has_its_label_on_the_left() -> None:
    html = drawn("sheet_field form.title")

    assert '<div class="dh-f">' in html
    assert '<label for="id_title">Title</label>' in html


def test_the_label_can_be_another_one() -> None:
    assert ">Subject</label>" in drawn("field form.title label='Subject'")


def test_attributes_go_to_the_control() -> None:
    html = drawn("control form.title class_='t20' data_save='' placeholder=False")

    assert 'class="form-control t20"' in html
    assert "data-save" in html
    assert "placeholder" not in html


def test_the_summary_leads_to_what_is_wrong() -> None:
    html = drawn("form_errors form", AForm({"title": "x", "stage": "1", "version": "1"}))

    assert "One thing to put right" in html
    assert '<a href="#id_seen_by">Seen by: This field is required.</a>' in html


def test_there_is_no_summary_when_all_is_well() -> None:
    assert drawn("form_errors form").strip() == ""


def test_what_was_typed_is_escaped() -> None:
    form: Any = AForm({"title": '"><script>'})

    assert "<script>" not in drawn("field form.title", form)
