//! Everything that is true at one moment, read in packed pages over two connections at once. May know the engine.

mod lists;
mod page;
mod positions;

use crate::{
    Engine, Error, Store,
    trail::{self, Head},
};
use domain::{
    facts::{Amount, Facts},
    time::Moment,
};
use lists::{Line, List};
use page::Page;
use positions::{Positions, positions};
use sea_orm::{
    ConnectionTrait, DatabaseExecutor, DatabaseTransaction, DbErr, IsolationLevel, Statement,
    TransactionOptions, TransactionTrait,
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Rows of one page.
const PAGE: i64 = 20_000;
/// Connections that read at the same time.
const CONNECTIONS: usize = 2;
/// How often two connections try to see the same moment before one of them reads alone.
const ATTEMPTS: usize = 5;

impl Store {
    /// Everything that was true at `as_of`, or that is true now.
    pub async fn facts(&self, as_of: Option<Moment>) -> Result<Facts, Error> {
        Ok(self.facts_and_heads(as_of).await?.0)
    }

    /// The same, with where every province's trail stood at the moment of reading: whoever keeps the facts fresh
    /// follows the trail from there.
    pub async fn facts_and_heads(
        &self,
        as_of: Option<Moment>,
    ) -> Result<(Facts, Vec<Head>), Error> {
        let (connections, heads) = self.one_moment().await?;
        let pages = Pages {
            engine: self.engine,
            connections,
            condition: match as_of {
                None => "ended_at is null".to_owned(),
                Some(Moment(at)) => {
                    format!("recorded_at <= {at} and (ended_at is null or ended_at > {at})")
                }
            },
        };
        let facts = pages.facts().await?;
        for connection in pages.connections {
            if let Some(transaction) = Arc::into_inner(connection) {
                transaction.rollback().await?;
            }
        }
        Ok((facts, heads))
    }

    /// Read transactions that all see the same moment.
    ///
    /// PostgreSQL hands the snapshot of the first to the others. SQLite cannot: there every commit moves a trail head,
    /// so two transactions with equal heads see the same.
    async fn one_moment(&self) -> Result<(Vec<Arc<DatabaseTransaction>>, Vec<Head>), Error> {
        let options = TransactionOptions {
            isolation_level: (self.engine == Engine::Postgres)
                .then_some(IsolationLevel::RepeatableRead),
            ..TransactionOptions::default()
        };
        let mut attempts = 0;
        loop {
            let first = self.readers.begin_with_options(options).await?;
            let heads = heads(&first).await?;
            let mut all = vec![Arc::new(first)];
            while all.len() < CONNECTIONS && attempts < ATTEMPTS {
                let next = self.readers.begin_with_options(options).await?;
                if self.engine == Engine::Postgres {
                    let backend = next.get_database_backend();
                    let export = Statement::from_string(backend, "select pg_export_snapshot()");
                    let row = all[0].query_one_raw(export).await?;
                    let Some(row) = row else { break };
                    let snapshot: String = row.try_get_by_index(0)?;
                    next.execute_unprepared(&format!("set transaction snapshot '{snapshot}'"))
                        .await?;
                }
                if self::heads(&next).await? != heads {
                    break;
                }
                all.push(Arc::new(next));
            }
            if all.len() == CONNECTIONS || attempts == ATTEMPTS {
                return Ok((all, heads));
            }
            attempts += 1;
        }
    }
}

async fn heads(transaction: &DatabaseTransaction) -> Result<Vec<Head>, Error> {
    trail::heads_seen_by(&DatabaseExecutor::Transaction(transaction)).await
}

struct Pages {
    engine: Engine,
    connections: Vec<Arc<DatabaseTransaction>>,
    condition: String,
}

impl Pages {
    async fn facts(&self) -> Result<Facts, Error> {
        let none = Arc::new(Positions::default());
        let organisations = self.list(&lists::ORGANISATIONS, &none).await?;
        let indicators = self.list(&lists::INDICATORS, &none).await?;
        let projects = self.list(&lists::PROJECTS, &none).await?;
        let positions = Arc::new(Positions {
            organisations: positions(organisations.iter().map(|it| it.id.0)),
            indicators: positions(indicators.iter().map(|it| it.node.0)),
            projects: positions(projects.iter().map(|it| it.id.0)),
        });
        Ok(Facts {
            memberships: self.list(&lists::MEMBERSHIPS, &none).await?,
            editions: self.list(&lists::EDITIONS, &none).await?,
            nodes: self.list(&lists::NODES, &none).await?,
            crosswalks: self.list(&lists::CROSSWALKS, &none).await?,
            alignments: self.list(&lists::ALIGNMENTS, &none).await?,
            listings: self.list(&lists::LISTINGS, &none).await?,
            links: self.list(&lists::LINKS, &none).await?,
            activities: self.list(&lists::ACTIVITIES, &none).await?,
            amounts: amounts(self.list(&lists::LINES, &positions).await?),
            people: self.list(&lists::PEOPLE, &positions).await?,
            baselines: self.list(&lists::BASELINES, &none).await?,
            targets: self.list(&lists::TARGETS, &none).await?,
            observations: self.list(&lists::OBSERVATIONS, &positions).await?,
            duties: self.list(&lists::DUTIES, &none).await?,
            organisations,
            indicators,
            projects,
        })
    }

    /// One list: every connection takes the next page until there is none, and parses it while the other reads.
    async fn list<T: Send + 'static>(
        &self,
        list: &'static List<T>,
        positions: &Arc<Positions>,
    ) -> Result<Vec<T>, Error> {
        let last = self.last(list.table).await?;
        let next = Arc::new(AtomicI64::new(0));
        let mut workers = Vec::new();
        // A list of one page needs one connection only.
        let wanted = usize::try_from(last / PAGE).unwrap_or(usize::MAX) + 1;
        for connection in self.connections.iter().take(wanted) {
            let (engine, condition) = (self.engine, self.condition.clone());
            let (connection, next, positions) =
                (connection.clone(), next.clone(), positions.clone());
            workers.push(tokio::spawn(async move {
                let mut read = Vec::new();
                loop {
                    let first = next.fetch_add(PAGE, Ordering::Relaxed);
                    if first >= last {
                        return Ok::<_, Error>(read);
                    }
                    let range = (first, first + PAGE);
                    let sql = page::page_sql(engine, list.table, list.columns, &condition, range);
                    let statement = Statement::from_string(connection.get_database_backend(), sql);
                    if let Some(row) = connection.query_one_raw(statement).await? {
                        let page = Page::of(list.table, list.columns.len(), &row)?;
                        read.push((first, rows(list, &page, &positions)?));
                    }
                }
            }));
        }
        let mut pages = Vec::new();
        for worker in workers {
            match worker.await {
                Ok(read) => pages.extend(read?),
                Err(broken) => match broken.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    // Only a runtime that is shutting down ends a task otherwise.
                    Err(cancelled) => return Err(DbErr::Custom(cancelled.to_string()).into()),
                },
            }
        }
        pages.sort_by_key(|(first, _)| *first);
        let mut all = Vec::with_capacity(pages.iter().map(|(_, rows)| rows.len()).sum());
        for (_, mut rows) in pages {
            all.append(&mut rows);
        }
        Ok(all)
    }

    /// The highest row number of a table; 0 when it is empty.
    async fn last(&self, table: &str) -> Result<i64, Error> {
        let Some(connection) = self.connections.first() else {
            return Ok(0);
        };
        let sql = format!("select coalesce(max(seq), 0) from {table}");
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        match connection.query_one_raw(statement).await? {
            Some(row) => Ok(row.try_get_by_index(0)?),
            None => Ok(0),
        }
    }
}

fn rows<T>(list: &List<T>, page: &Page, positions: &Positions) -> Result<Vec<T>, Error> {
    let reader = page.reader();
    let mut rows = Vec::with_capacity(page.rows());
    for _ in 0..page.rows() {
        rows.extend((list.row)(&reader, positions)?);
    }
    reader.finish()?;
    Ok(rows)
}

/// Adds up the lines of one project, period and stage: here and not in SQL, which would have to sort them.
fn amounts(mut lines: Vec<Line>) -> Vec<Amount> {
    lines.sort_by_key(|line| (line.project, line.period, line.stage));
    let mut amounts: Vec<Amount> = Vec::with_capacity(lines.len());
    for line in lines {
        match amounts.last_mut() {
            Some(last)
                if (last.project, last.period, last.stage)
                    == (line.project, line.period, line.stage) =>
            {
                last.satang = last.satang + line.satang;
            }
            _ => amounts.push(Amount {
                project: line.project,
                period: line.period,
                stage: line.stage,
                satang: line.satang,
            }),
        }
    }
    amounts
}
