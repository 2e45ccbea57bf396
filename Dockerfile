FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /venv && python -m venv /tools
COPY requirements/runtime.txt requirements/build.txt requirements/
RUN --mount=type=cache,target=/root/.cache/pip \
    /venv/bin/python -m pip install --require-hashes --only-binary :all: -r requirements/runtime.txt \
 && /tools/bin/python -m pip install --require-hashes --only-binary :all: -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY alembic alembic
COPY seeds seeds
COPY service service
# Compiled here, since the final file system may be read-only. Out goes what nothing there uses: pip, the makers of
# random examples that litestar brings along, source maps, and an editor beside the pages for trying the API.
RUN /tools/bin/python -m pip wheel --no-build-isolation --no-deps --wheel-dir /dist . \
 && /venv/bin/python -m pip install --no-deps --no-index /dist/*.whl \
 && /venv/bin/python -m pip uninstall --yes faker polyfactory pip \
 && find /venv \( -name '*.map' -o -name 'swagger-editor*' \) -type f -delete \
 && python -m compileall -q -j 0 /venv/lib

FROM python:3.13-slim
LABEL org.opencontainers.image.title="fact-lookup" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8000
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/ready', timeout=4)"]
ENTRYPOINT ["fact-lookup"]
CMD ["serve"]
