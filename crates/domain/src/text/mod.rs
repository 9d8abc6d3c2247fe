//! Thai text in strengths: `clean` for what is stored, `search_key` for what is compared, a sort key for order.
