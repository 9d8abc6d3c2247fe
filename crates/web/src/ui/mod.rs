//! The components of the design as typed functions. Builders end with `show`; what needs words of its own takes the language.

pub mod mark;

mod card;
mod chart;
mod code;
mod control;
mod empty;
mod filter;
mod finding;
mod form;
mod format;
mod icon;
mod matrix;
mod nav;
mod rails;
mod shell;
mod stat;
mod status;
mod step;
mod table;
mod text;
mod thread;
mod tile;
mod timeline;
mod tree;

pub use card::{
    Card, Row, button, definitions, heading, legend, note, rows, sample, section, small_button,
};
pub use chart::{Chart, Flow, FlowState, Line, LineKind, SankeyNode, line_data, sankey_data};
pub use code::{code, code_link, count_badge, target_code, target_code_small, target_link};
pub use control::{Choice, crumbs, pagination, search_form, segments, tabs};
pub use empty::Empty;
pub use filter::Filters;
pub use finding::{FindingRow, error_summary};
pub use form::{Form, Groups, Kind, act_button, choice_words, secret};
pub use format::{
    clock_time, count, exact_share, long_day, moment, money, of, percent, period, plain_percent,
    quantity, rounded, share, short_day, year_alone, year_range,
};
pub use icon::{Icon, icon, small_icon};
pub use matrix::{Matrix, MatrixCell, MatrixRow};
pub use nav::Place;
pub use rails::{Join, JoinState, Lane, Node, NodeLook, rails, rails_legend};
pub use stat::{Coverage, Stat, bar, ladder_row, stats};
pub use status::{
    Achievement, Tone, ValueState, achievement, certainty, edition_state, link_state, pill,
    severity, value_state,
};
pub use step::{Step, StepState, steps};
pub use table::{Column, Table};
pub use text::{flow, foreign, marked, name, name_of};
pub use thread::{Joint, JointState, path};
pub use tile::Tile;
pub use timeline::{Event, change, timeline};
pub use tree::{Branch, tree};

pub(crate) use icon::sprite;
pub(crate) use shell::document;
