//! CSV and Excel in and out: plan folders and workbooks as offices really have them.
