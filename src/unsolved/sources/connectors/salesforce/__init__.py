"""Salesforce: accounts, contacts and leads, opportunities, activities; and writing back."""

from unsolved.errors import Invalid
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.salesforce.org import Org
from unsolved.sources.connectors.salesforce.reading import Salesforce
from unsolved.sources.connectors.salesforce.tables import GROUPS
from unsolved.sources.connectors.salesforce.writing import SalesforceWriter

__all__ = ["Salesforce", "SalesforceWriter", "connector", "writer"]


def connector(visit: Visit) -> Salesforce:
    """Return who reads the Salesforce org that a source names.

    Raises:
        Invalid: a setting cannot be used.
    """
    wanted = visit.texts("objects") or tuple(GROUPS)
    for name in wanted:
        if name not in GROUPS:
            mend = f"write some of {', '.join(GROUPS)}, parted by commas"
            raise Invalid(field="objects", got=name, mend=mend)
    tables = tuple(table for name, group in GROUPS.items() if name in wanted for table in group)
    return Salesforce(visit=visit, org=Org.of(visit), tables=tables)


def writer(visit: Visit) -> SalesforceWriter:
    """Return who writes into the Salesforce org that a source names.

    Raises:
        Invalid: a setting cannot be used.
    """
    return SalesforceWriter(Org.of(visit), visit.today)
