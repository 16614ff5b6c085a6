//! The real window under WebDriver: see `tests/window`. Nothing is exported.
