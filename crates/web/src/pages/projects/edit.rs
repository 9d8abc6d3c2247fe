//! The words of a project put right; and when somebody else did so meanwhile, both versions side by side.

use std::collections::HashMap;

use actions::permission::On;
use actions::projects::{EditText, Standing, Words, edit_text, standing};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::ActivityId;
use domain::issue::Issue;
use domain::permission::Act;
use maud::{Markup, html};

use super::show::{OfAddress, of_address};
use crate::form::Fields;
use crate::ui::{
    Card, Column, Form, Kind, Place, Table, button, crumbs, flow, foreign, heading, secret,
};
use crate::{Error, Group, Page, Viewer};

/// The words of the form stand under this key.
const WORDS: &str = "project.form";

type Parts = Path<HashMap<String, String>>;

/// `GET /projects/{plan}/{code}/edit`.
///
/// # Errors
/// `NotFound` where the province knows no such project, `Forbidden` for who may not put its words right.
pub async fn show(viewer: Viewer, Path(parts): Parts) -> Result<Page, Error> {
    let v = &viewer;
    let (asked, stands) = found(v, &parts).await?;
    let fields = filled(&stands.words, &stands.words);
    let form = form(v, &asked, &stands, &fields, &[]);
    Ok(page(v, &asked, form))
}

/// `POST /projects/{plan}/{code}/edit`.
///
/// # Errors
/// As for the page. What is wrong is said beside the fields (422); what somebody else changed meanwhile is shown beside
/// what was typed (409), and neither is lost.
pub async fn post(viewer: Viewer, Path(parts): Parts, fields: Fields) -> Result<Response, Error> {
    let v = &viewer;
    let (asked, stands) = found(v, &parts).await?;
    let edit = EditText {
        project: asked.kept.row.0.id,
        revision: fields.text("revision").to_owned(),
        words: typed(&fields, "", &stands.words),
    };
    let done = v
        .act(async move |store, ctx| edit_text(store, ctx, edit).await)
        .await;
    let (status, body) = match done {
        Ok(_) => return Ok(Redirect::to(&v.to_project(&asked.plan, &asked.code)).into_response()),
        Err(Error::Stale(issue)) => {
            // Read again: what stands now is what the other one left.
            let (_, stands) = found(v, &parts).await?;
            let body = conflict(v, &asked, &stands, &fields, &[*issue]);
            (StatusCode::CONFLICT, body)
        }
        Err(error) => {
            let issues = error.into_issues()?;
            let body = form(v, &asked, &stands, &fields, &issues);
            (StatusCode::UNPROCESSABLE_ENTITY, body)
        }
    };
    Ok((status, page(v, &asked, body)).into_response())
}

/// The project of the address and its words, for who may put them right.
async fn found(
    v: &Viewer,
    parts: &HashMap<String, String>,
) -> Result<(OfAddress, Standing), Error> {
    let asked = of_address(v, parts).await?;
    let project = asked.kept.row.0;
    v.allows(Act::EditText, On::Organisation(project.owner))
        .await?;
    let stands = standing(v.live()?.store(), project.id).await?;
    Ok((asked, stands.ok_or(Error::NotFound)?))
}

/// The fields of the words: name and text.
fn pairs(words: &Words) -> Vec<(String, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut pairs = vec![
        ("title".to_owned(), words.title.clone()),
        ("target_group".to_owned(), text(&words.target_group)),
        ("note".to_owned(), text(&words.note)),
    ];
    let activities = words.activities.iter();
    pairs.extend(activities.map(|(id, title)| (field_of(*id), title.clone())));
    pairs
}

fn field_of(activity: ActivityId) -> String {
    format!("activity-{activity}")
}

/// A form that shows some words and remembers which ones stood when it was opened.
fn filled(words: &Words, stood: &Words) -> Fields {
    let was = pairs(stood).into_iter();
    let was = was.map(|(name, text)| (format!("was-{name}"), text));
    Fields::of(pairs(words).into_iter().chain(was))
}

