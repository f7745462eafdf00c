"""The knowledge base's tables."""

from mespace.knowledge.models.article import Article, ArticleComponent, ArticleProduct, ArticleStep, ArticleVersion
from mespace.knowledge.models.feedback import ArticleViews, Feedback, NotHelped, Source
from mespace.knowledge.models.file import ArticleFile
from mespace.knowledge.models.revision import Publication, Revision
from mespace.knowledge.models.search import ArticleEntry, KnownWord, WordWithout
from mespace.knowledge.models.space import Section, Space
from mespace.knowledge.models.space_import import SpaceImport

__all__ = [
    "Article",
    "ArticleComponent",
    "ArticleEntry",
    "ArticleFile",
    "ArticleProduct",
    "ArticleStep",
    "ArticleVersion",
    "ArticleViews",
    "Feedback",
    "KnownWord",
    "NotHelped",
    "Publication",
    "Revision",
    "Section",
    "Source",
    "Space",
    "SpaceImport",
    "WordWithout",
]
