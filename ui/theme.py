"""Colours and type of the page as a Gradio theme: a quiet newspaper, by day and by night, with fonts already there."""

from __future__ import annotations

import gradio as gr

_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "DejaVu Sans", "sans-serif")
_MONO = ("ui-monospace", "DejaVu Sans Mono", "monospace")


def newspaper() -> gr.themes.Base:
    """The theme; the style sheet builds on its variables."""
    theme = gr.themes.Base(font=_SANS, font_mono=_MONO, radius_size="sm")
    colours = {
        "body_background_fill": ("#fbfaf7", "#15171a"),
        "body_text_color": ("#1d1c1a", "#e9e6df"),
        "body_text_color_subdued": ("#5c5850", "#a9a49a"),
        "background_fill_primary": ("#ffffff", "#1c1f23"),
        "background_fill_secondary": ("#f3f0e9", "#1c1f23"),
        "border_color_primary": ("#d9d4c8", "#3a3d42"),
        "link_text_color": ("#8a1f11", "#ff9d8a"),
        "block_background_fill": ("transparent", "transparent"),
        "block_border_color": ("transparent", "transparent"),
        "block_title_text_color": ("#5c5850", "#a9a49a"),
        "block_label_text_color": ("#5c5850", "#a9a49a"),
        "input_background_fill": ("#ffffff", "#1c1f23"),
        "input_border_color": ("#8f897c", "#7c7f85"),
        "input_border_color_focus": ("#8a1f11", "#ff9d8a"),
        "input_placeholder_color": ("#6a655c", "#a9a49a"),
        "button_primary_background_fill": ("#8a1f11", "#ff9d8a"),
        "button_primary_background_fill_hover": ("#6f170b", "#ffb3a4"),
        "button_primary_text_color": ("#ffffff", "#15171a"),
        "button_secondary_background_fill": ("transparent", "transparent"),
        "button_secondary_background_fill_hover": ("#f3f0e9", "#24272c"),
        "button_secondary_text_color": ("#1d1c1a", "#e9e6df"),
        "button_secondary_border_color": ("#d9d4c8", "#3a3d42"),
        "slider_color": ("#8a1f11", "#ff9d8a"),
        "border_color_accent": ("#8a1f11", "#ff9d8a"),
        "loader_color": ("#8a1f11", "#ff9d8a"),
        "checkbox_background_color": ("#ffffff", "#1c1f23"),
        "checkbox_background_color_selected": ("#8a1f11", "#ff9d8a"),
        "checkbox_border_color": ("#8f897c", "#7c7f85"),
        "checkbox_border_color_selected": ("#8a1f11", "#ff9d8a"),
        "checkbox_border_color_focus": ("#8a1f11", "#ff9d8a"),
        "checkbox_label_background_fill": ("transparent", "transparent"),
        "checkbox_label_background_fill_hover": ("transparent", "transparent"),
        "checkbox_label_background_fill_selected": ("transparent", "transparent"),
        "checkbox_label_text_color": ("#1d1c1a", "#e9e6df"),
        "checkbox_label_text_color_selected": ("#1d1c1a", "#e9e6df"),
    }
    both = {}
    for name, (day, night) in colours.items():
        both[name], both[f"{name}_dark"] = day, night
    return theme.set(**both)
