"""Articles for every audience and state, for the access table."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from mespace.knowledge.kinds import ArticleKind, Audience
from mespace.knowledge.models import Article, SpaceImport
from mespace.knowledge.operations.publish_article import publish_article
from mespace.knowledge.operations.revise_article import revise_article
from mespace.knowledge.operations.save_space import SpaceEntry, add_space, save_section
from mespace.knowledge.operations.submit_article import submit_article
from mespace.knowledge.operations.upload_article_file import upload_article_file
from mespace.knowledge.operations.upload_space import upload_space
from mespace.knowledge.operations.write_article import write_article
from mespace.knowledge.texts import ArticleText, Placement
from tests.cast import WEDNESDAY, Cast

NOW = WEDNESDAY + timedelta(hours=1)


class Shelves:
    """A space with a section and articles in it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.space = add_space(actor=cast.manager, entry=SpaceEntry("line", "Линия"))
        self.section = save_section(actor=cast.manager, space_id=self.space.pk, name="Печать")

    def names(self) -> dict[str, object]:
        """What the table's lines may name."""
        of_line = {"audience": Audience.PRODUCT_USERS, "product_ids": frozenset({self.cast.product.pk})}
        of_lab = {"audience": Audience.PRODUCT_USERS, "product_ids": frozenset({self.cast.other_product.pk})}
        file = upload_article_file(actor=self.cast.agent, now=NOW, name="f.txt", chunks=[b"offline"])
        loose = upload_article_file(actor=self.cast.agent, now=NOW, name="g.txt", chunks=[b"offline"])
        pending = self.published("pending", audience=Audience.CUSTOMERS)
        text = ArticleText("pending", "Новый текст")
        revise_article(actor=self.cast.agent, now=NOW, article_id=pending.pk, text=text, base=1)
        review = self.written("review")
        submit_article(actor=self.cast.agent, now=NOW, article_id=review.pk)
        return {
            "space": self.space.code,
            "section": self.section.pk,
            "public_article": self.published("public", audience=Audience.PUBLIC).pk,
            "article": self.published("ours", body=f"[f](attachment:{file.pk})", audience=Audience.CUSTOMERS).pk,
            "article_of_line": self.published("line", **of_line).pk,
            "article_of_lab": self.published("lab", **of_lab).pk,
            "staff_article": self.published("staff", audience=Audience.STAFF).pk,
            "pending_article": pending.pk,
            "draft_article": self.written("draft").pk,
            "review_article": review.pk,
            "article_file": file.pk,
            "loose_file": loose.pk,
            "space_import": self.sent().pk,
        }

    def sent(self) -> SpaceImport:
        """An archive that the manager sent to be imported."""
        out = BytesIO()
        with ZipFile(out, "w") as archive:
            archive.writestr("a.md", '+++\ntitle = "Новая"\nsection = "Печать"\n+++\nТекст')
        return upload_space(actor=self.cast.manager, now=NOW, space_id=self.space.pk, file_name="line.zip", file=out)

    def written(self, title: str, *, body: str = "Текст", **place: Any) -> Article:
        """A draft of the agent's."""
        placement = Placement(section_id=self.section.pk, **place)
        text = ArticleText(title, body)
        return write_article(actor=self.cast.agent, now=NOW, kind=ArticleKind.HOW_TO, text=text, placement=placement)

    def published(self, title: str, **how: Any) -> Article:
        """An article that readers have."""
        article = self.written(title, **how)
        submit_article(actor=self.cast.agent, now=NOW, article_id=article.pk)
        return publish_article(actor=self.cast.manager, now=NOW, article_id=article.pk)
