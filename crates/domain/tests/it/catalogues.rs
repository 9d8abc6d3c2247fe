//! Thai texts of the project's catalogues, as they are stored.

use domain::text::repair::Lexicon;
use std::path::PathBuf;

/// A file of the project's `data` folder.
pub fn data(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../data")
        .join(file)
}

/// One column of a catalogue, without its empty cells.
pub fn column(file: &str, heading: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(data(file)).unwrap();
    let at = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == heading);
    let at = at.unwrap_or_else(|| panic!("{file} has no column {heading}"));
    let cells = reader.records().map(|row| row.unwrap()[at].to_owned());
    cells.filter(|cell| !cell.is_empty()).collect()
}

/// The sample sentences, one a line.
pub fn sentences() -> Vec<String> {
    let text = std::fs::read_to_string(data("thai_text/sample_sentences.txt")).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Names of the frameworks and plans of the catalogue.
pub fn names() -> Vec<String> {
    let mut names = column("frameworks/nodes.csv", "name_th");
    names.extend(column("frameworks/plans.csv", "name_th"));
    names
}

/// The words of the catalogue's names and of the sample sentences. No case and no expected form goes into it.
pub fn lexicon() -> Lexicon {
    Lexicon::new(names().into_iter().chain(sentences()))
}
