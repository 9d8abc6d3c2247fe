//! `saithong link`: proposes, approves or rejects a project's link, with who and why.

use crate::{
    cli::{LinkAct, LinkArgs},
    outcome::{Outcome, Result, Trouble},
    session::Session,
};
use actions::links::{self, Decision, Given};
use domain::{issue::Arg, share::Share};

pub async fn run(session: &Session, act: LinkAct) -> Result {
    let whole = (Ok(Share::WHOLE), false);
    let (args, decision, (share, primary)) = match act {
        LinkAct::Propose {
            link,
            share,
            primary,
        } => (link, None, (Share::new(share), primary)),
        LinkAct::Approve { link } => (link, Some(Decision::Approve), whole),
        LinkAct::Reject { link } => (link, Some(Decision::Reject), whole),
    };
    let share =
        share.map_err(|_| Trouble::argument("--share", "link.share_out_of_range", vec![]))?;
    let LinkArgs {
        project: project_code,
        node: node_code,
        framework,
        plan,
        by,
        reason,
    } = args;

    let reading = session.read().await?;
    let project = reading.known_project(&project_code, plan.as_deref())?;
    let node = reading.known_node(&node_code, Some(&framework))?;
    let store = session.open().await?;
    let mut ctx = session.ctx(Some(by))?;
    let key = match decision {
        Some(decision) => {
            links::decide(&store, &mut ctx, (project, node), decision, &reason).await?;
            match decision {
                Decision::Approve => "link.approved",
                Decision::Reject => "link.rejected",
            }
        }
        None => {
            let new = Given {
                share,
                primary,
                reason,
                language: session.locale,
            };
            links::propose(&store, &mut ctx, (project, node), new).await?;
            "link.proposed"
        }
    };
    store.close().await?;
    let args: [(&str, Arg); 3] = [
        ("project", project_code.into()),
        ("node", format!("{framework} {node_code}").into()),
        ("by", ctx.actor.into()),
    ];
    sayln!("{}", session.locale.fill(key, &args));
    Ok(Outcome::Clean)
}
