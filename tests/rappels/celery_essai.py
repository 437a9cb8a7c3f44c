"""The platform's Celery application with a beat in a hurry and the writer of these tests."""

from celery.signals import worker_process_init

from config.celery import app

# A queue of their own: a developer's worker may listen to the usual one.
app.conf.task_default_queue = "essai-rappels"
app.conf.beat_schedule = {
    "rappels-sonner": {
        "task": "rappels.tasks.sonner",
        "schedule": 1.0,
        "options": {"queue": "essai-rappels", "expires": 25},
    }
}


@worker_process_init.connect
def _redacteur(**kwargs):
    import tests.rappels.redacteur_essai  # noqa: F401


__all__ = ["app"]
