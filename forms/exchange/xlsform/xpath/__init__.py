"""Expressions between JsonLogic (docs/adr/0008-logic.md) and the XPath of ODK (https://docs.getodk.org/form-logic)."""
