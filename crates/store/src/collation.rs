//! The sort keys of names and the rules that made them: when the rules change, every key is made anew.

use crate::{
    Error, Store,
    entities::{node, organisation},
    tx::{Read, Tx},
};
use domain::text::{COLLATION_VERSION, sort_key};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    Value,
};
use uuid::Uuid;

/// Under which name the settings hold the version of the rules.
const SETTING: &str = "collation";
/// Names read at a time.
const PAGE: u64 = 1_000;

impl Store {
    /// The version of the rules that made the stored sort keys; `None` before the first migration.
    pub(crate) async fn collation_version(&self) -> Result<Option<String>, Error> {
        let sql = format!("select value from settings where name = '{SETTING}'");
        Ok(self.query(&sql).await?.into_iter().next())
    }

    /// Makes every sort key anew unless today's rules made them. Keys are derived: no version of a row is touched by it.
    pub(crate) async fn renew_sort_keys(&self) -> Result<(), Error> {
        if self.collation_version().await?.as_deref() == Some(COLLATION_VERSION) {
            return Ok(());
        }
        let tx = self.begin().await?;
        renew::<organisation::Entity>(
            &tx,
            organisation::Column::Version,
            organisation::Column::NameTh,
        )
        .await?;
        renew::<node::Entity>(&tx, node::Column::Version, node::Column::NameTh).await?;
        run(
            &tx,
            "insert into settings (name, value) values ($1, $2)
                on conflict (name) do update set value = excluded.value",
            vec![SETTING.into(), COLLATION_VERSION.into()],
        )
        .await?;
        tx.commit().await
    }
}

async fn renew<E: EntityTrait>(tx: &Tx, version: E::Column, name: E::Column) -> Result<(), Error> {
    let update = format!(
        "update {} set sort_key = $1 where version = $2",
        E::default().table_name()
    );
    let mut after = Uuid::nil();
    loop {
        let page: Vec<(Uuid, String)> = E::find()
            .select_only()
            .column(version)
            .column(name)
            .filter(version.gt(after))
            .order_by_asc(version)
            .limit(PAGE)
            .into_tuple()
            .all(&tx.executor())
            .await?;
        let Some((last, _)) = page.last() else {
            return Ok(());
        };
        after = *last;
        for (version, name) in page {
            run(tx, &update, vec![sort_key(&name).into(), version.into()]).await?;
        }
    }
}

async fn run(tx: &Tx, sql: &str, values: Vec<Value>) -> Result<(), Error> {
    let executor = tx.executor();
    let statement = Statement::from_sql_and_values(executor.get_database_backend(), sql, values);
    executor.execute_raw(statement).await?;
    Ok(())
}
