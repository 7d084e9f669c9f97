"""Taking answers over that a unit has already given to another form, so that it is not asked to type them again."""

from forms.builder.answers import Answers
from forms.builder.fields.choice import choices_of
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.versions.burden import is_compatible, taken_from
from forms.builder.versions.providers import Answered, reports
from forms.builder.versions.widening import carried_answer


def reused_answers(schema: FormSchema, *, unit_id: int) -> Answers:
    """What the unit answered last, in accepted reports, where questions take their answers from other forms.

    By key of the questions of `schema`; one query for each question that takes an answer over.
    """
    found: Answers = {}
    for question in schema:
        origin = taken_from(question)
        answered = reports().last_answer_of(origin[0], origin[1], unit_id=unit_id) if origin else None
        answer = taken_over(question, answered) if answered else None
        if answer is not None:
            found[question.key] = answer
    return found


def taken_over(question: FieldSchema, answered: Answered) -> object:
    """The answer as one to this question; None where it cannot be."""
    if not is_compatible(answered.field, question):
        return None
    answer = carried_answer(answered.answer, answered.field, question)
    return by_label(question, answered.field, answer) if "choices" in question.options else answer


def by_label(question: FieldSchema, other: FieldSchema, answer: object) -> object:
    """Codes are a form's own: a choice is found again by its label. None if a label is not in this list."""
    labels, codes = dict(choices_of(other)), {label: code for code, label in choices_of(question)}
    chosen = answer if isinstance(answer, list) else [answer]
    found = [codes.get(labels.get(str(code), "")) for code in chosen]
    if None in found or not found:
        return None
    return found if isinstance(answer, list) else found[0]
