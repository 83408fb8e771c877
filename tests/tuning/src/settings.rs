//! Every candidate by turns, round by round.

use crate::{
    Args, Failure,
    candidates::{CANDIDATES, Candidate},
    figures::Sample,
    site::Site,
};

/// Participants of a small tournament, and how many of those are paid one after the other.
pub(crate) const SMALL: (usize, usize) = (16, 20);

/// What one candidate has come to, round by round.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    /// Large tournaments, some time after a checkpoint.
    pub(crate) large: Vec<Sample>,
    /// Large tournaments right behind one, when every page goes into the log as a whole.
    pub(crate) behind_checkpoint: Vec<Sample>,
    /// Small tournaments one after the other: a commit each.
    pub(crate) small: Vec<Sample>,
}

/// The usual settings first.
pub(crate) async fn measure(args: &Args) -> Result<Vec<Measured>, Failure> {
    // The first one is what all are compared to.
    let wanted = |(n, it): &(usize, Candidate)| *n == 0 || it.name.contains(&args.only);
    let mut sites = vec![];
    let mut measured = vec![];
    for (_, candidate) in CANDIDATES.into_iter().enumerate().filter(wanted) {
        sites.push(Site::prepare(candidate, args.participants).await?);
        let (large, behind_checkpoint, small) = (vec![], vec![], vec![]);
        measured.push(Measured { name: candidate.name, large, behind_checkpoint, small });
    }
    for round in 0..=args.rounds {
        eprintln!("round {round} of {}", args.rounds);
        for turn in 0..sites.len() {
            // Another one begins each round.
            let n = (turn + round as usize) % sites.len();
            take_turn(&sites[n], round, args.participants as usize, &mut measured[n]).await?;
        }
    }
    Ok(measured)
}

/// The first round warms up.
async fn take_turn(
    site: &Site,
    round: u32,
    participants: usize,
    measured: &mut Measured,
) -> Result<(), Failure> {
    let first = site.announce(&format!("first-{round}"), 0, participants).await;
    let second = site.announce(&format!("second-{round}"), 0, participants).await;
    let mut cups = vec![];
    for n in 0..SMALL.1 {
        cups.push(site.announce(&format!("small-{round}-{n}"), 0, SMALL.0).await);
    }
    site.say("CHECKPOINT").await?;
    let behind_checkpoint = site.pay(&[first]).await?;
    let large = site.pay(&[second]).await?;
    let small = site.pay(&cups).await?;
    if round > 0 {
        measured.behind_checkpoint.push(behind_checkpoint);
        measured.large.push(large);
        measured.small.push(small);
    }
    Ok(())
}
