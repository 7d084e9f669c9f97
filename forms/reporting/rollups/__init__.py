"""Roll-ups (汇总报告): one document out of all accepted reports of a period, each sentence with its source."""
