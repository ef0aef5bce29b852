# Deskhand as an image. `docker build -t deskhand .`; compose.yaml shows how it is run.

# ---- styles and scripts, as `make build` makes them -----------------------------------------------------------------
FROM node:22-bookworm-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY vite.config.ts tsconfig.json ./
COPY frontend frontend
COPY src src
RUN npm run build

# ---- Python packages, as scripts/bootstrap installs them ------------------------------------------------------------
FROM python:3.13-slim-bookworm AS packages
WORKDIR /build
RUN python -m venv /opt/deskhand
COPY requirements requirements
RUN /opt/deskhand/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt -r requirements/base.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY src src
COPY scripts/languages.py scripts/
RUN /opt/deskhand/bin/python scripts/languages.py compile
COPY --from=front-end /build/src/deskhand/static/build src/deskhand/static/build
RUN /opt/deskhand/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

# ---- what runs ------------------------------------------------------------------------------------------------------
FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin deskhand \
    && install -d -o deskhand -g deskhand /data
COPY --from=packages /opt/deskhand /opt/deskhand
ENV PATH=/opt/deskhand/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DESKHAND_HOME=/data \
    WEB_HOST=0.0.0.0 \
    MAIL_LISTEN_HOST=0.0.0.0
USER deskhand
WORKDIR /data
VOLUME /data
EXPOSE 8000 2525
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["deskhand"]
CMD ["run", "--migrate"]
