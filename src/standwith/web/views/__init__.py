"""Views, one module for each stage; each function calls one service."""
