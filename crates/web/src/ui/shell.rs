//! The frame of every page: head, top with navigation and language, main, footer.

use domain::locale::Locale;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::mark::mark;
use super::{Icon, flow, icon, nav, search_form, secret, sprite};
use crate::Viewer;
use crate::page::{Group, Page, Script};
use crate::session::SignedIn;

/// The whole document around a page.
pub(crate) fn document(page: &Page) -> String {
    let viewer = page.viewer();
    let sample = html! {
        @if viewer.app().sample() {
            aside.sample-bar aria-label=(viewer.say("ui.sample")) { (super::sample(viewer.locale)) " " (flow(&viewer.say("ui.sample.bar"))) }
        }
    };
    let body = match viewer.signed_in() {
        Some(somebody) => staff(page, somebody),
        None => html! {
            a.skip href="#main" { (viewer.say("ui.skip")) }
            (top(page))
            main id="main" {
                @if let Some(hero) = page.hero_markup() { (hero) }
                div.wrap.page { (page.body_markup()) }
            }
            (foot(viewer))
        },
    };
    // Parts that are exchanged later may need any icon.
    let icons = sprite(&body.0, page.scripts().contains(&Script::Refresh));
    html! {
        (DOCTYPE)
        html lang=(viewer.locale.code()) {
            (head(page))
            body { (PreEscaped(&icons.0)) (sample) (body) }
        }
    }
    .into_string()
}

fn head(page: &Page) -> Markup {
    let viewer = page.viewer();
    let file = |name: &str| viewer.app().assets().address(name);
    let staff = viewer.signed_in().is_some();
    // The letters most of the page is set in; the other subsets follow from the style sheet.
    let letters = match viewer.locale {
        Locale::Th => "ibm-plex-sans-thai-looped-thai-400-normal.woff2",
        Locale::En => "ibm-plex-sans-thai-looped-latin-400-normal.woff2",
    };
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (page.title()) " · " (viewer.say("ui.product")) }
            @if !page.description().is_empty() { meta name="description" content=(page.description()); }
            meta name="color-scheme" content="light";
            @if page.scripts().contains(&Script::Refresh) { meta name="htmx-config" content=r#"{"includeIndicatorCSS":false}"#; }
            link rel="icon" href="/favicon.svg" type="image/svg+xml";
            @for locale in Locale::ALL { link rel="alternate" hreflang=(locale.code()) href=(viewer.same_page_in(*locale)); }
            @if let Some(font) = file(letters) { link rel="preload" href=(font) as="font" type="font/woff2" crossorigin; }
            @if let Some(base) = file("base.css") { link rel="stylesheet" href=(base); }
            @if staff { @if let Some(sheet) = file(Group::Staff.file()) { link rel="stylesheet" href=(sheet); } }
            @for group in page.groups().iter().filter(|group| !staff || **group != Group::Staff) { @if let Some(sheet) = file(group.file()) { link rel="stylesheet" href=(sheet); } }
            @if let Some(print) = file("print.css") { link rel="stylesheet" href=(print) media="print"; }
            @if let Some(site) = file("site.js") { script type="module" src=(site) {} }
            @for script in page.scripts() { @if let Some(module) = file(script.file()) { script type="module" src=(module) {} } }
        }
    }
}

fn top(page: &Page) -> Markup {
    let viewer = page.viewer();
    html! {
        header.pub-top {
            div.wrap {
                a.mark href=(viewer.to("/")) {
                    (mark())
                    span { b { (viewer.say("ui.product")) } " " small { (province_line(viewer)) } }
                }
                nav.pub-nav.desk aria-label=(viewer.say("ui.nav")) { (nav::few(viewer, page.place())) }
                div.desk { (search_form(viewer, &viewer.to("/search"), "find", "", false)) }
                div.desk { (language(viewer)) }
                @if viewer.app().live().is_some() { a.btn.desk href=(viewer.to_sign_in()) { (viewer.say("ui.sign_in")) } }
                (to_search(viewer))
                details.menu.phone {
                    summary.btn aria-label=(viewer.say("ui.nav.open")) { (icon(Icon::Menu)) }
                    div.menu-p {
                        (search_form(viewer, &viewer.to("/search"), "find-menu", "", false))
                        nav aria-label=(viewer.say("ui.nav")) { (nav::list(viewer, page.place())) }
                        (language(viewer))
                        @if viewer.app().live().is_some() { a.btn href=(viewer.to_sign_in()) { (viewer.say("ui.sign_in")) } }
                    }
                }
            }
        }
    }
}

