"""Every act on a ticket that a page can send: its form, its operation, and what is said when it was done."""

from django.utils.translation import gettext_lazy as _

from mespace.tickets.lifecycle import Status
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Closing, Plan, Proposal, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.ask_customer import ask_customer
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.close import close
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.correct_message import correct_message
from mespace.tickets.operations.customer_reacts import Reaction, customer_reacts
from mespace.tickets.operations.edit_details import Details, edit_details, set_developers_task
from mespace.tickets.operations.hand_over import hand_over
from mespace.tickets.operations.join import join
from mespace.tickets.operations.link import link, unlink
from mespace.tickets.operations.link_article import link_article
from mespace.tickets.operations.link_known_error import link_known_error, unlink_known_error
from mespace.tickets.operations.mark_outside_support import mark_outside_support, mark_within_support
from mespace.tickets.operations.propose_criticality import propose_criticality
from mespace.tickets.operations.propose_solution import propose_solution
from mespace.tickets.operations.reclassify import reclassify
from mespace.tickets.operations.record_customer_reaction import record_customer_reaction
from mespace.tickets.operations.remove_message import remove_file, remove_message
from mespace.tickets.operations.reopen import reopen
from mespace.tickets.operations.resume_analysis import resume_analysis
from mespace.tickets.operations.retract import retract
from mespace.tickets.operations.schedule import schedule
from mespace.tickets.operations.start_work import start_work
from mespace.tickets.operations.suspend import Suspension, suspend
from mespace.tickets.operations.undo_duplicate import undo_duplicate
from mespace.tickets.operations.watch import watch
from mespace.tickets.operations.withdraw import withdraw
from mespace.web.acts import forms
from mespace.web.acts.sent import PageAct, Sent
from mespace.web.acts.service_acts import SERVICE_ACTS


def _reply_by_staff(sent: Sent) -> object:
    data, files = sent.data, sent.attachment_ids
    step: Question | Proposal | Closing
    match data["what"]:
        case forms.ReplyByStaff.COMMENT | forms.ReplyByStaff.NOTE:
            internal = data["what"] == forms.ReplyByStaff.NOTE
            return comment(**sent.common, remark=Remark(data["body"], internal=internal, attachment_ids=files))
        case forms.ReplyByStaff.QUESTION:
            step = Question(data["body"], files)
        case forms.ReplyByStaff.PROPOSAL:
            step = Proposal(data["body"], data["answer"] or "solution", files)
        case _:
            step = Closing(
                data["resolution"],
                data["body"],
                files,
                data["vendor"],
                data["duplicate_of"],
                data["known_error"],
                data["found"],
                data["tell"],
            )
    if sent.ticket.status == Status.OPEN:
        return accept(**sent.common, then=step)
    match step:
        case Question():
            return ask_customer(**sent.common, question=step)
        case Proposal():
            return propose_solution(**sent.common, proposal=step)
        case Closing():
            return close(**sent.common, closing=step)


def _details(sent: Sent) -> object:
    data = sent.data
    place = Place(data["site"], data["area"], data["work_center"], data["build"])
    details = Details(place, data["what_was_done"], data["expected"], data["stopped_process"])
    return edit_details(**sent.common, details=details)


def _watch(sent: Sent) -> None:
    watch(ticket_id=sent.ticket.pk, actor=sent.actor, now=sent.now, on=sent.data["on"])


