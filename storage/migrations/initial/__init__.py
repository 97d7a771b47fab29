"""Revision 0001, in parts: the tables of the first release."""
