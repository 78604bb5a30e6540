"""Settings that all tests share."""

from hypothesis import HealthCheck, settings

# Tests are never timed: a slow machine is no fault of the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
