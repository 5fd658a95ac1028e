//! The app from outside: a browser on one side, a small platform that only speaks the documented interface
//! on the other, both on loopback.

mod browser;
mod failing;
mod fake;
mod linking;
mod reading;
mod world;
