//! Evidence: judged by its content, covered by the certification, and limited in what an organisation keeps.

use super::{PDF, cell, codes, opened, recorded, said, somebody, stale, standing};
use actions::{
    Ctx, Error,
    steps::{
        Cell, Detach, Draft, NewFile, QUOTA_MB, Record, Recorded, Said, certify, detach,
        draft_on_behalf, quota, record, set_quota,
    },
};
use domain::{
    duty::DutyItem,
    people::Role,
    step::{StepFile, StepRecord},
};
use store::{Store, trail};
use testkit::{TestDatabase, on_both_engines};

fn file(name: &str, content: &[u8]) -> NewFile {
    NewFile {
        name: name.to_owned(),
        content: content.to_vec(),
    }
}

/// Records the same words again, with a file.
async fn attach(
    store: &Store,
    ctx: &mut Ctx,
    cell: Cell,
    name: &str,
    content: &[u8],
) -> Result<Recorded, Error> {
    let files = vec![file(name, content)];
    let new = Record {
        files,
        ..Record::new(cell, said())
    };
    record(store, ctx, new).await
}

fn draft(cell: Cell, files: Vec<NewFile>) -> Draft {
    Draft {
        cell,
        said: said(),
        letter_number: "พช ตัวอย่าง/1".to_owned(),
        letter_date: "1/10/2569".to_owned(),
        files,
    }
}

