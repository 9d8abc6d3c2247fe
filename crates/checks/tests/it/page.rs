//! The page of a rule: its fixed headings, its words in both languages, and the blocks that are executed.

/// What every page has, in this order. After the last, sections on special cases may follow.
pub const HEADINGS: [&str; 5] = [
    "เกณฑ์นี้ตรวจอะไร / What it checks",
    "เพราะเหตุใด / Why",
    "วิธีแก้ไข / How to repair",
    "ตัวอย่างที่พบ / Example",
    "ตัวอย่างที่ไม่พบ / Counter-example",
];

/// How the heading of a further section begins.
pub const SPECIAL_CASE: &str = "กรณีพิเศษ / Special case: ";

/// A section under a heading of the second level.
pub struct Section<'a> {
    pub heading: &'a str,
    pub line: usize,
    /// What stands outside of blocks, line by line.
    pub words: Vec<&'a str>,
    pub blocks: Vec<Block>,
}

/// A fenced block.
pub struct Block {
    pub language: String,
    /// Line of its first line of content.
    pub line: usize,
    pub text: String,
}

/// What stands before the first section, and the sections.
pub fn sections(page: &str) -> (Vec<&str>, Vec<Section<'_>>) {
    let (mut head, mut sections) = (Vec::new(), Vec::<Section<'_>>::new());
    let mut open: Option<Block> = None;
    for (number, line) in page.lines().enumerate() {
        let fence = line.strip_prefix("```");
        match (&mut open, fence, sections.last_mut()) {
            (Some(_), Some(_), section) => {
                if let (Some(section), Some(block)) = (section, open.take()) {
                    section.blocks.push(block);
                }
            }
            (Some(block), None, _) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, Some(language), _) => {
                open = Some(Block {
                    language: language.to_owned(),
                    line: number + 2,
                    text: String::new(),
                });
            }
            (None, None, section) => match (line.strip_prefix("## "), section) {
                (Some(heading), _) => {
                    sections.push(Section {
                        heading,
                        line: number + 1,
                        words: Vec::new(),
                        blocks: Vec::new(),
                    });
                }
                (None, Some(section)) => section.words.push(line),
                (None, None) => head.push(line),
            },
        }
    }
    (head, sections)
}

/// Whether a line has Thai letters.
pub fn is_thai(line: &str) -> bool {
    line.chars().any(|c| ('\u{0E01}'..='\u{0E5B}').contains(&c))
}

/// Whether a line is English: words without Thai letters, apart from what it quotes in brackets.
pub fn is_english(line: &str) -> bool {
    let (latin, thai) = line.chars().fold((0, 0), |(latin, thai), c| {
        (
            latin + usize::from(c.is_ascii_alphabetic()),
            thai + usize::from(is_thai(c.encode_utf8(&mut [0; 4]))),
        )
    });
    latin > 20 && thai * 3 < latin
}
