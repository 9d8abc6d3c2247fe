//! Every component in every state, with made-up words marked as samples: for eyes and for the browser tests, never in a release.

mod figures;
mod lists;
mod thread;

use domain::locale::Locale;
use maud::{Markup, html};

use crate::ui::*;
use crate::{Group, Page, Script, Viewer};

/// Samples in both languages.
#[derive(Clone, Copy)]
struct Say(Locale);

impl Say {
    fn of<'t>(self, th: &'t str, en: &'t str) -> &'t str {
        match self.0 {
            Locale::Th => th,
            Locale::En => en,
        }
    }

    fn flow(self, th: &str, en: &str) -> Markup {
        flow(self.of(th, en))
    }
}

/// `GET /_gallery`.
pub async fn show(viewer: Viewer) -> Page {
    let v = &viewer;
    let s = Say(v.locale);
    let title = s.of("ชิ้นส่วนของหน้า", "Components");
    Page::new(v, title)
        .group(Group::Home)
        .group(Group::Rails)
        .group(Group::Matrix)
        .group(Group::Charts)
        .group(Group::Tree)
        .script(Script::Refresh)
        .body(html! {
            (crumbs(v, &[(s.flow("แผนและโครงการ", "Plans and projects"), v.to("/"))], flow(title)))
            (heading(flow(title), html! { (s.flow("ทุกชิ้นส่วนในทุกสถานะ", "Every component in every state")) " " (sample(v.locale)) }, &[
                button("#states", Some(Icon::Print), s.of("พิมพ์ผัง", "Print thread"), false),
                button("#rails", Some(Icon::Link), s.of("เพิ่มความเชื่อมโยง", "Add a link"), true),
            ]))
            div.card { div.card-b { (path(v.locale, &thread::joints(s))) } }
            div.cols {
                div { (thread::rails_card(v, s)) (figures::charts(v, s)) (figures::tables(v, s)) }
                div { (figures::figures(v, s)) (lists::findings(v, s)) (lists::facts(v, s)) }
            }
            (figures::states(v, s))
            (section("tiles", s.of("เป้าหมายย่อย 10 ข้อ", "Ten targets"), s.of("ช่องที่ไม่มีข้อมูลแสดงตามจริง ไม่แทนด้วยศูนย์", "What has no data says so and is not shown as zero"),
                Some(html! { a href=(v.to("/about")) { (s.flow("วิธีตัดสินสถานะ", "How the status is judged")) } }), figures::tiles(v, s)))
            (section("eight", s.of("ห่วงโซ่คุณค่า SDG4 แปดขั้นตอน", "Eight steps"), "", None, figures::eight(v, s)))
            (thread::matrix(v, s))
            (lists::lists(v, s))
            (lists::empties(v, s))
        })
}
