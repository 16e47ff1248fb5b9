"""The addresses of signing in, and of how one does it."""

from django.urls import path

from frontdesk.entrypoints.desk import access, covering, my_sign_in, screens, session, single_sign_on, welcome

urlpatterns = [
    path("sign-in", session.sign_in, name="sign_in"),
    path("sign-in/code", session.code, name="sign_in_code"),
    path("sign-in/passkey", session.passkey, name="sign_in_passkey"),
    path("sign-in/with", single_sign_on.begin, name="sign_in_with"),
    path("sign-in/back", single_sign_on.back, name="sign_in_back"),
    path("my/sign-in/link", single_sign_on.link, name="link_identity"),
    path("my/sign-in/unlink", single_sign_on.unlink, name="unlink_identity"),
    path("sign-out", session.sign_out, name="sign_out"),
    path("lock", covering.lock, name="lock"),
    path("awake", covering.awake, name="awake"),
    path("unlock", covering.unlock, name="unlock"),
    path("unlock/passkey", covering.unlock_passkey, name="unlock_passkey"),
    path("password", session.password, name="password"),
    path("my/sign-in", my_sign_in.overview, name="my_sign_in"),
    path("my/sign-in/prove", my_sign_in.prove, name="prove"),
    path("my/sign-in/app/begin", my_sign_in.begin_app, name="begin_app"),
    path("my/sign-in/app", my_sign_in.app, name="add_app"),
    path("my/sign-in/passkey", my_sign_in.passkey, name="add_passkey"),
    path("my/sign-in/codes", my_sign_in.codes, name="recovery_codes"),
    path("my/sign-in/pin", my_sign_in.pin, name="set_pin"),
    path("my/sign-in/factors/<int:factor_id>/remove", my_sign_in.remove, name="remove_factor"),
    path("my/sign-in/sessions/<int:sign_in_id>/end", my_sign_in.end, name="end_session"),
    path("my/sign-in/sessions/end-others", my_sign_in.end_others, name="end_other_sessions"),
    path("welcome/<str:token>", welcome.welcome, name="welcome"),
    path("people/policy", access.policy, name="sign_in_policy"),
    path("people/<int:user_id>/invite", access.invite, name="invite"),
    path("people/devices", access.devices, name="devices"),
    path("people/devices/here", access.register, name="register_device"),
    path("people/devices/<int:device_id>/end", access.end_device, name="end_device"),
    path("emergency", access.emergency, name="emergency"),
    path("emergency/end", access.end_emergency, name="end_emergency"),
    path("emergencies", access.emergencies, name="emergencies"),
    path("emergencies/<int:access_id>/seen", access.seen, name="emergency_seen"),
    path("screen", screens.screen, name="screen"),
]
