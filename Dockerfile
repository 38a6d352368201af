# docker build -t mangaka .
# Behind a mirror: --build-arg PYTHON_IMAGE=MIRROR/python:3.12-slim, and pip's settings (index, certificates) as a
# secret that stays in no layer: --secret id=pip,src=$HOME/.config/pip/pip.conf
ARG PYTHON_IMAGE=python:3.12-slim

FROM ${PYTHON_IMAGE} AS build
WORKDIR /app
COPY bootstrap/ bootstrap/
COPY assets/package.json assets/package-lock.json assets/.npmrc assets/
COPY deploy/__init__.py deploy/
COPY deploy/image/ deploy/image/
COPY requirements.lock ./
# Further packages of the lock, for other writers than Gemini: --build-arg ALSO=langchain,langchain-openai
ARG ALSO=""
RUN --mount=type=secret,id=pip,target=/etc/pip.conf \
    python -B -m deploy.image --env /app/.venv --fonts /app/assets/fonts --also "${ALSO}" \
    && /app/.venv/bin/python -m compileall -q -j 0 /app/.venv/lib

FROM ${PYTHON_IMAGE}
RUN groupadd --gid 10001 mangaka \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/mangaka --shell /usr/sbin/nologin mangaka \
    && install -d -o mangaka -g mangaka -m 0700 /var/lib/mangaka /var/lib/mangaka/blobs
WORKDIR /app
COPY --from=build /app/.venv /app/.venv
COPY --from=build /app/assets/fonts /app/assets/fonts
COPY --from=build /app/assets/browser /app/assets/browser
COPY LICENSE ./
COPY deploy/image/mangaka /usr/local/bin/mangaka
COPY manga/ manga/
COPY drawing/ drawing/
COPY prompts/ prompts/
COPY providers/ providers/
COPY offline/ offline/
COPY storage/ storage/
COPY agents/ agents/
COPY editing/ editing/
COPY calls/ calls/
COPY graph/ graph/
COPY works/ works/
COPY server/ server/
COPY cli/ cli/
COPY examples/*.txt examples/
RUN /app/.venv/bin/python -m compileall -q -j 0 manga drawing prompts providers offline storage agents editing calls graph works server cli
# Nothing is written beside the code: the root may be read-only, with /tmp and /var/lib/mangaka writable.
ENV PYTHONPATH=/app \
    PYTHONSAFEPATH=1 \
    PYTHONUTF8=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/var/lib/mangaka \
    MANGA_HOME=/var/lib/mangaka \
    MANGA_HOST=0.0.0.0 \
    MANGA_PORT=8080
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["mangaka"]
CMD ["serve"]
