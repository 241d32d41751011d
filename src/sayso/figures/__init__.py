"""Figures: the quantities of a text."""

from sayso.figures.reading import extract_figures, figures_in

__all__ = ["extract_figures", "figures_in"]
