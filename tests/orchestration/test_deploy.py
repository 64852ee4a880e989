"""A deployment that is not safe to open to others is refused, and told why."""

import pytest

from casualties.orchestration.deploy import faults

SAFE = {
    "AIRFLOW__CORE__AUTH_MANAGER": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
    "AIRFLOW__API_AUTH__JWT_SECRET": "f2c9a7d4e8b1-5360",
    "AIRFLOW_ADMIN_PASSWORD": "kestrel over the long meadow",
    "AIRFLOW__CORE__FERNET_KEY": "A" * 43 + "=",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "postgresql+psycopg2://airflow:x@postgres/airflow",
}


def test_a_sound_deployment_is_let_through() -> None:
    assert faults(SAFE) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AIRFLOW__CORE__AUTH_MANAGER", ""),
        (
            "AIRFLOW__CORE__AUTH_MANAGER",
            "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
        ),
        ("AIRFLOW__API_AUTH__JWT_SECRET", ""),
        ("AIRFLOW_ADMIN_PASSWORD", "admin"),
        ("AIRFLOW_ADMIN_PASSWORD", "short"),
        ("AIRFLOW__CORE__FERNET_KEY", "not a key"),
        ("AIRFLOW__CORE__FERNET_KEY", "AAAA"),
        ("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "sqlite:////data/airflow.db"),
    ],
)
def test_each_unsafe_setting_is_named_and_its_value_is_not(name: str, value: str) -> None:
    (sentence,) = faults(SAFE | {name: value})
    assert name in sentence
    assert not value or len(value) < 6 or value not in sentence


def test_nothing_set_is_refused_for_every_reason() -> None:
    assert len(faults({})) == len(SAFE)
