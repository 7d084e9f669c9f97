"""The bin (回收站): what was deleted by mistake comes back whole, for thirty days."""
