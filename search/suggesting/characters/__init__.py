"""What characters sound like and which look alike: tables that are made once and kept beside the code."""
