"""The HTTP server of `fact-lookup serve`: its socket, its processes, what it says when it is up."""

import contextlib
import gc
import logging
import os
import socket
from typing import Any

import click

from service.cli.running import ADDRESS_TAKEN, FAILED, USAGE, Failure, read_settings
from service.settings import Settings

# Seconds that running requests get to finish before the server closes their connections.
GRACE = 10


def application() -> Any:
    """The ASGI application, made from the environment: what each process of `serve --workers` runs."""
    # What is made now stays: looking through it for garbage, again and again, takes a sixth of the start.
    gc.disable()
    from service.app import create_app

    settings = read_settings()
    configure_logging(settings)
    app = create_app(settings)
    gc.freeze()
    gc.enable()
    return app


def bind(host: str, port: int) -> socket.socket:
    """A socket that has the address but does not listen yet."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise Failure(f"HOST: {host!r} is no address of this machine", USAGE) from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        reason = f"cannot serve on {host} port {port}: {error.strerror}"
        raise Failure(f"{reason}. Set HOST and PORT to use another address", ADDRESS_TAKEN) from error
    return listener


def run(settings: Settings, listener: socket.socket) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    # The embedded database's address and the options reach the worker processes this way.
    os.environ |= {"DATABASE_URL": settings.database_url or "", "LOG_LEVEL": settings.log_level}
    config = uvicorn.Config(
        "service.cli.serving:application",
        factory=True,
        workers=settings.workers,
        loop="uvloop",
        http="service.web.protocol:Protocol",
        lifespan="on",
        log_config=None,
        # Its own progress messages say nothing that ours do not.
        log_level="debug" if settings.log_level == "debug" else "warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                announce(listener)

    if settings.workers > 1:
        listener.listen(2048)  # connections wait here until the workers are up
        announce(listener)
        Multiprocess(config, sockets=[listener]).run()
    else:
        server = Server(config)
        with contextlib.suppress(KeyboardInterrupt):  # raised again by uvicorn after an orderly stop
            server.run(sockets=[listener])
        if not server.started:
            raise Failure("the service did not start", FAILED)
    click.echo("Stopped.", err=True)


def announce(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    click.echo(
        f"\nServing on {base}\n"
        f"  try it by hand   {base}/docs\n"
        f"  ask a question   curl '{base}/v1/lookup?q=How+many+people+were+arrested%3F'\n"
        f"  the description  {base}/openapi.json\n"
        f"  what is claimed  curl '{base}/v1/facts?predicate=arrests'\n"
        f"  who is meant     curl '{base}/v1/entities?q=Tokajew'\n"
        "Ctrl-C stops it.\n"
    )


def configure_logging(settings: Settings) -> None:
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
