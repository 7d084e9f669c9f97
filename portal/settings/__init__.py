"""Settings: `dev` (demo on one machine), `production`, `test`; what they share is in `base`."""
