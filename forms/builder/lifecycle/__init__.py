"""When a form takes reports, and from whom: open, closing (drafts may finish), closed; with dates; by unit."""
