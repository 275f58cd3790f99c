"""Rendering: terminal, HTML, PDF, DOCX, XLSX and exchange formats.

It may import the stages and kernel.
It must never know Django, nor decide anything that it shows.
"""
