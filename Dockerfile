# sayso with all that a newsroom's server needs; docs/newsroom.md says how it is run. What is installed is locked.
FROM python:3.11.13-slim-bookworm AS build
WORKDIR /build
RUN python -m venv /opt/sayso
COPY requirements-server.lock ./
RUN /opt/sayso/bin/pip install --no-cache-dir --require-hashes -r requirements-server.lock
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/sayso/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11.13-slim-bookworm
RUN useradd --system --uid 10001 --user-group --create-home --home-dir /data sayso \
    && install --directory --owner sayso --group sayso /batches
COPY --from=build /opt/sayso /opt/sayso
ENV PATH=/opt/sayso/bin:$PATH SAYSO_ARCHIVE=/data/archive.db PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8377
ENTRYPOINT ["sayso"]
CMD ["desk", "--host", "0.0.0.0"]
