# One image for web, worker and beat. Built in two stages: the compiler's leftovers stay in the first.
FROM python:3.11-slim-bookworm AS dependances
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/base.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ENVIRONNEMENT=production
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin reflexes
WORKDIR /app
COPY --from=dependances /opt/venv /opt/venv
COPY --chown=root:root . .
# Static files are gathered once, at build time; no server is contacted and no value below survives.
RUN mkdir -p var /fichiers && chown reflexes var /fichiers \
 && SECRET_KEY=build ALLOWED_HOSTS=build ADRESSE_PUBLIQUE=https://build EMAIL_URL=consolemail:// \
    DATABASE_URL=postgres://build REDIS_URL=redis://build python manage.py collectstatic --noinput
USER reflexes
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-", "--logger-class", "config.journaux.JournalGunicorn", \
     "--no-control-socket", "--max-requests", "2000", "--max-requests-jitter", "200"]
