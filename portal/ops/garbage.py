"""How often Python looks for garbage that refers to itself."""

import gc


def collect_less() -> None:
    """Take what is loaded now as staying, and look through the rest less often.

    Python looks after every seven hundred new containers: whoever reads rows by the thousand spends a third of the time
    on it, and a process of Django's size is gone through again and again. Most garbage needs no looking for.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
