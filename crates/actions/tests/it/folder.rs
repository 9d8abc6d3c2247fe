//! A plan's folder written inside a test.

use crate::office::{planner, read};
use actions::{Ctx, Error, plans::Imported};
use domain::issue::{Issues, Place};
use exchange::plan::PlanFile;
use std::{fs, path::Path};
use store::Store;
use tempfile::TempDir;

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The heading of `plan.csv` and the year of an annual plan of this code.
pub fn plan_of(year: i16) -> String {
    format!("plan_code,name_th,period_from,period_to\nตัวอย่าง,แผนตัวอย่าง,{year},{year}\n")
}

pub const AGENCIES: &str = "agency_code,name_th\npeo,สำนักงานศึกษาธิการจังหวัดตัวอย่าง\n";
pub const STRATEGIES: &str = "strategy_no,name_th\n1,ยุทธศาสตร์ตัวอย่าง\n";

/// `projects.csv` of one year: code, title and baht of each project.
pub fn projects(year: i16, rows: &[(&str, &str, &str)]) -> String {
    let mut text = "code,title,fiscal_year_be,strategy_no,agency_code,budget_baht\n".to_owned();
    for (code, title, baht) in rows {
        text.push_str(&format!("{code},{title},{year},1,peo,{baht}\n"));
    }
    text
}

/// A planner at a database that has the catalogues.
pub async fn office(store: &Store) -> Ctx {
    let mut ctx = planner();
    actions::catalogue::record(store, &mut ctx).await.unwrap();
    ctx
}

pub fn plan(files: &[(&str, &str)]) -> PlanFile {
    read(folder(files).path()).plan
}

/// Imports a folder with these files under a name of its own.
pub async fn take_in(store: &Store, ctx: &mut Ctx, files: &[(&str, &str)]) -> Imported {
    actions::plans::import(store, ctx, &plan(files), "โฟลเดอร์")
        .await
        .unwrap()
}

/// What is wrong with a folder with these files.
pub async fn refused(store: &Store, ctx: &mut Ctx, files: &[(&str, &str)]) -> Issues {
    let import = actions::plans::import(store, ctx, &plan(files), "โฟลเดอร์").await;
    let error = import.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
    match error {
        Error::Invalid(issues) => issues,
        _ => Issues::new(),
    }
}

/// Whether a place is this row of this file.
pub fn is_row(at: &Place, name: &str, number: u32) -> bool {
    matches!(at, Place::Cell { file, row, .. } if Path::new(file).ends_with(name) && *row == number)
}
