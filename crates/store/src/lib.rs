//! What is kept: entities, migrations, queries, the trail; the only room that knows SQL.
