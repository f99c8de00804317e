import socket
from pathlib import Path

from tests.cli.conftest import Run


def test_the_demo_reads_the_casebook_and_ranks_every_problem(run: Run, here: Path):
    result = run("demo", "--no-serve")

    assert result.exit_code == 0
    assert (here / "unsolved-demo.sqlite").is_file()
    for problem in ("erp_replacement", "platform_outage", "public_system", "supply_chain",
                    "workforce_quality"):  # fmt: skip
        assert f"({problem})" in result.output
    assert "112 documents read" in result.output

    again = run("demo", "--no-serve")

    assert "0 new documents, 112 as before" in again.output


def test_a_port_that_is_taken_is_told_with_the_way_out(run: Run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = run("serve", "--port", str(port))

    assert result.exit_code == 1
    assert "is taken; choose another with --port" in result.output


def test_a_port_that_cannot_be_is_refused(run: Run):
    assert run("serve", "--port", "99999").exit_code == 2
    assert run("demo", "--port", "0").exit_code == 2