/// On a phone, where the field has no room, the way to search beside the menu.
fn to_search(viewer: &Viewer) -> Markup {
    html! { div.phone { a.btn href=(viewer.to("/search")) aria-label=(viewer.say("ui.search")) { (icon(Icon::Search)) } } }
}

/// "SDG4 จังหวัดเพชรบูรณ์".
fn province_line(viewer: &Viewer) -> Markup {
    flow(&viewer.say_with(
        "ui.province",
        &[("province", viewer.province.name(viewer.locale).into())],
    ))
}

/// The same page in the other language.
fn language(viewer: &Viewer) -> Markup {
    html! {
        div.seg role="group" aria-label=(viewer.say("ui.language")) {
            @for (locale, word) in [(Locale::Th, "ไทย"), (Locale::En, "English")] {
                @if locale == viewer.locale { span aria-current="true" { (word) } }
                @else { a href=(viewer.same_page_in(locale)) hreflang=(locale.code()) lang=(locale.code()) { (word) } }
            }
        }
    }
}

/// The frame for somebody who is signed in: what they can do at the side, where they are above.
fn staff(page: &Page, somebody: &SignedIn) -> Markup {
    let viewer = page.viewer();
    let mark = html! {
        a.mark href=(viewer.to("/")) { (mark()) span { b { (viewer.say("ui.product")) } " " small { (province_line(viewer)) } } }
    };
    html! {
        a.skip href="#main" { (viewer.say("ui.skip")) }
        div.staff {
            nav.side aria-label=(viewer.say("ui.nav")) {
                (mark)
                (who(viewer, somebody))
                div.side-nav { (nav::staff(viewer, page.place())) }
            }
            div.desk-part {
                header.staff-top {
                    div.phone { (mark) }
                    div.desk { (search_form(viewer, &viewer.to("/search"), "find", "", false)) }
                    div.desk { (language(viewer)) }
                    (to_search(viewer))
                    details.account.menu {
                        summary.btn { (icon(Icon::User)) span.desk { (somebody.person.name) } span.phone.sr { (viewer.say("ui.nav.open")) } }
                        div.menu-p {
                            div.phone { (who(viewer, somebody)) }
                            div.phone { (search_form(viewer, &viewer.to("/search"), "find-menu", "", false)) }
                            nav.phone.side-nav aria-label=(viewer.say("ui.nav.open")) { (nav::staff(viewer, page.place())) }
                            ul { li { a href=(viewer.to("/account")) { (viewer.say("ui.nav.account")) } } }
                            div.phone { (language(viewer)) }
                            form method="post" action=(viewer.to("/sign-out")) {
                                (secret(viewer))
                                button.btn type="submit" { (viewer.say("ui.sign_out")) }
                            }
                        }
                    }
                }
                main id="main" {
                    @if let Some(hero) = page.hero_markup() { (hero) }
                    div.page { (page.body_markup()) }
                }
            }
        }
        nav.tabbar aria-label=(viewer.say("ui.nav.short")) { (nav::tabs(viewer, page.place())) }
    }
}

/// Who is signed in, and as what.
fn who(viewer: &Viewer, somebody: &SignedIn) -> Markup {
    let roles = somebody.roles(viewer.app().now());
    html! {
        p.org {
            (somebody.person.name)
            @for role in roles { small { (flow(&viewer.say(role.key()))) } }
        }
    }
}

fn foot(viewer: &Viewer) -> Markup {
    let to = |address: &str, word: &str| html! { li { a href=(viewer.to(address)) { (flow(&viewer.say(word))) } } };
    html! {
        footer.foot {
            div.wrap {
                div {
                    h2 { (viewer.say("ui.product")) " · " (province_line(viewer)) }
                    p { (flow(&viewer.say("ui.foot.honest"))) }
                }
                nav aria-label=(viewer.say("ui.foot.use")) {
                    h2 { (viewer.say("ui.foot.use")) }
                    ul { (to("/steps", "ui.nav.steps")) (to("/glossary", "ui.nav.glossary")) }
                }
                @if viewer.app().provinces().len() > 1 {
                    nav aria-label=(viewer.say("ui.provinces")) {
                        h2 { (viewer.say("ui.provinces")) }
                        ul {
                            @for province in viewer.app().provinces() {
                                li { a href=(viewer.to_province(province, "/")) { (province.name(viewer.locale)) } }
                            }
                        }
                    }
                }
                nav aria-label=(viewer.say("ui.foot.about")) {
                    h2 { (viewer.say("ui.foot.about")) }
                    ul { (to("/about", "ui.nav.about")) (to("/accessibility", "ui.accessibility.title")) }
                }
            }
        }
    }
}
