"""Registers the News desk page with the Airflow UI; its code is in ``casualties.orchestration.newsdesk``."""

from typing import ClassVar

from airflow.plugins_manager import AirflowPlugin

from casualties.orchestration.newsdesk import app


class NewsDesk(AirflowPlugin):
    name = "newsdesk"
    fastapi_apps: ClassVar = [{"app": app, "url_prefix": "/newsdesk", "name": "News desk"}]
    external_views: ClassVar = [
        {"name": "News desk", "href": "/newsdesk/", "destination": "nav", "category": "browse", "url_route": "newsdesk"}
    ]
