"""Encryption: whom a bundle is meant for can open it, and nobody else; keys are never shown or taken for each other."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reportgen.bundle.fault import BundleFault
from reportgen.bundle.seal import is_sealed, new_identity, recipients, seal, unseal
from reportgen.diagnostics import Span

HERE = Span("received.zip.age")


def identity(folder: Path, name: str = "me.key") -> tuple[Path, str]:
    """Make an identity; return its file and its recipient."""
    text, recipient = new_identity()
    (folder / name).write_text(text, "utf-8")
    return folder / name, recipient


def code(told: pytest.ExceptionInfo[BundleFault]) -> str:
    """Return the code, and see that no secret stands in it."""
    assert "SECRET" not in str(told.value.found).upper()
    return told.value.found.code


def test_each_recipient_can_open_it_and_nobody_else(tmp_path: Path) -> None:
    """Also if it is damaged by one byte, anywhere."""
    (mine, me), (theirs, they), (other, _) = (identity(tmp_path, name) for name in ("a", "b", "c"))
    sealed = seal(b"CANARY" * 99, [me, they])
    assert is_sealed(sealed)
    assert b"CANARY" not in sealed
    assert unseal(sealed, mine, HERE) == unseal(sealed, theirs, HERE) == b"CANARY" * 99
    with pytest.raises(BundleFault) as told:
        unseal(sealed, other, HERE)
    assert code(told) == "RG923"
    for at in range(0, len(sealed), 37):
        with pytest.raises(BundleFault) as told:
            unseal(sealed[:at] + bytes([sealed[at] ^ 4]) + sealed[at + 1 :], mine, HERE)
        assert code(told) == "RG923"
    with pytest.raises(BundleFault) as told:
        unseal(sealed[:-1], mine, HERE)
    assert code(told) == "RG923"


def test_without_an_identity_it_says_which_option_to_give() -> None:
    """And nothing is tried."""
    with pytest.raises(BundleFault) as told:
        unseal(b"age-encryption.org/v1\n", None, HERE)
    assert code(told) == "RG922"


def test_recipients_are_given_or_read_from_a_file(tmp_path: Path) -> None:
    """Remarks and empty lines do not count; twice is once."""
    (_, one), (_, two) = identity(tmp_path, "a"), identity(tmp_path, "b")
    (tmp_path / "all.txt").write_text(f"# Clinic\n{one}\n\n  {two}  \n", "utf-8")
    assert recipients([str(tmp_path / "all.txt"), one]) == (one, two)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("age1xyz", "RG925"),
        ("nobody@x.example", "RG925"),
        ("", "RG925"),
        ("{file}", "RG931"),
        ("{secret}", "RG931"),
        ("{secret_in_small_letters}", "RG931"),
    ],
)
def test_what_is_no_recipient_is_told_and_a_secret_never_shown(tmp_path: Path, written: str, expected: str) -> None:
    """Who takes the file of an identity for that of recipients must not send it on."""
    path, _ = identity(tmp_path)
    secret = path.read_text("utf-8").splitlines()[1]
    text = written.format(file=path, secret=secret, secret_in_small_letters=secret.lower())
    with pytest.raises(BundleFault) as told:
        recipients([text])
    assert code(told) == expected
    assert secret.lower() not in str(told.value.found).lower()


@pytest.mark.parametrize("content", [b"# nobody\n", b"age1xyz\n", b"\xff\xfe", b""])
def test_a_file_without_recipients_is_told(tmp_path: Path, content: bytes) -> None:
    """A bundle for nobody would be one that nobody can open."""
    (tmp_path / "all.txt").write_bytes(content)
    with pytest.raises(BundleFault) as told:
        recipients([str(tmp_path / "all.txt")])
    assert code(told) == "RG925"


@pytest.mark.parametrize("content", [b"AGE-SECRET-KEY-1ABC\n", b"age1xyz\n", b"\xff\xfe", b""])
def test_a_file_without_an_identity_is_told(tmp_path: Path, content: bytes) -> None:
    """The recipient, or a damaged identity, opens nothing."""
    (tmp_path / "me.key").write_bytes(content)
    with pytest.raises(BundleFault) as told:
        unseal(b"age-encryption.org/v1\n", tmp_path / "me.key", HERE)
    assert code(told) == "RG924"


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything else works without it."""
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(BundleFault) as told:
        new_identity()
    assert code(told) == "RG926"
    assert told.value.found.params["value"] == 'python3 -m pip install "pyrage>=1.4,<2"'
