"""A page that shows every piece of the kit with plausible content: for designers, helpers and the visual tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from mespace.web import vocabulary
from mespace.web.errors import WORDS, error_page
from mespace.web.timeline import CourseEntry, CourseFile

AT = datetime(2024, 12, 27, 13, 30, tzinfo=UTC)
LAYOUTS = {"top": "web/app.html", "desk": "web/app_desk.html"}


class SampleForm(forms.Form):
    """One field of every kind."""

    kind = forms.ChoiceField(
        label="Тип задачи",
        choices=[(code, look.word) for code, look in vocabulary.TYPES.items()],
        widget=forms.RadioSelect,
        initial="incident",
    )
    subject = forms.CharField(label="Тема", max_length=200, help_text="Одной строкой: что и где не работает.")
    product = forms.ChoiceField(
        label="ПО и сборка",
        choices=[("", "Выберите"), ("1", "MESPACE Производственная диспетчеризация 4.12.3"), ("2", "Не знаю")],
    )
    site = forms.CharField(
        label="Площадка", required=False, disabled=True, initial="Челябинский трубопрокатный, цех № 6"
    )
    stopped = forms.BooleanField(label="Остановлен ключевой процесс производства", required=False)
    text = forms.CharField(
        label="Описание", widget=forms.Textarea(attrs={"rows": 5}), help_text="Что делали, что ожидали и что получили."
    )
    attachments = forms.FileField(
        label="Вложения", required=False, help_text="Снимки экрана, журналы; до 50 МБ каждый."
    )


def sample_entries() -> list[CourseEntry]:
    """A timeline with every kind of entry."""
    prose = mark_safe(
        "<p>Добрый день! После обновления до <strong>4.12.3</strong> терминал участка № 6 "
        "перестал принимать задания:</p>"
        "<pre><code>2024-12-27 16:28:11 ERROR dispatch: E-1042 queue «cut-6» rejected (409)</code></pre>"
        "<ul><li>перезапуск службы не помог;</li><li>на участке № 5 всё работает.</li></ul>"
        "<table><thead><tr><th>Участок</th><th>Заданий в очереди</th></tr></thead>"
        "<tbody><tr><td>Резка, № 6</td><td>118</td></tr></tbody></table>"
    )
    files = [
        CourseFile("Снимок экрана 2024-12-27 в 16.28.png", "#f1", 284_113, "image/png"),
        CourseFile("журнал-диспетчеризации.zip", "#f2", 8_812_003, "application/zip"),
        CourseFile("", "", 0, "", removed=True),
    ]
    entries: list[dict[str, Any]] = [
        {
            "kind": "message",
            "anchor": "m1",
            "at": AT,
            "author": "Екатерина Воскресенская",
            "author_kind": "customer",
            "author_note": "инженер АСУ ТП, ЧТПЗ",
            "html": prose,
            "files": files,
        },
        {
            "kind": "event",
            "anchor": "e1",
            "at": AT + timedelta(minutes=22),
            "text": "Иван Петров принял обращение: Открыт → Анализ",
            "icon": "check",
        },
        {
            "kind": "internal",
            "anchor": "m2",
            "at": AT + timedelta(minutes=31),
            "author": "Иван Петров",
            "author_kind": "staff",
            "html": mark_safe("<p>Похоже на известную ошибку очереди, проверю на стенде.</p>"),
            "files": [],
        },
        {
            "kind": "message",
            "anchor": "m3",
            "at": AT + timedelta(days=1),
            "author": "Иван Петров",
            "author_kind": "staff",
            "author_note": "техническая поддержка",
            "label": "Вопрос",
            "label_tone": "info",
            "unread": True,
            "html": mark_safe("<p>Пришлите, пожалуйста, файл <code>dispatch.toml</code> с терминала.</p>"),
            "corrected_at": AT + timedelta(days=1, minutes=4),
            "history_url": "#h",
        },
        {
            "kind": "tombstone",
            "anchor": "m4",
            "at": AT + timedelta(days=2),
            "text": "Екатерина Воскресенская удалила пароль, отправленный по ошибке",
            "digest": "9f2c" * 16,
        },
        {
            "kind": "event",
            "anchor": "e2",
            "at": AT + timedelta(days=3),
            "text": "Срок ответа истёк: обращение приостановлено",
            "icon": "player-pause",
        },
    ]
    return [CourseEntry(**each) for each in entries]


def sample_rows() -> list[dict[str, Any]]:
    """A queue with every state of the clock."""
    subjects = (
        "Терминал участка № 6 не принимает задания после обновления до сборки 12.3",
        "Не сходится остаток полуфабрикатов на межоперационном складе при закрытии смены",
        "Как настроить права сменного мастера на корректировку сменно-суточного задания?",
        "Добавить выгрузку отчёта о простоях оборудования по кодам причин в Excel",
        "Печать этикеток ZT410 останавливается на кириллице",
        "Высоконагруженный сервер сбора данных теряет соединение с контроллерами",
        "Обновление справочника технологических маршрутов",
        "Ошибка E-1042",
    )
    lefts = (-3900, 1500, 19_200, 28_800, None, None, None, None)
    states = ("running", "running", "running", "running", "paused", "kept", "broken", "withdrawn")
    return [
        {
            "key": f"CHTPZ-{n}",
            "subject": subject,
            "status": status,
            "criticality": "critical" if n == first else "non_critical",
            "type": list(vocabulary.TYPES)[index % 4],
            "left": left,
            "state": state,
            "due": AT + timedelta(hours=index),
            "unread": index in {0, 3},
            "customer": "Челябинский трубопрокатный завод" if index % 2 else "Уралмаш",
            "agent": "Иван Петров" if index % 3 else "",
        }
        for first in (41,)
        for index, (n, subject, status, left, state) in enumerate(
            zip(range(41, 49), subjects, vocabulary.STATUSES, lefts, states, strict=True)
        )
    ]


def sample_nav(current: int) -> list[dict[str, Any]]:
    """Navigation with counters and a group."""
    items: list[dict[str, Any]] = [
        {"url": "#", "label": "Ждут реакции", "icon": "inbox", "count": 7, "hotkey": "g i"},
        {"url": "#", "label": "Мои обращения", "icon": "user-check", "count": 12, "hotkey": "g m"},
        {"url": "#", "label": "Ответил заказчик", "icon": "messages", "count": 3},
        {"url": "#", "label": "Все обращения", "icon": "list", "count": 480, "group": "Обзор"},
        {"url": "#", "label": "База знаний", "icon": "book"},
    ]
    items[current]["current"] = True
    return items


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The style guide; `?shell=desk` shows it inside the desk's shell, `?errors=1` with a refused form."""
    bound = (
        SampleForm({"subject": "", "text": "Начатый текст", "kind": "bug"}) if "errors" in request.GET else SampleForm()
    )
    if "messages" in request.GET:
        messages.success(request, "Обращение CHTPZ-42 зарегистрировано. Реакция — до 28.12.2024 09:30 МСК.")
    shell = request.GET.get("shell", "top")
    return render(
        request,
        "web/styleguide.html",
        {
            "layout": LAYOUTS.get(shell, LAYOUTS["top"]),
            "nav": sample_nav(0),
            "palette_url": "palette.json",
            "form": bound,
            "user_nav": [
                {"url": "#", "label": "Профиль", "icon": "settings"},
                {"url": "#", "label": "Вход и безопасность", "icon": "shield-check"},
            ],
            "statuses": list(vocabulary.STATUSES),
            "types": list(vocabulary.TYPES),
            "criticalities": list(vocabulary.CRITICALITIES),
            "parties": list(vocabulary.PARTIES),
            "at": AT,
            "on": date(2024, 12, 28),
            "rows": sample_rows(),
            "entries": sample_entries(),
            "split": [
                ("vendor", 25_800),
                ("customer", 41_400),
                ("third_party", 7200),
                ("outside", 181_500),
                ("nobody", 0),
            ],
            "tabs": [
                {"url": "#", "label": "Переписка", "icon": "messages", "count": 6, "current": True},
                {"url": "#", "label": "Ход и сроки"},
                {"url": "#", "label": "Файлы", "count": 2},
            ],
            "steps": [
                {"label": "Зарегистрировано", "state": "done", "note": "27.12, 16:30"},
                {"label": "Принято в работу", "state": "done", "note": "16:52"},
                {"label": "Ваш ответ", "state": "current", "note": "до 10.01, 17:00"},
                {"label": "Решение", "state": "ahead"},
            ],
            "facts": [
                {"label": "ПО и сборка", "value": "MESPACE Диспетчеризация 4.12.3", "url": "#"},
                {"label": "Площадка", "value": "Челябинск, цех № 6, участок резки"},
                {"label": "Ожидалось", "lacking": "не указано"},
            ],
            "error_statuses": list(WORDS),
            "icons": sorted(["lock", "bug", "flame", "book", "clock", "user", "file-text", "send"]),
        },
    )


@require_GET
def palette(request: HttpRequest) -> JsonResponse:
    """Answers of the sample palette."""
    query = request.GET.get("q", "").lower()
    items = [
        {
            "label": f"{row['key']} {row['subject']}",
            "url": f"#{row['key']}",
            "note": row["customer"],
            "icon": "file-text",
        }
        for row in sample_rows()
    ]
    return JsonResponse({"items": [item for item in items if query in item["label"].lower()]})


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Plain paragraphs for the sample editor."""
    return render(request, "web/styleguide_preview.html", {"text": request.POST.get("text", "")})


@require_GET
def error(request: HttpRequest, status: int) -> HttpResponse:
    """An error page, as it would be shown."""
    moves = ["задать вопрос", "предложить решение", "закрыть"] if status == 409 else ()  # noqa: PLR2004 - the one with moves
    return error_page(
        request, status, moves=moves, error_id="3f9a1c77b2e0", retry_after=90 if status in {429, 503} else None
    )


urlpatterns = [
    path("", page, name="styleguide"),
    path("palette.json", palette, name="styleguide-palette"),
    path("preview/", preview, name="styleguide-preview"),
    path("errors/<int:status>/", error, name="styleguide-error"),
]
