"""A small OpenID provider on this machine that speaks the true protocol: discovery, codes, PKCE, signed tokens, keys.

What it signs can be bent by a test (`bend`), to see that nothing crooked is believed.
"""

import base64
import hashlib
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from frontdesk.kit import clock

CLIENT, SECRET = "frontdesk", "a secret of the two"


class Provider:
    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes, self.asked = {}, []
        self.subject, self.amr = "rosa-at-the-provider", []
        self.bend = lambda claims: claims
        self.sign = lambda claims: jwt.encode(claims, self.key, "RS256", headers={"kid": "one"})
        provider = self

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.answer(self, urlsplit(self.path), {})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, urlsplit(self.path), {k: v[0] for k, v in parse_qs(body).items()})

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, desk, address, form):
        self.asked.append(address.path)
        query = {k: v[0] for k, v in parse_qs(address.query).items()}
        if address.path == "/authorize":
            return self._authorize(desk, query)
        told = {
            "/.well-known/openid-configuration": lambda: {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            },
            "/keys": lambda: {
                "keys": [
                    {
                        **json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key())),
                        "kid": "one",
                        "use": "sig",
                    }
                ]
            },
            "/token": lambda: self._token(desk, form),
        }[address.path]()
        body = json.dumps(told or {"error": "invalid_grant"}).encode()
        desk.send_response(200 if told else 400)
        desk.send_header("Content-Type", "application/json")
        desk.send_header("Content-Length", str(len(body)))
        desk.end_headers()
        desk.wfile.write(body)

    def _authorize(self, desk, query):
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        desk.send_response(302)
        desk.send_header(
            "Location", f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        )
        desk.send_header("Content-Length", "0")
        desk.end_headers()

    def _token(self, desk, form):
        basic = base64.b64decode(desk.headers["Authorization"].removeprefix("Basic ")).decode()
        asked = self.codes.pop(form.get("code"), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        right = (
            asked
            and basic == f"{CLIENT}:{SECRET.replace(' ', '%20')}"
            and asked["code_challenge"] == challenge.decode().rstrip("=")
            and asked["redirect_uri"] == form["redirect_uri"]
        )
        if not right:
            return None
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "nonce": asked["nonce"],
            "amr": self.amr,
        }
        claims |= {"iat": now, "exp": now + 300}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.sign(self.bend(claims))}
