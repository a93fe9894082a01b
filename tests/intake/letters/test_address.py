"""The envelope: OQLF layout, whatever way the address was typed."""

import pytest

from intake.letters import Addressee, address_lines

NB = "\u00a0"


@pytest.mark.parametrize(
    ("address", "city", "postal_code", "lines"),
    [
        (
            "1234, rue des Exemples",
            "Prévost",
            "J0R 1T0",
            ("1234, rue des Exemples", f"Prévost (Québec){NB}{NB}J0R{NB}1T0"),
        ),
        (
            "1234 rue des Exemples",
            "Prévost",
            "j0r1t0",
            ("1234, rue des Exemples", f"Prévost (Québec){NB}{NB}J0R{NB}1T0"),
        ),
        ("12A chemin du Lac", "Prévost", "", ("12A, chemin du Lac", "Prévost")),
        ("10-1234 rue A", "Ottawa", "K1A 0B1", ("10-1234, rue A", f"Ottawa (Ontario){NB}{NB}K1A{NB}0B1")),
        ("12 1/2, rue A", "", "J0R 1T0", ("12 1/2, rue A", f"J0R{NB}1T0")),
        ("C. P. 123", "Prévost (Québec)", "J0R-1T0", ("C. P. 123", f"Prévost (Québec){NB}{NB}J0R{NB}1T0")),
        ("5, Main Street", "Burlington VT", "05401", ("5, Main Street", f"Burlington VT{NB}{NB}05401")),
        ("", "", "", ()),
    ],
)
def test_address_however_typed_is_written_as_the_oqlf_asks(address, city, postal_code, lines):
    assert address_lines(Addressee("Marie Tremblay", address, city, postal_code)) == ("Marie Tremblay", *lines)
