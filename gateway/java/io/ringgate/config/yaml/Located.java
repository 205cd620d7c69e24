package io.ringgate.config.yaml;

import io.ringgate.config.Place;

/** A value that was read, and where. */
record Located<T>(T value, Place place) {}
