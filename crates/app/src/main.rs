//! The binary `saithong`.

fn main() {}
