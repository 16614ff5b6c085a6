//! The tests of the whole: tidy checks and journeys in `tests/`, browser journeys in `ui/`, the real window in `desktop/`.
