"""The portal beside other systems that do the same work, measured in one session, in turns."""
