//! Descriptive text put right; and when somebody else did so meanwhile, both versions side by side. What the text
//! describes, a project, an element or an edition of a plan, says its own page.

use std::collections::HashMap;

use actions::texts::{EditText, Shape, Standing, edit_text, standing};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::issue::Issue;
use domain::locale::Locale;
use domain::subject::Subject;
use maud::{Markup, html};

use crate::form::Fields;
use crate::ui::{
    Card, Column, Form, Kind, Place, Table, button, crumbs, flow, foreign, heading, secret,
};
use crate::{Error, Group, Page, Viewer};

/// A name by which an activity is known in a form begins so.
const ACTIVITY: &str = "activity-";

/// What is edited, and where.
pub(super) struct Editing {
    pub subject: Subject,
    /// The address of the form.
    pub here: String,
    /// The page of the thing.
    pub back: String,
    /// The pages above, outermost first.
    pub above: Vec<(Markup, String)>,
    /// What it is called.
    pub thing: Markup,
    /// The first part of the keys of its words: `project.form`; `….page` is the title of the page.
    pub words: &'static str,
}

impl Editing {
    async fn standing(&self, v: &Viewer) -> Result<Standing, Error> {
        let stands = standing(v.live()?.store(), self.subject).await?;
        stands.ok_or(Error::NotFound)
    }

    /// The form with what stands.
    pub async fn show(&self, v: &Viewer) -> Result<Page, Error> {
        let stands = self.standing(v).await?;
        let fields = Fields::of(pairs(&stands));
        let form = self.form(v, &stands, &fields, &[]);
        Ok(self.page(v, form))
    }

    /// Records what was typed. What is wrong is said beside the fields (422); what somebody else changed meanwhile is
    /// shown beside what was typed (409), and neither is lost.
    pub async fn post(&self, v: &Viewer, fields: &Fields) -> Result<Response, Error> {
        let edit = EditText {
            subject: self.subject,
            revision: fields.text("revision").to_owned(),
            texts: typed(fields, ""),
        };
        let done = v
            .act(async move |store, ctx| edit_text(store, ctx, edit).await)
            .await;
        // Read again: what stands now is what somebody else may have left.
        let stands = self.standing(v).await?;
        let (status, body) = match done {
            Ok(_) => return Ok(Redirect::to(&self.back).into_response()),
            Err(Error::Stale(issue)) => {
                let body = self.conflict(v, &stands, fields, &[*issue]);
                (StatusCode::CONFLICT, body)
            }
            Err(error) => {
                let issues = error.into_issues()?;
                let body = self.form(v, &stands, fields, &issues);
                (StatusCode::UNPROCESSABLE_ENTITY, body)
            }
        };
        Ok((status, self.page(v, body)).into_response())
    }

    fn page(&self, v: &Viewer, body: Markup) -> Page {
        let title = v.say(&format!("{}.page", self.words)).into_owned();
        Page::new(v, title.clone())
            .group(Group::Staff)
            .at(Place::Plans)
            .body(html! {
                (crumbs(v, &self.above, &title))
                (heading(flow(&title), &self.thing, &[]))
                (body)
            })
    }

    /// The name of a field as people read it.
    fn label(&self, v: &Viewer, name: &str, stands: &Standing) -> String {
        if !name.starts_with(ACTIVITY) {
            return v.say(&format!("{}.{name}", self.words)).into_owned();
        }
        let fields = stands.fields.iter();
        let activities = fields.filter(|field| field.name.starts_with(ACTIVITY));
        let mut numbered = activities.zip(1_i64..);
        match numbered.find(|(field, _)| field.name == name) {
            Some((_, n)) => v.say_with("project.form.activity", &[("n", n.into())]),
            None => v.say("project.form.activity_gone").into_owned(),
        }
    }

    fn form(&self, v: &Viewer, stands: &Standing, fields: &Fields, issues: &[Issue]) -> Markup {
        let f = Form::new(v, self.words, fields, issues);
        let open = stands.fields.iter().filter(|field| field.open);
        let fixed = stands.fields.iter().any(|field| !field.open);
        let body = f.show(
            &self.here,
            &v.say("page.edit.save"),
            html! {
                (carried(stands))
                @if fixed { p.small { (flow(&v.say(&format!("{}.fixed", self.words)))) } }
                @for field in open {
                    @if field.name.starts_with(ACTIVITY) {
                        (f.lines_called(&field.name, &self.label(v, &field.name, stands), 2))
                    } @else {
                    @match field.shape {
                        // A long name would not be seen whole in one line.
                        Shape::Name | Shape::Line if field.text.chars().count() > 60 => (f.lines(&field.name, 2)),
                        Shape::Name | Shape::Line => (f.text(&field.name, Kind::Text)),
                        Shape::Text => (f.lines(&field.name, 3)),
                    }
                }
                }
            },
        );
        Card::new(&v.say("page.edit.card")).show(body)
    }

