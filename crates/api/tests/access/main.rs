//! Who is let in, what they may do and how often: as those see it who would like to get around it.

mod connections;
mod door;
mod issuer;
mod keys;
mod limits;
mod logs;
mod managing;
mod roles;

mod signers;
mod tokens;
