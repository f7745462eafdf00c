"""The knowledge base's jobs."""

from mespace.knowledge.operations.forget_space_imports import forget_space_imports
from mespace.knowledge.operations.upload_article_file import sweep_article_files
from mespace.platform.clock import now
from mespace.platform.jobs import Job, every


@every("23 3 * * *", Job.SWEEP_ARTICLE_FILES, queueing_lock="sweep-article-files")
def sweep_files(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """Delete archives that were not imported, and files that were sent for an article and that no text names."""
    forget_space_imports(now=now())
    sweep_article_files(now=now())
