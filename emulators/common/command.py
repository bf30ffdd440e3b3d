"""The command line that every emulator has, and its life as a process."""

import argparse
import json
import os
import secrets
import sys
import threading

from .server import Answer, Server


def add_common_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--webhook-url")
    parser.add_argument("--webhook-secret")
    parser.add_argument(
        "--seed", default=secrets.token_hex(8), help="the same seed gives the same ids; random unless given"
    )
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end with the process that holds the other end"
    )


def serve(arguments: argparse.Namespace, answer: Answer) -> None:
    """Print one line of JSON with port and URL, then serve until the end."""
    server = Server(port=arguments.port, answer=answer)
    if arguments.until_stdin_closes:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    sys.stdout.write(json.dumps({"port": server.server_port, "url": server.url}) + "\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


def _end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(0)
