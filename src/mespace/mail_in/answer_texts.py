"""What automatic answers say: polite, in the reader's language, and nothing about any request or person."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mespace.mail_in.models import AnswerKind, AutoAnswer


def answer_subject(answer: AutoAnswer) -> str:
    """The subject: that of the mail which is answered, with Re:."""
    with override(answer.languages.split()[0]):
        subject = answer.inbound.subject or _("Your mail to support")
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def answer_body(answer: AutoAnswer) -> str:
    """The text in each of the answer's languages, one after the other."""
    texts = []
    for language in answer.languages.split():
        with override(language):
            texts.append("\n\n".join([_("Hello!"), *_paragraphs(AnswerKind(answer.kind)), _ending()]))
    return "\n\n* * *\n\n".join(texts) + "\n"


def _paragraphs(kind: AnswerKind) -> list[str]:
    address = settings.BASE_URL
    tracker = _("Requests are filed in the tracker: %(address)s") % {"address": address}
    clock = _(
        "The promised reaction time counts only for requests filed there: the tracker records the instant of filing, "
        "asks for what is needed to find the cause, and shows the whole course with its deadlines. "
        "A mail starts no clock."
    )
    match kind:
        case AnswerKind.CONTACT:
            return [_("Your mail has come to support, and an engineer will read it."), tracker, clock, _invitation()]
        case AnswerKind.NOT_TAKEN:
            return [
                _("Your answer could not be put on the request, so an engineer will read it as a mail."),
                _("To be sure that it is seen there, write on the page of the request: %(address)s")
                % {"address": address},
            ]
        case AnswerKind.FILES_REFUSED:
            return [
                _(
                    "Your answer is on the request, but some of its files were not taken: programs, scripts and files "
                    "of a kind that is not recognised, or files that are too large."
                ),
                _("Pack them into a ZIP archive and add them on the page of the request: %(address)s")
                % {"address": address},
            ]
        case AnswerKind.TOO_LARGE:
            return [
                _("Your mail is larger than %(most)d MB: only its beginning was kept, and an engineer will read that.")
                % {"most": settings.MAX_MAIL_BYTES // 2**20},
                _("Large files are best added on the page of a request in the tracker: %(address)s")
                % {"address": address},
                clock,
            ]


def _invitation() -> str:
    return _("If you have no access to it, ask the responsible employee of your company for an invitation.")


def _ending() -> str:
    return _("This answer was written by a machine; there is no need to answer it.")
