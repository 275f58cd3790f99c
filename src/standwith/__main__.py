"""Run the command line as `python -m standwith`."""

from standwith.cli.main import run

if __name__ == "__main__":
    run()
