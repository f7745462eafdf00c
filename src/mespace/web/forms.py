"""How Django's own form rendering uses the kit."""

from django.forms.renderers import DjangoTemplates


class KitRenderer(DjangoTemplates):
    """`{{ form }}` and `{{ field.as_field_group }}` through the kit's templates (setting FORM_RENDERER)."""

    form_template_name = "web/kit/form.html"
    field_template_name = "web/kit/field.html"
