"""Standing in (代理): somebody holds another's role from one day to another."""