on_both_engines! {
    async fn evidence_is_judged_by_its_content_and_closed_by_certification(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, "ESAO-PNB1").await;
        let at = cell(&db.store, "ESAO-PNB1", DutyItem::Step6).await;
        let page = attach(&db.store, &mut coordinator, at, "ภาพ.png", b"<html><script>").await.unwrap_err();
        assert_eq!(codes(page), [("file".to_owned(), "step.file_unsafe")]);
        let huge = vec![b'%'; domain::file::MAX_BYTES + 1];
        let huge = attach(&db.store, &mut coordinator, at, "ใหญ่.pdf", &huge).await.unwrap_err();
        assert_eq!(codes(huge), [("file".to_owned(), "step.file_too_large")]);
        let kept = attach(&db.store, &mut coordinator, at, "../คำสั่ง.exe", PDF).await.unwrap();
        let (file, at) = (kept.files[0], Cell { seen: Some(kept.seen), ..at });
        let (known, content) = store::files::content(&db.store, file).await.unwrap().unwrap();
        assert_eq!((known.name.as_str(), content.as_slice()), ("คำสั่ง.exe.pdf", PDF));
        assert_eq!(store::files::about(&db.store, &[file]).await.unwrap(), [known]);
        let twice = attach(&db.store, &mut coordinator, at, "อีกครั้ง.pdf", PDF).await.unwrap_err();
        assert_eq!(codes(twice), [("file".to_owned(), "step.file_twice")]);
        let mut at = at;
        for extra in 1..5_u8 {
            let content = [PDF, &[extra]].concat();
            let kept = attach(&db.store, &mut coordinator, at, "เพิ่ม.pdf", &content).await.unwrap();
            at.seen = Some(kept.seen);
        }
        let sixth = attach(&db.store, &mut coordinator, at, "หก.pdf", b"%PDF-6").await.unwrap_err();
        assert_eq!(codes(sixth), [("file".to_owned(), "step.too_many_files")]);
        let away = |cell, file| Detach { cell, on_behalf: false, file };
        at.seen = Some(detach(&db.store, &mut coordinator, away(at, file)).await.unwrap());
        let gone = detach(&db.store, &mut coordinator, away(at, file)).await.unwrap_err();
        assert_eq!(stale(gone), "step.file_gone");
        assert!(store::files::content(&db.store, file).await.unwrap().is_some());
        certify(&db.store, &mut approver, at).await.unwrap();
        let at = cell(&db.store, "ESAO-PNB1", DutyItem::Step6).await;
        let kept = standing(&db.store, at).await.unwrap();
        let files = store::of::<StepFile, _>(&db.store, &[kept.id]).await.unwrap();
        let closed = detach(&db.store, &mut coordinator, away(at, files[0].row.file)).await.unwrap_err();
        assert_eq!((files.len(), stale(closed)), (4, "step.is_certified"));
    }

    async fn a_refused_file_kept_the_words_and_said_that_nothing_was_recorded(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let at = cell(&db.store, "ESAO-PNB1", DutyItem::Step6).await;
        let files = vec![file("ดี.pdf", PDF), file("ภาพ.png", b"<html>"), file("ว่าง.pdf", b"")];
        let late = Said { done_on: "31/11/2569".to_owned(), ..said() };
        let new = Record { files: files.clone(), ..Record::new(at, late) };
        let wrong = record(&db.store, &mut coordinator, new).await.unwrap_err();
        let file_wrong = |code| ("file".to_owned(), code);
        assert_eq!(codes(wrong), [
            ("done_on".to_owned(), "step.no_such_day"), file_wrong("step.file_unsafe"), file_wrong("step.file_empty"),
        ]);
        let new = Record { files, ..Record::new(at, said()) };
        let wrong = record(&db.store, &mut coordinator, new).await.unwrap_err();
        assert_eq!(codes(wrong), [file_wrong("step.file_unsafe"), file_wrong("step.file_empty")]);
        assert_eq!(standing(&db.store, at).await, None, "neither the words nor the good file");
        assert_eq!(store::files::bytes_of(&db.store, at.organisation).await.unwrap(), 0);
    }

    async fn recording_the_same_again_left_a_line_without_words_in_the_history(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let own = cell(&db.store, "ESAO-PNB1", DutyItem::Step6).await;
        let first = attach(&db.store, &mut coordinator, own, "คำสั่ง.pdf", PDF).await.unwrap();
        let again = Record::new(Cell { seen: Some(first.seen), ..own }, said());
        let again = record(&db.store, &mut coordinator, again).await.unwrap();
        assert_eq!((again.record, again.seen, again.files), (first.record, first.seen, Vec::new()));
        let theirs = cell(&db.store, "PAO-PNB", DutyItem::Step6).await;
        let drafted = draft_on_behalf(&db.store, &mut planner, draft(theirs, Vec::new())).await.unwrap();
        let again = draft(Cell { seen: Some(drafted.seen), ..theirs }, Vec::new());
        let again = draft_on_behalf(&db.store, &mut planner, again).await.unwrap();
        assert_eq!(again, drafted);
        for id in [first.record, drafted.record] {
            assert_eq!(store::history::<StepRecord>(&db.store, id).await.unwrap().len(), 1);
        }
    }

    async fn a_coordinator_swapped_the_files_under_the_eyes_of_the_approver_who_certified_them(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, "ESAO-PNB1").await;
        let at = recorded(&db.store, "ESAO-PNB1", DutyItem::Step6, &mut coordinator, None).await;
        let first = attach(&db.store, &mut coordinator, at, "ฉบับลงนาม.pdf", PDF).await.unwrap();
        // The approver looks now, with the signed order attached.
        let looked = cell(&db.store, "ESAO-PNB1", DutyItem::Step6).await;
        assert_eq!(looked.seen, Some(first.seen));
        let added = attach(&db.store, &mut coordinator, looked, "อื่น.pdf", b"%PDF-other").await.unwrap();
        let with_two = certify(&db.store, &mut approver, looked).await.unwrap_err();
        assert_eq!(stale(with_two), "step.changed");
        let now = Cell { seen: Some(added.seen), ..looked };
        detach(&db.store, &mut coordinator, Detach { cell: now, on_behalf: false, file: first.files[0] }).await.unwrap();
        for old in [looked, now] {
            let swapped = certify(&db.store, &mut approver, old).await.unwrap_err();
            assert_eq!(stale(swapped), "step.changed");
        }
        let seen = cell(&db.store, "ESAO-PNB1", DutyItem::Step6).await;
        certify(&db.store, &mut approver, seen).await.unwrap();
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn two_who_attach_at_the_same_time_both_learn_of_it(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut one = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut other = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let at = recorded(&db.store, "ESAO-PNB1", DutyItem::Step6, &mut one, None).await;
        attach(&db.store, &mut one, at, "1.pdf", PDF).await.unwrap();
        let second = attach(&db.store, &mut other, at, "2.pdf", b"%PDF-2").await.unwrap_err();
        assert_eq!(stale(second), "step.changed");
    }

    async fn the_office_takes_a_wrong_file_out_of_its_own_draft_and_out_of_nothing_else(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "PAO-PNB").await;
        let at = cell(&db.store, "PAO-PNB", DutyItem::Step6).await;
        let wrong = draft(at, vec![file("ผิด.pdf", PDF)]);
        let wrong = draft_on_behalf(&db.store, &mut planner, wrong).await.unwrap();
        let at = Cell { seen: Some(wrong.seen), ..at };
        let own = Detach { cell: at, on_behalf: false, file: wrong.files[0] };
        assert!(matches!(detach(&db.store, &mut planner, own).await, Err(Error::Forbidden { .. })));
        let own = Detach { on_behalf: true, ..own };
        let seen = detach(&db.store, &mut planner, own).await.unwrap();
        let right = draft(Cell { seen: Some(seen), ..at }, vec![file("ถูก.pdf", b"%PDF-right")]);
        let right = draft_on_behalf(&db.store, &mut planner, right).await.unwrap();
        // The agency takes the draft over: its evidence is its own from then on.
        let at = Cell { seen: Some(right.seen), ..at };
        record(&db.store, &mut coordinator, Record::new(at, said())).await.unwrap();
        let at = cell(&db.store, "PAO-PNB", DutyItem::Step6).await;
        let theirs = Detach { cell: at, on_behalf: true, file: right.files[0] };
        let theirs = detach(&db.store, &mut planner, theirs).await.unwrap_err();
        assert_eq!(stale(theirs), "step.own_record");
    }

    async fn attaching_and_taking_away_filled_the_disk_without_end(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut neighbour = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB2").await;
        assert_eq!(quota(&db.store, "67").await.unwrap(), QUOTA_MB);
        let refused = set_quota(&db.store, &mut coordinator, "67", "20").await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
        let wrong = set_quota(&db.store, &mut ctx, "67", "๑๙").await.unwrap_err();
        assert_eq!(codes(wrong), [("megabytes".to_owned(), "step.quota_range")]);
        assert_eq!(set_quota(&db.store, &mut ctx, "67", "๒๐").await.unwrap(), 20);
        let mut at = recorded(&db.store, "ESAO-PNB1", DutyItem::Step6, &mut coordinator, None).await;
        let mut big = PDF.to_vec();
        big.resize(8 * 1_048_576, b' ');
        for round in 0..2_u8 {
            big[20] = round;
            let kept = attach(&db.store, &mut coordinator, at, "ใหญ่.pdf", &big).await.unwrap();
            let away = Detach { cell: Cell { seen: Some(kept.seen), ..at }, on_behalf: false, file: kept.files[0] };
            at.seen = Some(detach(&db.store, &mut coordinator, away).await.unwrap());
        }
        big[20] = 2;
        let full = attach(&db.store, &mut coordinator, at, "ใหญ่.pdf", &big).await.unwrap_err();
        assert_eq!(codes(full), [("file".to_owned(), "step.quota_full")]);
        assert_eq!(store::files::bytes_of(&db.store, at.organisation).await.unwrap(), 16 * 1_048_576);
        // A small file still fits, and a neighbour has space of its own.
        attach(&db.store, &mut coordinator, at, "เล็ก.pdf", PDF).await.unwrap();
        let theirs = recorded(&db.store, "ESAO-PNB2", DutyItem::Step6, &mut neighbour, None).await;
        attach(&db.store, &mut neighbour, theirs, "ใหญ่.pdf", &big).await.unwrap();
    }
}
