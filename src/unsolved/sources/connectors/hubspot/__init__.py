"""HubSpot: companies, contacts, deals with their stages, and activities; and writing back."""

from unsolved.errors import Invalid
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.hubspot.client import Client
from unsolved.sources.connectors.hubspot.reading import HubSpot
from unsolved.sources.connectors.hubspot.tables import GROUPS
from unsolved.sources.connectors.hubspot.writing import HubSpotWriter

__all__ = ["HubSpot", "HubSpotWriter", "connector", "writer"]


def connector(visit: Visit) -> HubSpot:
    """Return who reads the HubSpot account that a source names.

    Raises:
        Invalid: a setting cannot be used.
    """
    wanted = visit.texts("objects") or tuple(GROUPS)
    for name in wanted:
        if name not in GROUPS:
            mend = f"write some of {', '.join(GROUPS)}, parted by commas"
            raise Invalid(field="objects", got=name, mend=mend)
    tables = tuple(table for name, group in GROUPS.items() if name in wanted for table in group)
    return HubSpot(visit=visit, client=Client.of(visit), tables=tables)


def writer(visit: Visit) -> HubSpotWriter:
    """Return who writes into the HubSpot account that a source names.

    Raises:
        Invalid: a setting cannot be used.
    """
    return HubSpotWriter(Client.of(visit), visit.now)
