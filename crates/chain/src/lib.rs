//! The heart: the value chain as a graph in memory. Build from facts, apply a change, trace, coverage, roll-up, why.
