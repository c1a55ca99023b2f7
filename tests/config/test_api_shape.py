"""One error shape, for every kind of fault."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.exceptions import ValidationError as ApiError

from config.api import PROBLEM, flatten, problem_details


@pytest.mark.parametrize(
    ("error", "status", "errors"),
    [
        (ValidationError({"name": "Too long"}), 400, {"name": ["Too long"]}),
        (ValidationError("All wrong"), 400, {"non_field_errors": ["All wrong"]}),
        (ApiError({"items": [{}, {"text": ["Missing"]}]}), 400, {"items.1.text": ["Missing"]}),
        (NotFound(), 404, None),
        (Throttled(wait=3), 429, None),
    ],
)
def test_every_fault_is_a_problem_that_names_its_fields(error, status, errors):
    response = problem_details(error, {})
    assert response is not None
    assert response.status_code == status
    assert response.content_type == PROBLEM
    assert {"type", "title", "status", "detail"} <= set(response.data)
    assert response.data.get("errors") == errors


def test_what_is_no_fault_of_the_request_is_not_dressed_up_as_one():
    assert problem_details(RuntimeError("bug"), {}) is None


def test_deep_errors_are_named_by_their_path():
    assert flatten({"a": {"b": ["c"]}}) == {"a.b": ["c"]}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/", "/api/v1/nothing/", "/api/v1/lessons/00000000-0000-0000-0000-000000000000/"])
def test_unknown_addresses_answer_in_the_same_shape(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == PROBLEM
    assert response.json()["status"] == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_an_unknown_address_is_unknown_to_every_method(method):
    strict = Client(enforce_csrf_checks=True)
    response = getattr(strict, method)("/api/v1/exercises/0/check/", {}, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


@pytest.mark.django_db
def test_the_schema_describes_the_api_without_a_warning(tmp_path):
    from django.core.management import call_command

    target = tmp_path / "schema.yaml"
    call_command("spectacular", "--fail-on-warn", "--validate", "--file", str(target))
    assert "/api/v1/attempts/{uuid}/responses/{exercise}/" in target.read_text()


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x", "1e3"])
def test_an_absurd_page_is_not_there(client, number):
    assert client.get("/api/v1/words/", {"page": number}).status_code == 404
