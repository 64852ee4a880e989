"""Whether a run's staged records can be believed: Great Expectations suites as code, and what they found."""

from casualties.quality.verdict import Verdict, validate
from casualties.quality.warehouse import warehouse_checks

__all__ = ["Verdict", "validate", "warehouse_checks"]
