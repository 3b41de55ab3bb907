"""OpenFisca's formula classes, unchanged, as one fused pass over households: traced into a graph, written out, compiled."""
