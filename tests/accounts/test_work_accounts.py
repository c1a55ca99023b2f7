"""Signing in with an account at work, against a real OpenID Connect server in a thread."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider

from accounts.models import User
from accounts.work_accounts import minimal
from tests.accounts.conftest import PASSWORD

# What a server may tell, although nobody asked.
CLAIMS = {
    "sub": "ilze-1",
    "email": "Ilze@Pasvaldiba.example",
    "email_verified": True,
    "name": "Ilze Bērziņa",
    "birthdate": "1980-01-01",
    "gender": "female",
    "nationality": "LV",
}
LOGIN = "/accounts/oidc/oidc/login/"


class Server(ThreadingHTTPServer):
    """An OpenID Connect server that believes everyone."""

    claims = CLAIMS
    broken = False

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def answer(self, body, status=200):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        url = self.server.url
        if self.server.broken:
            return self.answer({}, 503)
        if self.path.endswith("/openid-configuration"):
            return self.answer(
                {
                    "issuer": url,
                    "authorization_endpoint": f"{url}/authorize",
                    "token_endpoint": f"{url}/token",
                    "userinfo_endpoint": f"{url}/userinfo",
                    "jwks_uri": f"{url}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        return self.answer(self.server.claims)

    def do_POST(self):
        claims = {
            **self.server.claims,
            "iss": self.server.url,
            "aud": "course",
            "exp": time.time() + 60,
            "iat": time.time(),
        }
        id_token = jwt.encode(claims, "k" * 32, algorithm="HS256")
        self.answer({"access_token": "a", "token_type": "Bearer", "id_token": id_token})

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings):
    made = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    app = {
        "provider_id": "oidc",
        "name": "Darba konts",
        "client_id": "course",
        "secret": "s" * 32,
        "settings": {"server_url": made.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    settings.ROOT_URLCONF = "tests.accounts.work_account_urls"
    registry.get_class_list()
    registry.provider_map[OpenIDConnectProvider.id] = OpenIDConnectProvider
    yield made
    registry.provider_map.pop(OpenIDConnectProvider.id, None)
    made.shutdown()
    made.server_close()


def go_there_and_back(client):
    """Press the button, let the other server agree, and return its answer here."""
    there = client.post(LOGIN)
    assert there.status_code == 302, there.content
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]
    return client.get(f"{LOGIN}callback/", {"code": "c", "state": state})


FORM = {"name": "Ilze Bērziņa", "email": "ilze@pasvaldiba.example", "role": "social_worker", "language": "lv"}


def test_signing_up_and_in(client, db, server, mailoutbox):
    assert f'href="{LOGIN}'.encode() in client.get("/accounts/login/").content
    answer = go_there_and_back(client)
    assert answer["Location"] == "/accounts/3rdparty/signup/"
    page = client.get(answer["Location"]).content.decode()
    assert 'value="Ilze Bērziņa"' in page and 'value="ilze@pasvaldiba.example"' in page
    assert client.post("/accounts/3rdparty/signup/", FORM)["Location"] == "/"
    user = User.objects.get()
    assert (user.name, user.role, user.email) == ("Ilze Bērziņa", "social_worker", "ilze@pasvaldiba.example")
    assert [group.name for group in user.groups.all()] == ["Learners"] and not user.has_usable_password()
    assert client.session["_auth_user_id"] == str(user.pk)

    other = type(client)()
    assert go_there_and_back(other)["Location"] == "/"
    assert other.session["_auth_user_id"] == str(user.pk) and User.objects.count() == 1


def test_nothing_about_who_somebody_is_is_stored_anywhere(client, db, server):
    go_there_and_back(client)
    assert "1980" not in str(dict(client.session))
    client.post("/accounts/3rdparty/signup/", FORM)
    go_there_and_back(type(client)())
    kept = str(SocialAccount.objects.get().extra_data)
    assert "ilze-1" in kept
    for secret in ("1980", "birthdate", "female", "gender", "nationality"):
        assert secret not in kept and secret not in str(dict(client.session))


def test_a_work_account_does_not_take_over_another(client, db, server, make_user, mailoutbox):
    """Same address, no proof that it is the same person: the password account stays closed."""
    ilze = make_user("ilze@pasvaldiba.example")
    go_there_and_back(client)
    client.post("/accounts/3rdparty/signup/", FORM)
    assert "_auth_user_id" not in client.session and User.objects.get() == ilze
    assert not SocialAccount.objects.exists()


def test_connecting_it_to_ones_account_and_back(client, server, signed_in, ilze, mailoutbox):
    signed_in.post("/accounts/reauthenticate/", {"password": PASSWORD})
    there = signed_in.post(f"{LOGIN}?process=connect")
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]
    signed_in.get(f"{LOGIN}callback/", {"code": "c", "state": state})
    account = SocialAccount.objects.get(user=ilze)
    page = signed_in.get("/en/accounts/3rdparty/").content.decode()
    assert "Disconnect" in page and f'value="{account.pk}"' in page
    assert signed_in.get("/accounts/profile/").status_code == 200
    signed_in.post("/accounts/3rdparty/", {"account": account.pk})
    assert not SocialAccount.objects.exists() and EmailAddress.objects.get(user=ilze).email == ilze.email


def test_a_server_that_is_down_is_named_and_nothing_breaks(client, db, server):
    server.broken = True
    answer = client.post(f"/en{LOGIN}")
    assert answer.status_code in (200, 401) and b"does not answer as it should" in answer.content


def test_a_server_that_answers_nonsense_is_named_too(client, db, server):
    server.claims = {"email": "x"}
    assert go_there_and_back(client).status_code in (200, 401)
    assert "_auth_user_id" not in client.session and not User.objects.exists()


def test_somebody_who_changes_their_mind(client, db, server):
    there = client.post(LOGIN)
    state = parse_qs(urlsplit(there["Location"]).query)["state"][0]
    answer = client.get(f"{LOGIN}callback/", {"error": "access_denied", "state": state})
    assert b"sign-in page of your workplace" in client.get("/en" + answer["Location"]).content


@pytest.mark.parametrize("query", [{}, {"code": "c"}, {"code": "c", "state": "made-up"}, {"error": "x"}])
def test_a_made_up_answer_signs_nobody_in(client, db, server, query):
    answer = client.get(f"{LOGIN}callback/", query)
    assert answer.status_code < 500 and "_auth_user_id" not in client.session


def test_an_unknown_server_is_not_there(client, db, server):
    assert client.get("/accounts/oidc/other/login/").status_code == 404


@pytest.mark.parametrize("data", [None, [], "x", {"birthdate": "x"}, {"userinfo": {"gender": "x"}, "id_token": "x"}])
def test_odd_answers_leave_nothing(data):
    assert not any(minimal(data).values())
