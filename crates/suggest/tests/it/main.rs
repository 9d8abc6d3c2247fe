//! How good are the suggestions? Leave-one-out over the 43 labelled Narathiwat projects, beside chance and the majority.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::{BTreeMap, HashMap};
use suggest::{Document, Index, Words};

type Row = HashMap<String, String>;

fn rows(file: &str) -> Vec<Row> {
    let path = format!("{}/../../data/{file}", env!("CARGO_MANIFEST_DIR"));
    csv::Reader::from_path(path)
        .unwrap()
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

struct Figures {
    projects: usize,
    top1: usize,
    top3: usize,
    majority: usize,
    targets: usize,
}

/// Every project is ranked by an index that has never seen its own label.
fn leave_one_out() -> Figures {
    let words = Words::default();
    let labels: BTreeMap<String, String> = rows("narathiwat-2569/sdg4_labels.csv")
        .into_iter()
        .map(|row| (row["project_code"].clone(), row["target_code"].clone()))
        .collect();
    let texts: BTreeMap<String, String> = rows("narathiwat-2569/projects.csv")
        .into_iter()
        .map(|row| {
            (
                row["code"].clone(),
                format!(
                    "{} {} {}",
                    row["title"], row["target_group"], row["activities"]
                ),
            )
        })
        .collect();
    let nodes: Vec<Row> = rows("frameworks/nodes.csv")
        .into_iter()
        .filter(|row| row["edition_label"] == "UIS-2026-01")
        .collect();
    let targets: Vec<String> = nodes
        .iter()
        .filter(|row| row["kind"] == "target")
        .map(|row| row["code"].clone())
        .collect();
    let target_of = |row: &Row| -> Option<usize> {
        targets
            .iter()
            .position(|t| *t == row["code"] || row["parent_code"] == *t)
    };

    let mut figures = Figures {
        projects: labels.len(),
        top1: 0,
        top3: 0,
        majority: 0,
        targets: targets.len(),
    };
    for (project, label) in &labels {
        let of_catalogue = nodes.iter().filter_map(|row| {
            let texts = vec![row["name_th"].clone(), row["name_en"].clone()];
            Some(Document {
                id: target_of(row)?,
                texts,
            })
        });
        let of_links =
            labels
                .iter()
                .filter(|(other, _)| *other != project)
                .map(|(other, label)| Document {
                    id: targets.iter().position(|t| t == label).unwrap(),
                    texts: vec![texts[other].clone()],
                });
        let index = Index::new(&words, of_catalogue.chain(of_links));
        let found = index.suggest(&words, &texts[project], 3);
        let codes: Vec<&String> = found.iter().map(|s| &targets[s.id]).collect();
        figures.top1 += usize::from(codes.first() == Some(&label));
        figures.top3 += usize::from(codes.contains(&label));

        let mut votes: BTreeMap<&String, usize> = BTreeMap::new();
        for (_, other) in labels.iter().filter(|(other, _)| *other != project) {
            *votes.entry(other).or_default() += 1;
        }
        let favourite = votes
            .into_iter()
            .max_by_key(|(_, n)| *n)
            .map(|(code, _)| code);
        figures.majority += usize::from(favourite == Some(label));
    }
    figures
}

/// Run with `--nocapture` to read the figures.
#[test]
fn suggestions_are_better_than_chance_and_than_always_naming_the_commonest_target() {
    let f = leave_one_out();
    let percent = |n: usize| 100.0 * n as f64 / f.projects as f64;
    println!(
        "{} projects, {} targets, leave-one-out:",
        f.projects, f.targets
    );
    println!("  top-1     {:>2} ({:.0} %)", f.top1, percent(f.top1));
    println!("  top-3     {:>2} ({:.0} %)", f.top3, percent(f.top3));
    println!(
        "  majority  {:>2} ({:.0} %)",
        f.majority,
        percent(f.majority)
    );
    println!(
        "  chance    top-1 {:.0} %, top-3 {:.0} %",
        100.0 / f.targets as f64,
        300.0 / f.targets as f64
    );
    assert!(f.top1 > f.majority);
    assert!(f.top3 * f.targets > 3 * f.projects);
}
