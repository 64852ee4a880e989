# One image for every Airflow component of docker-compose.yaml, from the same lock as `make setup`.
FROM python:3.11-slim-bookworm

ENV AIRFLOW_HOME=/opt/airflow \
    PYTHONUNBUFFERED=1 \
    PYTHONPATH=/opt/casualties/include \
    CASUALTIES_DATA_DIR=/data \
    CASUALTIES_GAZETTEER=/opt/casualties/gazetteer.db

RUN apt-get update \
    && apt-get install --yes --no-install-recommends curl tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 50000 --create-home airflow \
    && mkdir -p /opt/airflow /opt/casualties /data \
    && chown -R airflow:airflow /opt/airflow /opt/casualties /data

WORKDIR /opt/casualties
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt

COPY --chown=airflow:airflow . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable .
USER airflow
RUN python -m casualties.events.gazetteer.build

ENTRYPOINT ["tini", "--"]
CMD ["airflow", "version"]
