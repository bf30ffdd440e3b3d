"""Command line of the emulator."""

import argparse

from ..common.command import add_common_arguments, serve
from ..common.wire import Request, Response
from .api import answer_api
from .control import answer_control
from .pages import answer_page
from .world import World


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m emulators.stripe", description="A local Stripe.")
    add_common_arguments(parser)
    parser.add_argument("--secret-key", help="open an account with this key at start")
    arguments = parser.parse_args()
    if arguments.webhook_url and not (arguments.secret_key and arguments.webhook_secret):
        parser.error("--webhook-url needs --secret-key and --webhook-secret")
    return arguments


def open_first_account(world: World, arguments: argparse.Namespace) -> None:
    if not arguments.secret_key:
        return
    webhooks = []
    if arguments.webhook_url:
        webhooks.append({"url": arguments.webhook_url, "secret": arguments.webhook_secret})
    world.add_account({"secret_key": arguments.secret_key, "webhooks": webhooks})


def answer(world: World, request: Request) -> Response | None:
    if request.path.startswith("/_emu/"):
        return answer_control(world, request)
    return answer_page(world, request) or answer_api(world, request)


def main() -> None:
    arguments = read_arguments()
    world = World(seed=arguments.seed)
    open_first_account(world, arguments)
    serve(arguments, lambda request: answer(world, request))


if __name__ == "__main__":
    main()
