"""Command line of the emulator."""

import argparse
import json
import os
import sys
import threading

from .depot import Depot
from .server import Server


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m emulators.courier", description="A local courier.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--key", required=True, help="the bearer token that bookings carry")
    parser.add_argument("--webhook-url", default="", help="where reports go; without it they are only kept")
    parser.add_argument("--webhook-secret", default="")
    parser.add_argument("--step-seconds", type=float, default=0, help="parcels move by themselves: a step so often")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the process at the other end")
    arguments = parser.parse_args()
    if arguments.webhook_url and not arguments.webhook_secret:
        parser.error("--webhook-url needs --webhook-secret")
    return arguments


def end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    arguments = read_arguments()
    depot = Depot(key=arguments.key, webhook_url=arguments.webhook_url, webhook_secret=arguments.webhook_secret,
                  step_seconds=arguments.step_seconds)  # fmt: skip
    server = Server(port=arguments.port, depot=depot)
    if arguments.until_stdin_closes:
        threading.Thread(target=end_with_stdin, daemon=True).start()
    sys.stdout.write(json.dumps({"port": server.server_port, "url": server.url}) + "\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
