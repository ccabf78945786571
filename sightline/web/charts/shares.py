"""A bar parted by how many agree, neither, and disagree: the same stands in words beside it, so it is for the eye alone."""

from __future__ import annotations

from markupsafe import Markup

WIDTH, HEIGHT = 200, 16


def share_bar(agree: int, neither: int, disagree: int) -> Markup:
    """This function will draw three counts side by side, each as wide as its share; nothing where all are nought."""
    parts = (("agree", agree), ("neither", neither), ("disagree", disagree))
    whole = sum(count for _, count in parts)
    drawn, begins = [], 0.0
    for name, count in parts:
        if count:
            wide = WIDTH * count / whole
            drawn.append(f'<rect class="c-{name}" x="{begins:.1f}" y="0" width="{wide:.1f}" height="{HEIGHT}"/>')
            begins += wide
    opened = f'<svg class="chart c-shares" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
    return Markup(f"{opened}{''.join(drawn)}</svg>" if drawn else "")  # noqa: S704 - numbers and words of our own
