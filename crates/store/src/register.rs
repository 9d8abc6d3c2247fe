//! Queries of the register of organisations: by code of another register, by former code, and what one act recorded.

use crate::{
    Error,
    entities::{organisation_code, succession},
    row::{Kept, Row, Versioned, standing, versions},
    tx::Read,
};
use domain::{
    ids::{OrganisationId, ReorganisationId},
    register::{CodeKind, DisplayOrder, OrganisationCode, Succession},
    time::Moment,
};
use sea_orm::{ColumnTrait, Condition};
use std::collections::HashMap;

/// The organisations that have one of these codes in any register, or had it as their own.
pub async fn codes(
    read: &impl Read,
    codes: &[String],
) -> Result<Vec<Kept<OrganisationCode>>, Error> {
    let mut found = Vec::new();
    for codes in codes.chunks(500) {
        let condition = Condition::all().add(organisation_code::Column::Code.is_in(codes.to_vec()));
        found.extend(standing(read, condition).await?);
    }
    Ok(found)
}

/// Every version of the codes of an organisation, standing or ended, in the order of recording.
pub async fn codes_of(
    read: &impl Read,
    organisation: OrganisationId,
) -> Result<Vec<Kept<OrganisationCode>>, Error> {
    let of = organisation_code::Column::Organisation.eq(organisation.0);
    versions(read, Condition::all().add(of)).await
}

/// Every former code: files of their time go on meaning the same organisations.
pub async fn former_codes(read: &impl Read) -> Result<Vec<Kept<OrganisationCode>>, Error> {
    let condition =
        Condition::all().add(organisation_code::Column::Kind.eq(CodeKind::Former.code()));
    standing(read, condition).await
}

/// The display order of every organisation that has one.
pub async fn positions(read: &impl Read) -> Result<HashMap<OrganisationId, u32>, Error> {
    let orders: Vec<Kept<DisplayOrder>> = standing(read, Condition::all()).await?;
    let orders = orders.into_iter().map(|kept| kept.row);
    Ok(orders.map(|it| (it.organisation, it.position)).collect())
}

/// What an organisation went on in, and what went on in it.
pub async fn successions(
    read: &impl Read,
    organisation: OrganisationId,
) -> Result<Vec<Kept<Succession>>, Error> {
    let condition = Condition::any()
        .add(succession::Column::Predecessor.eq(organisation.0))
        .add(succession::Column::Successor.eq(organisation.0));
    standing(read, condition).await
}

/// The rows of a merging or splitting that was taken back.
pub async fn ended_successions(
    read: &impl Read,
    reorganisation: ReorganisationId,
) -> Result<Vec<Kept<Succession>>, Error> {
    let condition = Condition::all()
        .add(succession::Column::Reorganisation.eq(reorganisation.0))
        .add(succession::Column::EndedAt.is_not_null());
    versions(read, condition).await
}

/// The versions of a kind that were recorded at one moment, whether they still stand or not: what one act left.
pub async fn recorded_at<R: Row>(read: &impl Read, at: Moment) -> Result<Vec<Kept<R>>, Error> {
    versions(read, Condition::all().add(R::Entity::RECORDED_AT.eq(at.0))).await
}

/// The versions of a kind that were ended at one moment: what one act replaced.
pub async fn ended_at<R: Row>(read: &impl Read, at: Moment) -> Result<Vec<Kept<R>>, Error> {
    versions(read, Condition::all().add(R::Entity::ENDED_AT.eq(at.0))).await
}
