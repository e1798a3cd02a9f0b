"""Walking the portal from the outside: real processes, real HTTP. Used by the topology test and the benchmarks."""
