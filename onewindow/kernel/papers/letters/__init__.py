"""Official letters as PDF: numbered, checkable by anybody, kept for ever."""

from onewindow.kernel.papers.letters.issuing import issue_letter, void_letter

__all__ = ["issue_letter", "void_letter"]