ACTS: dict[str, PageAct] = {
    # by either side
    "comment": PageAct(
        forms.ReplyByCustomer,
        lambda s: comment(**s.common, remark=Remark(s.data["body"], attachment_ids=s.attachment_ids)),
        _("Your message is sent."),
    ),
    "correct": PageAct(
        forms.CorrectForm,
        lambda s: correct_message(**s.common, message_id=s.data["message"], body=s.data["body"]),
        _("The text is corrected; the former one is kept."),
    ),
    "remove-message": PageAct(
        forms.MessageForm,
        lambda s: remove_message(**s.common, message_id=s.data["message"]),
        _("The text is removed for good."),
    ),
    "remove-file": PageAct(
        forms.FileForm,
        lambda s: remove_file(**s.common, attachment_id=s.data["file"]),
        _("The file is removed for good."),
    ),
    "details": PageAct(forms.DetailsForm, _details, _("The details are saved.")),
    "watch": PageAct(forms.WatchForm, _watch, _("Saved.")),
    # by the customer
    "accept-solution": PageAct(
        forms.PlainForm,
        lambda s: accept_solution(**s.common),
        _("The solution is accepted, and the request is closed."),
    ),
    "reject-solution": PageAct(
        forms.RejectForm,
        lambda s: customer_reacts(
            **s.common, reaction=Reaction(s.data["body"], rejected=True, attachment_ids=s.attachment_ids)
        ),
        _("The request is back in analysis."),
    ),
    "withdraw": PageAct(
        forms.WithdrawForm, lambda s: withdraw(**s.common, reason=s.data["reason"]), _("The request is withdrawn.")
    ),
    "reopen": PageAct(
        forms.ReasonForm,
        lambda s: reopen(**s.common, reason=s.data["reason"]),
        _("The request is open again, in analysis."),
    ),
    "join": PageAct(
        forms.JoinForm, lambda s: join(**s.common, note=s.data["note"]), _("Support knows that you have it too.")
    ),
    "hand-over": PageAct(
        forms.HandOverForm,
        lambda s: hand_over(**s.common, to_user_id=s.data["to_user"]),
        _("The request is handed over."),
    ),
    "propose-criticality": PageAct(
        forms.CriticalityForm,
        lambda s: propose_criticality(**s.common, criticality=s.data["criticality"], reason=s.data["reason"]),
        _("Support knows of it."),
    ),
    # by staff
    "accept": PageAct(forms.PlainForm, lambda s: accept(**s.common), _("Accepted: the reaction clock has stopped.")),
    "reply": PageAct(forms.ReplyByStaff, _reply_by_staff, _("Done.")),
    "start-work": PageAct(forms.PlainForm, lambda s: start_work(**s.common), _("In progress.")),
    "resume-analysis": PageAct(forms.PlainForm, lambda s: resume_analysis(**s.common), _("Back in analysis.")),
    "schedule": PageAct(
        forms.ScheduleForm,
        lambda s: schedule(**s.common, plan=Plan(s.data["target"], s.data["on"], s.data["body"])),
        _("Scheduled."),
    ),
    "suspend": PageAct(
        forms.SuspendForm,
        lambda s: suspend(
            **s.common, suspension=Suspension(s.data["waiting_for"], s.data["reason"], s.data["requested_by"])
        ),
        _("Suspended."),
    ),
    "retract": PageAct(
        forms.ReasonForm,
        lambda s: retract(**s.common, reason=s.data["reason"]),
        _("Taken back; the request is in analysis."),
    ),
    "record-reaction": PageAct(
        forms.RecordReactionForm,
        lambda s: record_customer_reaction(**s.common, by_person_id=s.data["by_person"], said=s.data["said"]),
        _("The reaction is recorded; the request is in analysis."),
    ),
    "undo-duplicate": PageAct(
        forms.ReasonForm,
        lambda s: undo_duplicate(**s.common, reason=s.data["reason"]),
        _("No duplicate any more; the request is in analysis."),
    ),
    "assign": PageAct(forms.AssignForm, lambda s: assign(**s.common, to_user_id=s.data["assignee"]), _("Assigned.")),
    "reclassify": PageAct(
        forms.ReclassifyForm,
        lambda s: reclassify(
            **s.common, ticket_type=s.data["type"], criticality=s.data["criticality"], reason=s.data["reason"]
        ),
        _("Type and criticality are changed."),
    ),
    "outside-support": PageAct(
        forms.ReasonForm,
        lambda s: mark_outside_support(**s.common, reason=s.data["reason"]),
        _("Marked as outside support; the customer reads the reason."),
    ),
    "within-support": PageAct(
        forms.ReasonForm,
        lambda s: mark_within_support(**s.common, reason=s.data["reason"]),
        _("The mark is taken away."),
    ),
    "link-known-error": PageAct(
        forms.KnownErrorForm,
        lambda s: link_known_error(**s.common, known_error_id=s.data["known_error"]),
        _("Linked: both sides see the known error and its fix."),
    ),
    "unlink-known-error": PageAct(
        forms.ReasonForm,
        lambda s: unlink_known_error(**s.common, reason=s.data["reason"]),
        _("The link to the known error is gone."),
    ),
    "link-article": PageAct(
        forms.ArticleForm,
        lambda s: link_article(**s.common, article_id=s.data["article"]),
        _("Linked: the customer can open the article from the request."),
    ),
    "link": PageAct(forms.LinkForm, lambda s: link(**s.common, other_key=s.data["other"]), _("Linked.")),
    "unlink": PageAct(forms.UnlinkForm, lambda s: unlink(**s.common, link_id=s.data["link"]), _("The link is gone.")),
    "developers-task": PageAct(
        forms.DevelopersTaskForm, lambda s: set_developers_task(**s.common, url=s.data["url"]), _("Saved.")
    ),
    **SERVICE_ACTS,
}
