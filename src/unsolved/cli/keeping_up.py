"""Keeps the deals up to date after something came, and says in a line what came of it."""

from unsolved.cli.workbench import Workbench, told


def keep_up(bench: Workbench) -> None:
    """Follow the CRM, fire triggers, and work out what deserves attention today."""
    from unsolved.deals.service.refreshing import Hands  # noqa: PLC0415 - SQLAlchemy
    from unsolved.jobs import deals  # noqa: PLC0415 - all that is thought of deals

    kept = deals.Kept()
    with told.status("working out what deserves attention today") as status:
        hands = Hands(processes=bench.settings.processes)
        for kept in deals.keep_up(bench.sessions, bench.library, bench.now, hands):
            if kept.left:
                status.update(f"working out deals: {kept.done:,} of {kept.done + kept.left:,}")
    if line := deals.told(kept):
        told.print(line)
