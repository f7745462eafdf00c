"""How the codes of the knowledge base are named and drawn."""

from mespace.knowledge.kinds import ArticleKind, Audience
from mespace.knowledge.lifecycle import State
from mespace.web.vocabulary import Look

KINDS: dict[str, Look] = {
    ArticleKind.HOW_TO: Look(ArticleKind.HOW_TO.label, "list-check", "plain"),
    ArticleKind.SOLUTION: Look(ArticleKind.SOLUTION.label, "bulb", "plain"),
    ArticleKind.KNOWN_ERROR: Look(ArticleKind.KNOWN_ERROR.label, "bug", "plain"),
    ArticleKind.RELEASE_NOTES: Look(ArticleKind.RELEASE_NOTES.label, "package", "plain"),
    ArticleKind.NOTICE: Look(ArticleKind.NOTICE.label, "speakerphone", "plain"),
    ArticleKind.REGULATION: Look(ArticleKind.REGULATION.label, "gavel", "plain"),
}
STATES: dict[str, Look] = {
    State.DRAFT: Look(State.DRAFT.label, "pencil", "info"),
    State.REVIEW: Look(State.REVIEW.label, "eye", "progress"),
    State.PUBLISHED: Look(State.PUBLISHED.label, "circle-check", "good"),
    State.OUTDATED: Look(State.OUTDATED.label, "clock-off", "suspended"),
    State.DISCARDED: Look(State.DISCARDED.label, "trash", "closed"),
}
AUDIENCES: dict[str, Look] = {
    Audience.PUBLIC: Look(Audience.PUBLIC.label, "world", "plain"),
    Audience.CUSTOMERS: Look(Audience.CUSTOMERS.label, "building-factory-2", "plain"),
    Audience.PRODUCT_USERS: Look(Audience.PRODUCT_USERS.label, "file-certificate", "plain"),
    Audience.STAFF: Look(Audience.STAFF.label, "lock", "internal"),
}
