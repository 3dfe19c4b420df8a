"""Run `annuaire` as usual, leaving out the search index and the data files, that Hugo does not make.

A program of its own, `python -m bench.pages_only build …`: all the rest (start, theme engine, reading, judging,
pages, links, exchange) is what `annuaire build` does.
"""

from __future__ import annotations

from annuaire import cli, exports, search


def main() -> None:
    """Run the command line without these two steps."""
    exports.write = lambda *_: ()
    search.index = lambda *_: None
    cli.main()


if __name__ == "__main__":
    main()
