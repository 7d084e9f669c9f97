"""The articles of a regulation as parts by which it is found."""

from collections.abc import Iterable

from home.policies.articles import Node, articles_of
from search.parts import Part


def article_parts(title: str, nodes: Iterable[Node]) -> list[Part]:
    """One part an article; `title` is the regulation's."""
    return [
        Part(article.anchor, article.label, article.text, article.context(title), is_cited=True)
        for article in articles_of(nodes)
    ]
