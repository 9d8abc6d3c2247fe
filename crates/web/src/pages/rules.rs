//! The rules, and the page of each as its documentation has it.

use std::collections::HashMap;

use axum::extract::Path;
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use super::rule_page::{Block, Section, sections};

use crate::ui::{Card, Place, Row, button, code, crumbs, flow, heading, rows, severity};
use crate::{Error, Page, Viewer};

/// `GET /rules`.
///
/// # Errors
/// None of its own.
pub async fn list(viewer: Viewer) -> Result<Page, Error> {
    let v = &viewer;
    let title = v.say("page.rules.title");
    let all = rows(checks::rules().iter().map(|rule| Row {
        mark: Some(code(rule.code)),
        title: flow(rule.title(v.locale)),
        href: Some(v.to_rule(rule.code)),
        line: None,
        aside: Some(severity(v.locale, rule.severity)),
    }));
    Ok(Page::new(v, title.clone())
        .at(Place::Findings)
        .described(v.say("page.rules.lead"))
        .body(html! {
            (crumbs(v, &[(flow(&v.say("page.findings.title")), v.to("/findings"))], flow(&title)))
            (heading(flow(&title), flow(&v.say("page.rules.lead")), &[]))
            div.card { (all) }
        }))
}

/// `GET /rules/{code}`.
///
/// # Errors
/// `NotFound` where no rule has the code.
pub async fn show(
    viewer: Viewer,
    Path(parts): Path<HashMap<String, String>>,
) -> Result<Page, Error> {
    let v = &viewer;
    let rule = parts
        .get("code")
        .and_then(|code| checks::find(code))
        .ok_or(Error::NotFound)?;
    let above = [
        (flow(&v.say("page.findings.title")), v.to("/findings")),
        (flow(&v.say("page.rules.title")), v.to("/rules")),
    ];
    let found = format!("{}?rule={}", v.to("/findings"), rule.code);
    Ok(Page::new(v, format!("{} {}", rule.code, rule.title(v.locale))).at(Place::Findings).body(html! {
        (crumbs(v, &above, rule.code))
        (heading(flow(rule.title(v.locale)), html! { (code(rule.code)) " " (severity(v.locale, rule.severity)) }, &[
            button(&found, None, &v.say("page.rules.found"), false),
        ]))
        (Card::new(&v.say("page.rules.page")).show(html! {
            div.prose { @for section in sections(rule.page, v.locale) { (shown(v, &section)) } }
        }))
    }))
}

/// A section in the reader's language. What the rule is tested with is in a notation for programs, so that it stays folded.
fn shown(v: &Viewer, section: &Section<'_>) -> Markup {
    html! {
        h2 { (flow(section.heading)) }
        (markdown(&section.words))
        @if !section.blocks.is_empty() {
            details {
                summary { (flow(&v.say("page.rules.tested_with"))) }
                @for Block { text, is_found } in &section.blocks {
                    p { (flow(&v.say(if *is_found { "page.rules.tested_found" } else { "page.rules.tested_plan" }))) }
                    pre { code { (text) } }
                }
            }
        }
    }
}

/// Markdown as HTML: whatever markup stands in it is text, links are only their words, the first heading is left out
/// because the page has one, and each paragraph says its language.
fn markdown(text: &str) -> Markup {
    let events: Vec<Event<'_>> = Parser::new(text).collect();
    let mut out: Vec<Event<'_>> = Vec::with_capacity(events.len());
    let mut in_title = false;
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading {
                level: pulldown_cmark::HeadingLevel::H1,
                ..
            }) => in_title = true,
            Event::End(TagEnd::Heading(pulldown_cmark::HeadingLevel::H1)) => in_title = false,
            _ if in_title => {}
            Event::Html(markup) | Event::InlineHtml(markup) => {
                out.push(Event::Text(markup.clone()))
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Link | TagEnd::Image) => {}
            Event::Start(Tag::Paragraph) => {
                let language = if is_thai(&events[at..]) { "th" } else { "en" };
                out.push(Event::Html(CowStr::from(format!(
                    "<p lang=\"{language}\">"
                ))));
            }
            Event::End(TagEnd::Paragraph) => out.push(Event::Html(CowStr::from("</p>\n"))),
            Event::Start(Tag::CodeBlock(_)) => out.push(Event::Html(CowStr::from(
                "<pre class=\"tw\" tabindex=\"0\"><code>",
            ))),
            Event::End(TagEnd::CodeBlock) => out.push(Event::Html(CowStr::from("</code></pre>\n"))),
            other => out.push(other.clone()),
        }
    }
    let mut html = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut html, out.into_iter());
    PreEscaped(html)
}

/// Whether the paragraph at the start of `events` holds Thai letters.
fn is_thai(events: &[Event<'_>]) -> bool {
    events
        .iter()
        .take_while(|event| !matches!(event, Event::End(TagEnd::Paragraph)))
        .any(|event| match event {
            Event::Text(text) | Event::Code(text) => {
                text.chars().any(|c| ('\u{e00}'..='\u{e7f}').contains(&c))
            }
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_links_within_a_page_are_text() {
        let shown = markdown("# T\n\nก <script>x</script> [w](javascript:y)\n\n<b onclick=z>\n").0;
        assert!(
            !shown.contains("<script") && !shown.contains("<b") && !shown.contains("href"),
            "{shown}"
        );
        assert!(
            shown.contains("&lt;script&gt;") && shown.contains("<p lang=\"th\">"),
            "{shown}"
        );
    }

    #[test]
    fn what_stands_in_a_block_of_code_is_escaped() {
        let shown = markdown("```plan\n<x>\n```\n").0;
        assert!(shown.contains("<code>&lt;x&gt;\n</code>"), "{shown}");
    }
}
