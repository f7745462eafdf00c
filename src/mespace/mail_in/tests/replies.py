"""What mail programs make of an answer: (program, its text, what was written anew). Of no real person."""

WRITER = "MESPACE Support <support@example.org>"
MARK = "##- Напишите ответ выше этой строки -##"
ASKED = "Какая модель?"
ANNOUNCED = "ср, 18 нояб. 2026 г. в 10:15, MESPACE Support <support@example.org>:"
REPLIES: list[tuple[str, str, str]] = [
    (
        "Gmail",
        f"Перезапустили, помогло.\n\n{ANNOUNCED}\n\n> ##- Напишите ответ выше этой строки -##\n>\n> Какая модель?\n",
        "Перезапустили, помогло.",
    ),
    (
        "Gmail without the mark",
        f"Перезапустили, помогло.\n\n{ANNOUNCED}\n\n> Какая модель?\n",
        "Перезапустили, помогло.",
    ),
    (
        "Outlook, English",
        (
            "Добрый день!\nДа, помогло.\n\nС уважением,\nИван Петров\nинженер\n\n"
            "From: MESPACE Support <support@example.org>\nSent: Wednesday, November 18, 2026 10:15 AM\n"
            "To: Ivan <i@zavod.example>\nSubject: ZAVOD-1\n\nКакая модель?"
        ),
        "Добрый день!\nДа, помогло.",
    ),
    (
        "Outlook, Russian",
        (
            "Да, помогло.\n\nОт: MESPACE Support <support@example.org> \nОтправлено: 18 ноября 2026 г. 10:15\n"
            "Кому: Иван Петров\nТема: RE: ZAVOD-1\n\nКакая модель?"
        ),
        "Да, помогло.",
    ),
    (
        "Yandex",
        'Помогло, спасибо\n\n18.11.2026, 10:15, "MESPACE Support" <support@example.org>:\n> Какая модель?\n\n-- \nИван',
        "Помогло, спасибо",
    ),
    (
        "Mail.ru",
        (
            "Помогло.\n\n--\nИван Петров\n\n\n>Среда, 18 ноября 2026, 10:15 +03:00 от Support "
            "<support@example.org>:\n> \n>Какая модель?\n"
        ),
        "Помогло.",
    ),
    ("Thunderbird", "Помогло.\n\n18.11.2026 10:15, MESPACE Support пишет:\n> Какая модель?\n> И прошивка?", "Помогло."),
    (
        "Apple Mail",
        (
            "Помогло.\n\nОтправлено с iPhone\n\n> 18 нояб. 2026 г., в 10:15, MESPACE Support <support@example.org> "
            "написал(а):\n> \n> Какая модель?"
        ),
        "Помогло.",
    ),
    ("an old program", "Помогло.\n\n-----Исходное сообщение-----\nОт: MESPACE Support\nКакая модель?", "Помогло."),
    (
        "a list is no signature",
        "Проверили:\n- кабель\n- принтер\n- сеть\nВсё на месте.",
        "Проверили:\n- кабель\n- принтер\n- сеть\nВсё на месте.",
    ),
    ("between the lines", "> Какая модель?\nZT410\n> Какая прошивка?\nV75", "ZT410\n> Какая прошивка?\nV75"),
    ("nothing new", "> Какая модель?\n> Какая прошивка?\n", ""),
    # Above the quoted mail.
    (
        "Outlook, Russian, in full",
        (
            f"Да, помогло.\n\nОт: {WRITER}\nОтправлено: среда, 18 ноября 2026 г. 10:15\nКому: Иван <i@z.example>\n"
            f"Копия: Пётр <p@zavod.example>\nТема: [ZAVOD-1] Вопрос\n\n{MARK}\n{ASKED}"
        ),
        "Да, помогло.",
    ),
    (
        "Outlook, with the line that lists of mails show",
        (
            f"Да, помогло.\n\nОт: {WRITER}\nОтправлено: 18 ноября 2026 г. 10:15\nКому: Иван <i@zavod.example>\n"
            f"Тема: [ZAVOD-1] Вопрос\n\nСоколова пишет о ZAVOD-1.\n{MARK}\nZAVOD-1\n{ASKED}"
        ),
        "Да, помогло.",
    ),
    (
        "Outlook on the web, Russian",
        f"Да, помогло.\n{'_' * 32}\nОт: {WRITER}\nОтправлено: 18 ноября 2026 г. 10:15\nКому: Иван\nТема: x\n\n{ASKED}",
        "Да, помогло.",
    ),
    (
        "Outlook for iOS, Russian",
        (
            f"Да, помогло.\n\nПолучить Outlook для iOS<https://aka.ms/o0ukef>\n{'_' * 32}\nFrom: {WRITER}\n"
            f"Sent: Wednesday, November 18, 2026 10:15:00 AM\nTo: Иван\nSubject: x\n\n{ASKED}"
        ),
        "Да, помогло.",
    ),
    (
        "Gmail, the address on a line of its own",
        (
            "Да, помогло.\n\nср, 18 нояб. 2026 г. в 10:15, MESPACE Support <\nsupport+abcdef@example.org>:\n\n"
            f"> {MARK}\n> {ASKED}\n"
        ),
        "Да, помогло.",
    ),
    (
        "Gmail, the same in English and without the mark",
        (
            "Yes, it helped.\n\nOn Wed, Nov 18, 2026 at 10:15 AM Support <\nsupport+abcdef@example.org> wrote:\n\n"
            "> Which model?\n"
        ),
        "Yes, it helped.",
    ),
    (
        "Mail.ru on the web, of late",
        f"Да, помогло.\n\nСреда, 18 ноября 2026, 10:15 +03:00 от {WRITER}:\n\n> {ASKED}\n",
        "Да, помогло.",
    ),
    (
        "Mail.ru for Android",
        (
            "Да, помогло.\n\n--\nОтправлено из Mail для Android\nсреда, 18 ноября 2026г., 10:15 +03:00 от Support "
            f"support@example.org:\n\n>{ASKED}\n"
        ),
        "Да, помогло.",
    ),
    (
        "Yandex on the web, of late",
        (
            f"Да, помогло.\n\n{'-' * 16}\nКому: i@zavod.example;\nТема: [ZAVOD-1] Вопрос;\n"
            f'18.11.2026, 10:15, "MESPACE Support" <support@example.org>:\n> {ASKED}\n'
        ),
        "Да, помогло.",
    ),
    (
        "Yandex on a phone",
        (
            "Да, помогло.\n\n-- \nОтправлено из мобильной Яндекс Почты: http://m.ya.ru/ymail\n\n"
            f'18.11.2026, 10:15, "MESPACE Support" <support@example.org>:\n> {ASKED}\n'
        ),
        "Да, помогло.",
    ),
    (
        "iOS, the quoted mail set in",
        f"Да, помогло.\n\nОтправлено с iPhone\n\n18 нояб. 2026 г., в 10:15, {WRITER} написал(а):\n\n> {ASKED}\n",
        "Да, помогло.",
    ),
    (
        "Samsung",
        (
            f"Да, помогло.\n\nОтправлено с моего Galaxy\n\n\n-------- Исходное сообщение --------\nОт: {WRITER}\n"
            f"Дата: 18.11.2026 10:15 (GMT+03:00)\nКому: i@zavod.example\nТема: x\n\n{ASKED}"
        ),
        "Да, помогло.",
    ),
    # Beneath it, and between its lines.
    (
        "Thunderbird, beneath the quoted mail",
        f"18.11.2026 10:15, MESPACE Support пишет:\n> {MARK}\n>\n> {ASKED}\n\nДа, помогло.\n\n-- \nИван Петров\n",
        "Да, помогло.",
    ),
    (
        "iOS, beneath the quoted mail",
        f"18 нояб. 2026 г., в 10:15, {WRITER} написал(а):\n> \n> {ASKED}\n\nДа, помогло.\n\nОтправлено с iPhone\n",
        "Да, помогло.",
    ),
    (
        "Thunderbird, between the lines",
        f"18.11.2026 10:15, MESPACE Support пишет:\n> {ASKED}\n\nZT410\n\n> И прошивка?\n\nV75\n\nС уважением,\nИван\n",
        "ZT410\n\n> И прошивка?\n\nV75",
    ),
    (
        "The Bat!, between the lines: nothing is lost",
        f"Здравствуйте!\n\nВы писали 18 ноября 2026 г., 10:15:\n\n> {ASKED}\n\nДа, помогло.\n\n-- \nИван\n",
        f"Здравствуйте!\n\nВы писали 18 ноября 2026 г., 10:15:\n\n> {ASKED}\n\nДа, помогло.",
    ),
    ("only the quoted mail", f"18.11.2026 10:15, MESPACE Support пишет:\n> {ASKED}\n> И прошивка?\n", ""),
]
