from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "qms.kernel"
