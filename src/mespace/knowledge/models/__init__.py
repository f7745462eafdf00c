"""The knowledge base's tables."""

from mespace.knowledge.models.article import Article, ArticleComponent, ArticleProduct, ArticleStep, ArticleVersion
from mespace.knowledge.models.file import ArticleFile
from mespace.knowledge.models.revision import Publication, Revision
from mespace.knowledge.models.space import Section, Space

__all__ = [
    "Article",
    "ArticleComponent",
    "ArticleFile",
    "ArticleProduct",
    "ArticleStep",
    "ArticleVersion",
    "Publication",
    "Revision",
    "Section",
    "Space",
]
