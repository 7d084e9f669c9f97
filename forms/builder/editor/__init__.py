"""The editor in which forms are built: what the Wagtail admin is given so that logic is made by clicking."""
