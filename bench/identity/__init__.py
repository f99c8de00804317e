"""Records of organisations and people, labelled by hand: which are one."""