/// The words of a form, `prefix` before each field; a title that the form does not ask for is the one that stands.
fn typed(fields: &Fields, prefix: &str, stands: &Words) -> Words {
    let text = |name: &str| fields.text(&format!("{prefix}{name}")).to_owned();
    let listed = fields
        .every("activity")
        .filter_map(|id| id.parse::<uuid::Uuid>().ok());
    let title = if fields.every("title").next().is_some() {
        text("title")
    } else {
        stands.title.clone()
    };
    Words {
        title,
        target_group: Some(text("target_group")),
        note: Some(text("note")),
        activities: listed
            .map(ActivityId::from)
            .map(|id| (id, text(&field_of(id))))
            .collect(),
    }
}

fn page(v: &Viewer, asked: &OfAddress, body: Markup) -> Page {
    let title = v.say("page.edit.title");
    let to = v.to_project(&asked.plan, &asked.code);
    let above = [
        (flow(&v.say("page.plans.title")), v.to("/plans")),
        (html! { (asked.plan) }, v.to_plan(&asked.plan)),
        (html! { (asked.code) }, to),
    ];
    Page::new(v, title.clone())
        .group(Group::Staff)
        .at(Place::Plans)
        .body(html! {
            (crumbs(v, &above, &title))
            (heading(flow(&title), html! { span lang="th" { (flow(&asked.kept.row.1.title)) } }, &[]))
            (body)
        })
}

/// The name of a field as people read it.
fn label(v: &Viewer, name: &str, stands: &Words) -> String {
    let numbered = stands.activities.iter().zip(1_i64..);
    let mut numbered = numbered.filter(|((id, _), _)| field_of(*id) == name);
    match numbered.next() {
        Some((_, n)) => v.say_with("project.form.activity", &[("n", n.into())]),
        None if name.starts_with("activity-") => v.say("project.form.activity_gone").into_owned(),
        None => v.say(&format!("{WORDS}.{name}")).into_owned(),
    }
}

fn to_here(v: &Viewer, asked: &OfAddress) -> String {
    format!("{}/edit", v.to_project(&asked.plan, &asked.code))
}

/// What the form carries beside the words: the revision they rest on, and how they stood then.
fn carried(stands: &Standing) -> Markup {
    html! {
        input type="hidden" name="revision" value=(stands.revision);
        @for (id, _) in &stands.words.activities { input type="hidden" name="activity" value=(id); }
        @for (name, text) in pairs(&stands.words) { input type="hidden" name={ "was-" (name) } value=(text); }
    }
}

fn form(
    v: &Viewer,
    asked: &OfAddress,
    stands: &Standing,
    fields: &Fields,
    issues: &[Issue],
) -> Markup {
    let f = Form::new(v, WORDS, fields, issues);
    let body = f.show(&to_here(v, asked), &v.say("page.edit.save"), html! {
        (carried(stands))
        @if stands.title_is_open { (f.text("title", Kind::Text)) } @else { p.small { (flow(&v.say("page.edit.title_is_fixed"))) } }
        (f.lines("target_group", 3))
        (f.lines("note", 3))
        @for (id, _) in &stands.words.activities {
            @let name = field_of(*id);
            (f.lines_called(&name, &label(v, &name, &stands.words), 2))
        }
    });
    Card::new(&v.say("page.edit.card")).show(body)
}

/// One field in which what was typed and what stands now differ.
struct Difference {
    name: String,
    mine: String,
    theirs: String,
    /// Whether the person changed it themself, or only the other one did.
    is_mine: bool,
}

/// Where two versions differ, and the words with one's own changes on top of theirs: what only the other one changed
/// stays as they left it.
fn held_together(was: &Words, mine: &Words, theirs: &Words) -> (Vec<Difference>, Words) {
    let (was, mine) = (HashMap::<_, _>::from_iter(pairs(was)), pairs(mine));
    let now: HashMap<String, String> = HashMap::from_iter(pairs(theirs));
    let mut kept = now.clone();
    let mut differences = Vec::new();
    for (name, text) in &mine {
        let stands = now.get(name).map(String::as_str).unwrap_or_default();
        let is_mine = was.get(name) != Some(text);
        if is_mine && now.contains_key(name) {
            kept.insert(name.clone(), text.clone());
        }
        if text.trim() != stands {
            differences.push(Difference {
                name: name.clone(),
                mine: text.clone(),
                theirs: stands.to_owned(),
                is_mine,
            });
        }
    }
    let text = |name: &str| kept.get(name).cloned().unwrap_or_default();
    let activities = theirs.activities.iter();
    let merged = Words {
        title: text("title"),
        target_group: Some(text("target_group")),
        note: Some(text("note")),
        activities: activities
            .map(|(id, _)| (*id, text(&field_of(*id))))
            .collect(),
    };
    (differences, merged)
}

