"""The two engines behind one protocol: Elasticsearch, and an embedded one on SQLite."""
