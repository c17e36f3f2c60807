"""Where coordinates stand against borders and the zones of a published policy.

    >>> import kordon
    >>> evaluator = kordon.Evaluator()
    >>> evaluator.evaluate(36.5873, 50.5956, at="2024-06-15T00:00:00Z", activity="counter-fire").verdict
    'eligible'

Kordon reads a public statement against public boundary data. It is not an authorisation, and it knows nothing of
weapons.

Where pandas is installed, DataFrames have `df.kordon`.
"""

from importlib.util import find_spec

from kordon.errors import ConfigError, FieldError, InputError
from kordon.evaluator import Evaluator
from kordon.explanation import Explanation
from kordon.scores import Score, Scores

__all__ = ["ConfigError", "Evaluator", "Explanation", "FieldError", "InputError", "Score", "Scores"]
__version__ = "0.1.0"

if find_spec("pandas"):
    import kordon.pandas  # noqa: F401
