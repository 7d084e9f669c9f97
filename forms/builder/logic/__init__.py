"""What depends on answers: which questions are asked, which must be answered, what is calculated, what is not right.

Expressions are JsonLogic (docs/adr/0008-logic.md). This room evaluates them on the server, the authority;
static/js/form-logic.js evaluates the same ones by the same rules in the browser.

`state_of` works out what follows from answers, `problems_of` what is wrong with a form before anybody fills it in,
`browser_payload` what the browser needs; `evaluate` is for a single expression.
"""