    /// Both versions side by side, and the three ways on: mine, theirs, or a third one.
    fn conflict(&self, v: &Viewer, stands: &Standing, fields: &Fields, issues: &[Issue]) -> Markup {
        let theirs = pairs(stands);
        let (differences, merged) =
            held_together(&typed(fields, "was-"), &typed(fields, ""), &theirs);
        let again = Fields::of(merged.clone());
        let words = |text: &str| match text {
            "" => flow(&v.say("page.edit.empty")),
            text if v.locale == Locale::Th => flow(text),
            text => foreign(Locale::Th, text),
        };
        let title = v.say("page.edit.conflict");
        let heads = ["field", "mine", "theirs", "who"].map(|key| format!("page.edit.{key}"));
        let heads = heads.each_ref().map(|key| v.say(key));
        let columns = [
            Column::text(&heads[0]),
            Column::text(&heads[1]).wide(),
            Column::text(&heads[2]).wide(),
            Column::text(&heads[3]),
        ];
        let rows = differences.iter().map(|it| {
            let who = if it.is_mine {
                "page.edit.both"
            } else {
                "page.edit.other"
            };
            [
                flow(&self.label(v, &it.name, stands)),
                words(&it.mine),
                words(&it.theirs),
                flow(&v.say(who)),
            ]
        });
        let summary = Form::new(v, self.words, fields, issues).summary();
        let open = |name: &str| stands.fields.iter().any(|it| it.name == name && it.open);
        html! {
            (summary)
            (Card::new(&title).line(flow(&v.say("page.edit.conflict.line"))).flush().show(Table::new(&title, columns).rows(rows).show()))
            div.row {
                form.inline method="post" action=(self.here) {
                    (secret(v))
                    (carried(stands))
                    @for (name, text) in merged.iter().filter(|(name, _)| open(name)) {
                        input type="hidden" name=(name) value=(text);
                    }
                    button.btn.btn-p type="submit" { (flow(&v.say("page.edit.keep_mine"))) }
                }
                (button(&self.back, None, &v.say("page.edit.take_theirs"), false))
            }
            (self.form(v, stands, &again, &[]))
        }
    }
}

type Pairs = Vec<(String, String)>;

/// The texts as they stand, by the names of their fields.
fn pairs(stands: &Standing) -> Pairs {
    let fields = stands.fields.iter();
    fields
        .map(|field| (field.name.clone(), field.text.clone()))
        .collect()
}

/// What the form carries beside the texts: the revision they rest on, the names of its fields, and how they stood then.
fn carried(stands: &Standing) -> Markup {
    html! {
        input type="hidden" name="revision" value=(stands.revision);
        @for field in stands.fields.iter().filter(|field| field.open) {
            input type="hidden" name="field" value=(field.name);
            input type="hidden" name={ "was-" (field.name) } value=(field.text);
        }
    }
}

/// The texts of a form, `prefix` before each field.
fn typed(fields: &Fields, prefix: &str) -> Pairs {
    let names = fields.every("field");
    let text = |name: &str| fields.text(&format!("{prefix}{name}")).to_owned();
    names.map(|name| (name.to_owned(), text(name))).collect()
}

/// One field in which what was typed and what stands now differ.
struct Difference {
    name: String,
    mine: String,
    theirs: String,
    /// Whether the person changed it themself, or only the other one did.
    is_mine: bool,
}

/// Where two versions differ, and the texts with one's own changes on top of theirs: what only the other one changed
/// stays as they left it.
fn held_together(was: &Pairs, mine: &Pairs, theirs: &Pairs) -> (Vec<Difference>, Pairs) {
    let of = |pairs: &Pairs| HashMap::<String, String>::from_iter(pairs.iter().cloned());
    let (was, now) = (of(was), of(theirs));
    let mut kept = theirs.clone();
    let mut differences = Vec::new();
    for (name, text) in mine {
        let stands = now.get(name).map(String::as_str).unwrap_or_default();
        let is_mine = was.get(name) != Some(text);
        if let (true, Some(field)) = (is_mine, kept.iter_mut().find(|(it, _)| it == name)) {
            field.1.clone_from(text);
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
    (differences, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pairs: &[(&str, &str)]) -> Pairs {
        let pairs = pairs.iter();
        pairs
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn ones_own_changes_go_on_top_and_what_only_the_other_one_changed_stays_theirs() {
        let was = texts(&[
            ("group", "เด็ก"),
            ("note", "เดิม"),
            ("a-1", "ก"),
            ("a-2", "ข"),
        ]);
        let mine = texts(&[
            ("group", "เด็กและครู"),
            ("note", "เดิม"),
            ("a-1", "ก"),
            ("a-2", "ข ของฉัน"),
        ]);
        let theirs = texts(&[
            ("group", "เด็ก"),
            ("note", "ของเขา"),
            ("a-1", "ก ของเขา"),
            ("a-2", "ข ของเขา"),
        ]);
        let (differences, merged) = held_together(&was, &mine, &theirs);
        let expected = [
            ("group", "เด็กและครู"),
            ("note", "ของเขา"),
            ("a-1", "ก ของเขา"),
            ("a-2", "ข ของฉัน"),
        ];
        assert_eq!(merged, texts(&expected));
        let told: Vec<(&str, bool)> = differences
            .iter()
            .map(|it| (it.name.as_str(), it.is_mine))
            .collect();
        let expected = [
            ("group", true),
            ("note", false),
            ("a-1", false),
            ("a-2", true),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_was_typed_into_an_activity_that_is_gone_is_still_shown() {
        let (was, mine) = (texts(&[("a-1", "ก")]), texts(&[("a-1", "ก ของฉัน")]));
        let (differences, merged) = held_together(&was, &mine, &Vec::new());
        assert_eq!(
            (differences[0].mine.as_str(), differences[0].theirs.as_str()),
            ("ก ของฉัน", "")
        );
        assert!(merged.is_empty());
    }
}
