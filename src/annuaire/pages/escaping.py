"""Render templates as Jinja does, without what these templates have no use for.

Escaping is MarkupSafe's, without wrapping each text in an object that says so: a page holds two hundred texts, and what
templates do with them is only to join them; the wrapping alone took a third of the time of rendering. What is escaped
and what is not is still MarkupSafe's own choice. A MarkupSafe without the private function that escapes a text costs
that time again, and makes the same pages. No function that the templates call asks for their context, and all of them
know the same globals: neither is looked into at each call.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

import markupsafe
from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def escape_piece(value: Any) -> str:
    """Escape what is not marked safe; the answer is only good for being joined to the rest of a page."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    if kind is int:
        return str(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return escape(value)


class PageEnvironment(Environment):
    """Read the attributes of views, which have all those that templates name; Jinja would then look for a key."""

    getattr = staticmethod(getattr)  # type: ignore[assignment]


class PageContext(Context):
    """Call functions and macros as they are; a macro escapes as its own template does."""

    def call(__self, __obj: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja names it
        """Call a function of a template; what Jinja adds for those that ask for the context is left out."""
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs)


class PageTemplate(Template):
    """Render with `escape_piece`: compiled templates name the function that escapes, and only output with it."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Make a template from its compiled code, as loaders ask, and change what its functions call `escape`."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = escape_piece
        return template

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Give the macros of an imported template, made once: the globals of the importing one are its own."""
        return super()._get_default_module()
