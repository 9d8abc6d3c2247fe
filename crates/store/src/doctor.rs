//! The doctor: does this database do what the program relies on? Settings are read, order and search are proven.

use crate::{Engine, Error, Store, migrations::Status, row, search, trail};
use domain::{
    ids::OrganisationId,
    issue::Arg,
    organisation::{Organisation, OrganisationText},
    text,
    time::Moment,
};
use sea_orm::{ConnectionTrait, Statement, Value};
use uuid::Uuid;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Good,
    /// Works, but slower or less safely than it could.
    Warning,
    /// The program must not be used like this.
    Bad,
}

/// One check. Its sentence is in `locales/` under `doctor.<code>`, with `args`.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Which: `engine`, `integrity`, `journal`, `synchronous`, `foreign_keys`, `encoding`, `collation`, `migrations`, `trail`,
    /// `sort_keys`, `order`, `trigrams`, `search`.
    pub code: &'static str,
    /// How it ended.
    pub verdict: Verdict,
    /// The words that the sentence asks for: `found` and, where something else was expected, `wanted`.
    pub args: Vec<(&'static str, Arg)>,
}

impl Check {
    fn new(code: &'static str, verdict: Verdict, found: impl Into<Arg>) -> Self {
        Self {
            code,
            verdict,
            args: vec![("found", found.into())],
        }
    }

    fn wanted(mut self, wanted: impl Into<Arg>) -> Self {
        self.args.push(("wanted", wanted.into()));
        self
    }

    /// Good when what was found is what was wanted, otherwise `otherwise`.
    fn equal(code: &'static str, found: String, wanted: &str, otherwise: Verdict) -> Self {
        let verdict = if found == wanted {
            Verdict::Good
        } else {
            otherwise
        };
        Self::new(code, verdict, found).wanted(wanted)
    }
}

/// Real words in Thai dictionary order: vowels before a consonant follow it, and numbers in codes count as numbers.
const ORDER: [&str; 10] = [
    "4.2 อัตราการเข้าเรียน",
    "4.10 ครู",
    "กาญจนบุรี",
    "เก่งการ",
    "ไกลกังวล",
    "ขอนแก่น",
    "เขาค้อ",
    "ใจดี",
    "แผนพัฒนา",
    "โรงเรียน",
];

/// A real compound name, words inside it, and one that is not.
const COMPOUND: &str = "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาเพชรบูรณ์";
const INSIDE: [&str; 4] = ["มัธยม", "การศึกษา", "เพชรบูรณ์", "งา"];
const OUTSIDE: &str = "อาชีวศึกษา";

impl Store {
    /// Looks at everything the program relies on. An error means that a check could not be made at all.
    pub async fn doctor(&self) -> Result<Vec<Check>, Error> {
        let mut checks = match self.engine {
            Engine::Sqlite => self.sqlite().await?,
            Engine::Postgres => self.postgres().await?,
        };
        let Status { pending, .. } = self.status().await?;
        let migrated = pending.is_empty();
        checks.push(match migrated {
            true => Check::new("migrations", Verdict::Good, "0"),
            false => Check::new("migrations", Verdict::Bad, pending.join(", ")),
        });
        checks.push(self.order().await?);
        if migrated {
            checks.push(self.sort_keys().await?);
            checks.push(self.trail_heads().await?);
            checks.push(match search::has_trigrams(self).await? {
                true => Check::new("trigrams", Verdict::Good, self.engine.code()),
                false => Check::new("trigrams", Verdict::Warning, self.engine.code()),
            });
            checks.push(self.search().await?);
        }
        Ok(checks)
    }

    async fn sqlite(&self) -> Result<Vec<Check>, Error> {
        let version = self.one("select 'SQLite ' || sqlite_version()").await?;
        let mut checks = vec![Check::new("engine", Verdict::Good, version)];
        let sound = self
            .one("select quick_check from pragma_quick_check limit 1")
            .await?;
        checks.push(Check::equal("integrity", sound, "ok", Verdict::Bad));
        // The settings that matter are those of the connection that writes.
        for (code, sql, wanted) in [
            (
                "journal",
                "select journal_mode from pragma_journal_mode",
                "wal",
            ),
            (
                "synchronous",
                "select cast(synchronous as text) from pragma_synchronous",
                "2",
            ),
            (
                "foreign_keys",
                "select cast(foreign_keys as text) from pragma_foreign_keys",
                "1",
            ),
        ] {
            let backend = self.writer.get_database_backend();
            let row = self
                .writer
                .query_one_raw(Statement::from_string(backend, sql))
                .await?;
            let found: String = match row {
                Some(row) => row.try_get_by_index(0)?,
                None => String::new(),
            };
            checks.push(Check::equal(code, found, wanted, Verdict::Bad));
        }
        Ok(checks)
    }

