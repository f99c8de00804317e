"""How we walk through a site: as its robots.txt allows, within one host, and not for ever."""

from unsolved.sources.crawling.addresses import Scope, normal, registrable
from unsolved.sources.crawling.article import Article, article
from unsolved.sources.crawling.linked_data import Item, linked_data, microdata, types_of
from unsolved.sources.crawling.memory import Memory, stamps
from unsolved.sources.crawling.page import Page
from unsolved.sources.crawling.robots import TOKEN, Robots
from unsolved.sources.crawling.walk import Plan, walk

__all__ = [
    "TOKEN",
    "Article",
    "Item",
    "Memory",
    "Page",
    "Plan",
    "Robots",
    "Scope",
    "article",
    "linked_data",
    "microdata",
    "normal",
    "registrable",
    "stamps",
    "types_of",
    "walk",
]
