"""Real services for the tests: started on free loopback ports, stopped again, nothing left behind."""

from tests.services.postgres import LocalPostgres
from tests.services.process import free_port
from tests.services.redis import LocalRedis

__all__ = ["LocalPostgres", "LocalRedis", "free_port"]