    async fn postgres(&self) -> Result<Vec<Check>, Error> {
        let version = self
            .one("select 'PostgreSQL ' || current_setting('server_version')")
            .await?;
        let encoding = self
            .one("select current_setting('server_encoding')")
            .await?;
        let synchronous = self
            .one("select current_setting('synchronous_commit')")
            .await?;
        // Since version 17 the locale of the engine's own provider stands in a column of its own.
        let collation = self
            .one(
                "select coalesce(to_jsonb(d) ->> 'datlocale', d.datctype) from pg_database d
                    where datname = current_database()",
            )
            .await?;
        let verdict = match collation.to_ascii_lowercase().replace('-', "").as_str() {
            "c.utf8" => Verdict::Good,
            // Order is right, but there are no trigrams of Thai.
            "c" | "posix" => Verdict::Warning,
            _ => Verdict::Bad,
        };
        let durable = match synchronous.as_str() {
            "off" => Verdict::Warning,
            _ => Verdict::Good,
        };
        Ok(vec![
            Check::new("engine", Verdict::Good, version),
            Check::new("synchronous", durable, synchronous).wanted("on"),
            Check::equal("encoding", encoding, "UTF8", Verdict::Bad),
            Check::new("collation", verdict, collation).wanted("C.UTF-8"),
        ])
    }

    /// Lets the database sort the keys of real words.
    async fn order(&self) -> Result<Check, Error> {
        let mut values: Vec<Value> = Vec::new();
        let mut places = Vec::new();
        for word in ORDER.iter().rev() {
            values.push((*word).into());
            values.push(text::sort_key(word).into());
            places.push(format!("(${}, ${})", values.len() - 1, values.len()));
        }
        let sql = format!(
            "with words (word, sort_key) as (values {}) select word from words order by sort_key",
            places.join(", ")
        );
        let statement =
            Statement::from_sql_and_values(self.readers.get_database_backend(), sql, values);
        let mut found = Vec::new();
        for row in self.readers.query_all_raw(statement).await? {
            found.push(row.try_get_by_index::<String>(0)?);
        }
        let (found, wanted) = (found.join(", "), ORDER.join(", "));
        Ok(Check::equal("order", found, &wanted, Verdict::Bad))
    }

    /// Whether the stored sort keys were made by the rules this program has.
    async fn sort_keys(&self) -> Result<Check, Error> {
        let found = self.collation_version().await?.unwrap_or_default();
        Ok(Check::equal(
            "sort_keys",
            found,
            text::COLLATION_VERSION,
            Verdict::Bad,
        ))
    }

    /// Whether every head is an event as it stands; proving the whole trail is [`trail::verify`]'s.
    async fn trail_heads(&self) -> Result<Check, Error> {
        let mut events = 0;
        for head in trail::heads(self).await? {
            let last = trail::events(
                self,
                &head.province,
                head.number - 1,
                1,
                &trail::Filter::default(),
            )
            .await?;
            let fits =
                matches!(last.as_slice(), [last] if last.hash == head.hash && last.at == head.at);
            if !fits {
                return Ok(Check::new("trail", Verdict::Bad, head.province));
            }
            events += head.number;
        }
        Ok(Check::new("trail", Verdict::Good, events))
    }

    /// Records a name, searches for words inside it, and takes everything back.
    async fn search(&self) -> Result<Check, Error> {
        let (id, version) = (Uuid::from_u128(1), Uuid::from_u128(1));
        let organisation = Organisation {
            id: OrganisationId(id),
            class: None,
            opened: None,
            closed: None,
        };
        let words = OrganisationText {
            code: "doctor".to_owned(),
            province: None,
            name_th: COMPOUND.to_owned(),
            name_en: None,
            short_name_th: None,
            kind: None,
            affiliation_th: None,
            district_dopa: None,
        };
        let tx = self.begin().await?;
        let new = row::New {
            version,
            provenance: None,
            row: (organisation, words),
        };
        row::record(&tx, Moment(i64::MAX), [new]).await?;
        let mut wrong = Vec::new();
        for word in INSIDE.iter().chain([&OUTSIDE]) {
            let query = format!("{word} doctor");
            let wanted = search::Wanted {
                words: &query,
                province: None,
                limit: 10,
            };
            let found = search::organisations(&tx, wanted).await?;
            let is_there = found.iter().any(|kept| kept.row.0.id.0 == id);
            if is_there != INSIDE.contains(word) {
                wrong.push(*word);
            }
        }
        tx.rollback().await?;
        Ok(match wrong.is_empty() {
            true => Check::new("search", Verdict::Good, INSIDE.join(", ")),
            false => Check::new("search", Verdict::Bad, wrong.join(", ")),
        })
    }

    /// The one text that a query gives.
    async fn one(&self, sql: &str) -> Result<String, Error> {
        Ok(self
            .query(sql)
            .await?
            .into_iter()
            .next()
            .unwrap_or_default())
    }
}
