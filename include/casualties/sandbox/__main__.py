"""``python -m casualties.sandbox WORKERS TIMEOUT MEMORY``: started by :class:`Sandbox`, not by hand."""

import sys

from casualties.sandbox.child import serve

if __name__ == "__main__":
    serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
