import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsolved.sources.domains import FREE_MAIL, is_free_mail, organisation_domain

DOMAINS = [
    ("ann@acme.com", "acme.com"),
    ("Ann Lee <ann@ACME.com>", "acme.com"),
    ("<ann@acme.com>", "acme.com"),
    ("mailto://ann@acme.com", "acme.com"),
    ("ann@eu.sales.acme.co.jp", "acme.co.jp"),
    ("www.acme.com", "acme.com"),
    ("acme.com.", "acme.com"),
    ("http://user:pass@acme.com:80/ann@other.com", "acme.com"),
    ("https://acme.com?x=a@b.org", "acme.com"),
    ("münchen-werke.de", "xn--mnchen-werke-dlb.de"),
    ("acme。com", "acme.com"),
    ("shop.acme.github.io", "acme.github.io"),
    ("github.io", "github.io"),
    ("ann@homeoffice.gov.uk", "homeoffice.gov.uk"),
    ("a@b@acme.com", "acme.com"),
]
NONE = [
    "", " ", "@", "ann", "ann@", "localhost", "ann@localhost", "co.uk", "com",
    "10.0.0.1", "http://10.0.0.1/", "[::1]", "http://[::1]:80/", "ann@[10.0.0.1]",
    "acme..com", "-acme.com", "acme-.com", "a" * 64 + ".com", "a." * 200 + "com",
    "acme.com\nevil.org", "ac me.com", "acme.invalidtld", "x@gmail.com", "x@mail.gmail.com",
    "x@GMX.de", "x@yahoo.co.uk", "\x00", "ann@\ud800.com",
]  # fmt: skip


@pytest.mark.parametrize(("told", "domain"), DOMAINS)
def test_an_address_leads_to_the_domain_that_was_registered(told: str, domain: str):
    assert organisation_domain(told) == domain


@pytest.mark.parametrize("told", NONE)
def test_what_is_no_organisations_domain_is_none(told: str):
    assert organisation_domain(told) is None


def test_the_list_of_free_mail_is_plain_and_sorted_out():
    assert len(FREE_MAIL) > 120
    for domain in FREE_MAIL:
        assert domain == domain.strip().casefold()
        assert organisation_domain(f"x@{domain}") is None
        assert is_free_mail(domain)


def test_an_organisations_domain_is_not_free_mail():
    assert not is_free_mail("acme.com")
    assert not is_free_mail("")
    assert not is_free_mail("gmail.com.acme.com")


@given(st.text(max_size=80))
def test_whatever_is_told_comes_back_as_a_domain_or_none(told: str):
    domain = organisation_domain(told)
    assert domain is None or organisation_domain(domain) == domain
