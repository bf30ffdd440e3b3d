"""Command line of the emulator."""

import argparse
import json
import os
import secrets
import sys
import threading

from .server import Server
from .world import World


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m emulators.razorpay", description="A local Razorpay.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--key-id", help="open this account at start")
    parser.add_argument("--key-secret")
    parser.add_argument("--webhook-url")
    parser.add_argument("--webhook-secret")
    parser.add_argument("--capture", choices=("automatic", "manual"), default="automatic")
    parser.add_argument("--seed", help="the same seed gives the same ids; random unless given")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end with the process that holds the other end"
    )
    arguments = parser.parse_args()
    if arguments.key_id and not arguments.key_secret:
        parser.error("--key-id needs --key-secret")
    if arguments.webhook_url and not (arguments.key_id and arguments.webhook_secret):
        parser.error("--webhook-url needs --key-id and --webhook-secret")
    return arguments


def open_first_account(world: World, arguments: argparse.Namespace) -> None:
    if not arguments.key_id:
        return
    webhooks = []
    if arguments.webhook_url:
        webhooks.append({"url": arguments.webhook_url, "secret": arguments.webhook_secret})
    world.add_account(
        {
            "key_id": arguments.key_id,
            "key_secret": arguments.key_secret,
            "switches": {"capture": arguments.capture},
            "webhooks": webhooks,
        }
    )


def end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    arguments = read_arguments()
    world = World(seed=arguments.seed or secrets.token_hex(8))
    open_first_account(world, arguments)
    server = Server(port=arguments.port, world=world)
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
