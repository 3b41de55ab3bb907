"""The national algorithms against the standards' own examples and OpenSSL, and as signatures of messages."""

import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from http_message_signatures.exceptions import InvalidSignature

from onewindow.exchange.protocol import gm
from onewindow.exchange.protocol.errors import ProtocolError
from onewindow.exchange.protocol.keys import Key, PublicKey, key_at, ring_at
from onewindow.exchange.protocol.signing import sign_reply, sign_request, verify_reply, verify_request
from onewindow.exchange.protocol.suites import GM, INTL

POINT = bytes.fromhex(
    "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
SECRET = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)
"""GB/T 32918.5, annex A: the text is `message digest`."""
THEIRS = gm.Sm2Private(SECRET, gm.Sm2Public(POINT))
BANK = Key("bank-gm-1", THEIRS, GM)
RING = {BANK.key_id: PublicKey.from_pem(BANK.key_id, BANK.public_pem)}
URL, BODY = "http://127.0.0.1:8000/exchange/bank/answers", '{"says":"余额"}'.encode()


def test_sm3_of_the_standard() -> None:
    assert gm.Sm3(b"abc").digest().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_signature_printed_in_the_standard_opens_and_a_touched_one_does_not() -> None:
    THEIRS.public.verify(SIGNATURE, b"message digest")
    for touched, text in (
        (SIGNATURE, b"message digesT"), (bytes([SIGNATURE[0] ^ 1]) + SIGNATURE[1:], b"message digest"),
        (SIGNATURE[:-1], b"message digest"), (bytes(64), b"message digest"), (b"\xff" * 64, b"message digest"),
        (SIGNATURE + b"\0", b"message digest"),
    ):  # fmt: skip
        with pytest.raises(InvalidSignature):
            THEIRS.public.verify(touched, text)


@pytest.mark.parametrize("point", [b"\4" + bytes(64), POINT[:-1] + b"\0", POINT[1:], b""])
def test_a_point_beside_the_curve_is_no_key(point: bytes) -> None:
    with pytest.raises(ValueError, match="not a point"):
        gm.Sm2Public(point)


def test_openssl_opens_what_we_sign_and_reads_our_keys(tmp_path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not on this machine")
    signature = THEIRS.sign(BODY)
    r, s = (int.from_bytes(half) for half in (signature[:32], signature[32:]))
    (tmp_path / "sig").write_bytes(encode_dss_signature(r, s))
    (tmp_path / "pub").write_bytes(gm.write_public(THEIRS))
    (tmp_path / "key").write_bytes(gm.write_private(THEIRS))
    (tmp_path / "text").write_bytes(BODY)
    words = ["-verify", "-rawin", "-digest", "sm3", "-pubin", "-inkey", "pub", "-in", "text", "-sigfile", "sig"]
    done = subprocess.run(
        [openssl, "pkeyutl", *words, "-pkeyopt", f"distid:{gm.USER_ID.decode()}"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    read = subprocess.run([openssl, "pkey", "-in", "key", "-pubout"], cwd=tmp_path, capture_output=True, check=True)
    assert read.stdout == gm.write_public(THEIRS)


def test_a_pair_made_here_is_kept_and_found_by_its_curve(tmp_path) -> None:
    key_at(tmp_path, "ours")
    made, again = key_at(tmp_path, "ours-gm", GM), key_at(tmp_path, "ours-gm", GM)
    assert made.public_pem == again.public_pem
    assert {name: key.suite for name, key in ring_at(tmp_path).items()} == {"ours": INTL, "ours-gm": GM}


def test_halves_of_two_pairs_make_no_key() -> None:
    mixed = gm.write_private(gm.Sm2Private(SECRET, gm.Sm2Private.generate().public))
    with pytest.raises(ValueError, match="do not belong together"):
        gm.read_private(mixed)


def test_a_message_signed_with_sm2_opens_with_its_digest_in_sm3() -> None:
    request = sign_request(BANK, "POST", URL, BODY)
    assert request.headers["content-digest"].startswith("sm3=:")
    verified = verify_request(request, RING)
    assert (verified.key_id, verified.suite.name) == ("bank-gm-1", "gm")
    reply = sign_reply(BANK, 202, b"{}", request)
    assert verify_reply(reply, RING).key_id == "bank-gm-1"
    reply.body = b"[]"
    with pytest.raises(ProtocolError):
        verify_reply(reply, RING)


def test_a_key_signs_with_its_own_suite_only() -> None:
    """Another algorithm under the same name, in either direction, is a forgery."""
    other = Key(BANK.key_id, INTL.new_key())
    with pytest.raises(ProtocolError) as refused:
        verify_request(sign_request(other, "POST", URL, BODY), RING)
    assert refused.value.reason == "bad_signature"
    known = {other.key_id: PublicKey.from_pem(other.key_id, other.public_pem)}
    with pytest.raises(ProtocolError) as refused:
        verify_request(sign_request(BANK, "POST", URL, BODY), known)
    assert refused.value.reason == "bad_signature"
