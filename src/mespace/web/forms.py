"""How Django's own form rendering uses the kit."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from mespace.web.widgets_html import PLAIN


class KitRenderer(DjangoTemplates):
    """`{{ form }}` and `{{ field.as_field_group }}` through the kit's templates (setting FORM_RENDERER)."""

    form_template_name = "web/kit/form.html"
    field_template_name = "web/kit/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Django's plain widgets by a function, whatever else by its template."""
        draw = PLAIN.get(template_name)
        drawn = draw(context["widget"]) if draw is not None else None
        return super().render(template_name, context, request) if drawn is None else mark_safe(drawn)  # noqa: S308
