"""P5, P22, P25: every field of every form with sixty-four thousand signs, and every number in one with nobody's number.

Answered in words, kept nowhere, on both databases alike.
"""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField

from frontdesk.kit.fitting import TooLong
from frontdesk.kit.rows import insert
from frontdesk.kit.versioned import Versioned, save_changes
from tests.attacks.forms import forms_of
from tests.attacks.practice import undone

pytestmark = pytest.mark.django_db
LONG, DIGITS, NOBODYS = "Wo" * 32_768, "7" * 65_536, "987654321"
WRITES = re.compile(r"\s*(INSERT|UPDATE)", re.IGNORECASE)


def test_no_field_of_any_form_takes_sixty_four_thousand_signs_or_nobodys_number(world):
    kept, wrong, asked = [], [], set()

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and any(isinstance(one, str) and len(one) > 60_000 for one in params or ()):
            kept.append(sql[:80])
        return execute(sql, params, many, context)

    for route, to, fields, browser in forms_of(world):
        if route == "catalogue":  # samples, sent nowhere
            continue
        for field, value in fields.items():
            if (route, field) in asked or field == "csrfmiddlewaretoken":
                continue
            asked.add((route, field))
            for word in (LONG, *((DIGITS, NOBODYS) if value.isdecimal() or "id" in field else ())):
                kept.clear()
                with undone(), connection.execute_wrapper(watch):
                    try:
                        answer = browser.post(to, {**fields, field: word}).status_code
                        if word is NOBODYS:
                            connection.check_constraints()
                    except Exception as broken:
                        answer = f"{type(broken).__name__}: {str(broken)[:80]}"
                if not isinstance(answer, int) or answer >= 500:
                    wrong.append(f"{route} {field}={word[:9]}: {answer}")
                wrong += [f"{route} keeps {field}: {sql}" for sql in kept]
    assert len(asked) > 300
    assert not wrong, "\n".join(wrong)


TEXTS = [
    (model, field.attname)
    for model in apps.get_models()
    if model.__module__.startswith("frontdesk.")
    for field in model._meta.concrete_fields
    if isinstance(field, CharField) and field.max_length
]


def test_whatever_stores_a_row_holds_it_to_its_columns(db):
    """Behind the forms: import, command line, worker and all verbs store rows in these three ways."""
    assert len(TEXTS) > 100
    for model, name in TEXTS:
        for store in (lambda row: row.save(), insert):
            with pytest.raises(TooLong) as refused:
                store(model(**{name: LONG}))
            assert set(refused.value.fields) == {name}
        if issubclass(model, Versioned):
            with pytest.raises(TooLong):
                save_changes(model(pk=1), {name: LONG})
