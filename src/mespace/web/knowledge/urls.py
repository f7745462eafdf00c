"""Addresses of the knowledge base. An article's number is its permanent address."""

from django.urls import path

from mespace.web.knowledge import acts, feedback, imports, reading, search, spaces, writing

app_name = "kb"

urlpatterns = [
    path("", reading.home, name="home"),
    path("search/", search.search, name="search"),
    path("new/", writing.new, name="new"),
    path("waiting/", writing.waiting, name="waiting"),
    path("upload/", writing.upload, name="upload"),
    path("preview/", writing.preview, name="preview"),
    path("files/<int:file_id>/", reading.file, name="file"),
    path("spaces/new/", spaces.space_new, name="space_new"),
    path("spaces/<slug:code>/", reading.space, name="space"),
    path("spaces/<slug:code>/edit/", spaces.space_edit, name="space_edit"),
    path("spaces/<slug:code>/export/", spaces.space_export, name="space_export"),
    path("spaces/<slug:code>/import/", imports.space_import, name="space_import"),
    path("imports/<int:import_id>/", imports.import_one, name="import"),
    path("imports/<int:import_id>/apply/", imports.import_apply, name="import_apply"),
    path("spaces/<slug:code>/sections/new/", spaces.section_new, name="section_new"),
    path("sections/<int:section_id>/edit/", spaces.section_edit, name="section_edit"),
    path("<int:article_id>/", reading.article, name="article"),
    path("<int:article_id>/feedback/", feedback.feedback, name="feedback"),
    path("<int:article_id>/print/", reading.print_page, name="print"),
    path("<int:article_id>/edit/", writing.edit, name="edit"),
    path("<int:article_id>/place/", writing.place, name="place"),
    path("<int:article_id>/acts/<slug:verb>/", acts.act, name="act"),
    path("<int:article_id>/revisions/", reading.revisions, name="revisions"),
    path("<int:article_id>/revisions/<int:number>/", reading.revision, name="revision"),
    path("<int:article_id>/compare/", reading.compare, name="compare"),
]
