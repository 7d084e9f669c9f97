"""How well the search finds: judged questions are asked of the engine that answers the page."""
