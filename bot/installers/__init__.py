"""Installers: the places where providers look for skills."""
