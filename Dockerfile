# The portal for production: web server and worker run from this one image (see compose.yaml).
FROM python:3.11-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/portal
COPY requirements.txt package.json package-lock.json .npmrc ./
COPY portal/ops/setup.py portal/ops/setup.py
COPY locale locale
RUN python portal/ops/setup.py --for run

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv/portal portal && install -d -o portal /var/lib/portal
WORKDIR /srv/portal
COPY --from=build /srv/portal/.venv .venv
COPY . .
COPY --from=build /srv/portal/static/vendor static/vendor
COPY --from=build /srv/portal/locale locale
ENV PATH=/srv/portal/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    PORTAL_DATA_DIR=/var/lib/portal
RUN PORTAL_SECRET_KEY=only-for-collecting-static-files PORTAL_ALLOWED_HOSTS=localhost \
    PORTAL_SEARCH_ENGINE=embedded PORTAL_DATA_DIR=/srv/portal/build \
    python manage.py collectstatic --noinput
ENV PORTAL_STATIC_ROOT=/srv/portal/build/static
USER portal
VOLUME /var/lib/portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen(urllib.request.Request('http://127.0.0.1:8000/health/', headers={'X-Forwarded-Proto': 'https', 'Host': 'localhost'}), timeout=4)"]
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--timeout", "60"]
