"""Many at the same moment."""

import threading
from collections.abc import Callable

from django.db import connection


def in_threads(count: int, work: Callable[[int], object]) -> list[object]:
    """What `work(number)` returned or raised, for `count` threads that start together."""
    barrier, outcomes = threading.Barrier(count), []

    def one(number):
        try:
            barrier.wait()
            outcomes.append(work(number))
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