/// Both versions side by side, and the three ways on: mine, theirs, or a third one.
fn conflict(
    v: &Viewer,
    asked: &OfAddress,
    stands: &Standing,
    fields: &Fields,
    issues: &[Issue],
) -> Markup {
    let theirs = &stands.words;
    let (was, mine) = (typed(fields, "was-", theirs), typed(fields, "", theirs));
    let (differences, merged) = held_together(&was, &mine, theirs);
    let again = filled(&merged, theirs);
    let words = |text: &str| match text {
        "" => flow(&v.say("page.edit.empty")),
        text if v.locale == domain::locale::Locale::Th => flow(text),
        text => foreign(domain::locale::Locale::Th, text),
    };
    let title = v.say("page.edit.conflict");
    let (field, yours, others, who) = (
        v.say("page.edit.field"),
        v.say("page.edit.mine"),
        v.say("page.edit.theirs"),
        v.say("page.edit.who"),
    );
    let columns = [
        Column::text(&field),
        Column::text(&yours).wide(),
        Column::text(&others).wide(),
        Column::text(&who),
    ];
    let rows = differences.iter().map(|it| {
        let who = if it.is_mine {
            "page.edit.both"
        } else {
            "page.edit.other"
        };
        [
            flow(&label(v, &it.name, theirs)),
            words(&it.mine),
            words(&it.theirs),
            flow(&v.say(who)),
        ]
    });
    let summary = Form::new(v, WORDS, fields, issues).summary();
    html! {
        (summary)
        (Card::new(&title).line(flow(&v.say("page.edit.conflict.line"))).flush().show(Table::new(&title, columns).rows(rows).show()))
        div.row {
            form.inline method="post" action=(to_here(v, asked)) {
                (secret(v))
                (carried(stands))
                @for (name, text) in pairs(&merged) {
                    @if name != "title" || stands.title_is_open { input type="hidden" name=(name) value=(text); }
                }
                button.btn.btn-p type="submit" { (flow(&v.say("page.edit.keep_mine"))) }
            }
            (button(&v.to_project(&asked.plan, &asked.code), None, &v.say("page.edit.take_theirs"), false))
        }
        (form(v, asked, stands, &again, &[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(group: &str, note: &str, activities: &[(u128, &str)]) -> Words {
        Words {
            title: "โครงการ".to_owned(),
            target_group: Some(group.to_owned()),
            note: Some(note.to_owned()),
            activities: activities
                .iter()
                .map(|(id, title)| (ActivityId::from_u128(*id), (*title).to_owned()))
                .collect(),
        }
    }

    #[test]
    fn ones_own_changes_go_on_top_and_what_only_the_other_one_changed_stays_theirs() {
        let was = words("เด็ก", "เดิม", &[(1, "ก"), (2, "ข")]);
        let mine = words("เด็กและครู", "เดิม", &[(1, "ก"), (2, "ข ของฉัน")]);
        let theirs = words("เด็ก", "ของเขา", &[(1, "ก ของเขา"), (2, "ข ของเขา")]);
        let (differences, merged) = held_together(&was, &mine, &theirs);
        assert_eq!(
            merged,
            words("เด็กและครู", "ของเขา", &[(1, "ก ของเขา"), (2, "ข ของฉัน")])
        );
        let told: Vec<(&str, bool)> = differences
            .iter()
            .map(|it| (it.name.as_str(), it.is_mine))
            .collect();
        let (one, two) = (
            field_of(ActivityId::from_u128(1)),
            field_of(ActivityId::from_u128(2)),
        );
        assert_eq!(
            told,
            [
                ("target_group", true),
                ("note", false),
                (&one, false),
                (&two, true)
            ]
        );
    }

    #[test]
    fn what_was_typed_into_an_activity_that_is_gone_is_still_shown() {
        let was = words("", "", &[(1, "ก")]);
        let mine = words("", "", &[(1, "ก ของฉัน")]);
        let (differences, merged) = held_together(&was, &mine, &words("", "", &[]));
        assert_eq!(
            (differences[0].mine.as_str(), differences[0].theirs.as_str()),
            ("ก ของฉัน", "")
        );
        assert!(merged.activities.is_empty());
    }
}
