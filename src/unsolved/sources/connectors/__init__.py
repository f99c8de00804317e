"""Where documents and organisations come from; each connector reads one sort of place."""
