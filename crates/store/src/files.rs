//! Files kept as evidence: put in once, taken out by id. Their content lives in the database for now; whoever moves it
//! elsewhere changes this file alone.

use crate::{
    Error,
    entities::file::{ActiveModel, Column, Entity},
    tx::{Read, Tx},
};
use domain::{
    file::File,
    ids::{FileId, OrganisationId},
    time::Moment,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    Statement,
};
use uuid::Uuid;

/// Ids that one question names.
const CHUNK: usize = 500;

/// Keeps a file with its content.
pub async fn keep(tx: &Tx, at: Moment, file: &File, content: Vec<u8>) -> Result<(), Error> {
    let row = ActiveModel {
        id: Set(file.id.0),
        name: Set(file.name.clone()),
        media: Set(file.media.code().to_owned()),
        bytes: Set(i64::try_from(file.bytes).unwrap_or(i64::MAX)),
        sha256: Set(file.sha256.to_vec()),
        content: Set(content),
        kept_at: Set(at.0),
    };
    Entity::insert(row)
        .exec_without_returning(tx.inner())
        .await?;
    Ok(())
}

/// What is known of files, in the order in which they were kept; ids without a file are left out.
pub async fn about(read: &impl Read, ids: &[FileId]) -> Result<Vec<File>, Error> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let rows: Vec<Columns> = Entity::find()
            .select_only()
            .columns([
                Column::Id,
                Column::Name,
                Column::Media,
                Column::Bytes,
                Column::Sha256,
                Column::KeptAt,
            ])
            .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
            .into_tuple()
            .all(&read.executor())
            .await?;
        found.extend(rows);
    }
    found.sort_by_key(|row| (row.5, row.0));
    found.into_iter().map(file).collect()
}

/// The content of a file.
pub async fn content(read: &impl Read, id: FileId) -> Result<Option<(File, Vec<u8>)>, Error> {
    let Some(row) = Entity::find_by_id(id.0).one(&read.executor()).await? else {
        return Ok(None);
    };
    let known = (
        row.id,
        row.name,
        row.media,
        row.bytes,
        row.sha256,
        row.kept_at,
    );
    Ok(Some((file(known)?, row.content)))
}

/// How many bytes are kept for an organisation: every file that was ever attached to a record of it, because what was
/// taken away stays in the history.
pub async fn bytes_of(read: &impl Read, organisation: OrganisationId) -> Result<u64, Error> {
    let sql = "select cast(coalesce(sum(bytes), 0) as bigint) from files where id in (
        select f.id from step_files f join step_records r on r.id = f.record where r.organisation = $1)";
    let executor = read.executor();
    let backend = executor.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [organisation.0.into()]);
    let row = executor.query_one_raw(statement).await?;
    let bytes: i64 = match row {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    Ok(u64::try_from(bytes).unwrap_or_default())
}

type Columns = (Uuid, String, String, i64, Vec<u8>, i64);

fn file((id, name, media, bytes, sha256, _): Columns) -> Result<File, Error> {
    let corrupt = |wanted: &'static str, found: String| Error::Corrupt {
        table: "files",
        wanted,
        found,
    };
    Ok(File {
        id: id.into(),
        name,
        media: media.parse().map_err(|_| corrupt("media type", media))?,
        bytes: u64::try_from(bytes).map_err(|_| corrupt("size", bytes.to_string()))?,
        sha256: sha256
            .try_into()
            .map_err(|found: Vec<u8>| corrupt("digest", format!("{} bytes", found.len())))?,
    })
}
