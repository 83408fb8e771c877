//! Corrections: previewed, then paid as previewed.

use client::{
    Client,
    wire::{
        CorrectionRequest, DisqualificationRequest, OnDuplicate, OnGap, PreviewCorrectionRequest,
        PreviewDisqualificationRequest,
    },
};

use crate::{
    on_both_stores,
    served::{PLAYERS, Served, key, placements},
};

on_both_stores! {
    a_correction_pays_what_its_preview_showed
    whoever_decides_on_what_is_stale_is_refused
    a_disqualified_winner_makes_room_for_the_second
}

async fn a_correction_pays_what_its_preview_showed(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    served.finalized("cup").await;
    let results = placements(&["grace", "ada", "edsger", "barbara"]);

    let preview = client.preview_correction("cup", &anew(&results)).await.unwrap().body;
    let seen = etag(client).await;
    let correction = CorrectionRequest {
        results,
        on_duplicate: OnDuplicate::Refuse,
        on_gap: OnGap::Refuse,
        plan_hash: preview.plan_hash.clone(),
        reason: "the photo finish".to_owned(),
    };
    let paid = client.correct("cup", &key(), &seen, &correction).await.unwrap().body;

    assert_eq!((preview.changed, preview.revision), (2, 1));
    assert_eq!(paid.xp_posted, preview.xp_difference);
    assert_eq!(paid.tournament.plan_hash, Some(preview.plan_hash));
    let reward = client.show_reward("grace", "cup").await.unwrap().body;
    assert_eq!((reward.award.revision, reward.award.xp_base), (1, 500));
}

async fn whoever_decides_on_what_is_stale_is_refused(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    served.finalized("cup").await;
    let seen = etag(client).await;
    disqualify(client, "barbara", &seen).await.unwrap();

    let stale = disqualify(client, "edsger", &seen).await.unwrap_err();

    let problem = stale.problem().expect("the service says why");
    assert_eq!((problem.status, problem.code.as_str()), (412, "precondition-failed"));
}

async fn a_disqualified_winner_makes_room_for_the_second(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    served.finalized("cup").await;

    let seen = etag(client).await;
    disqualify(client, PLAYERS[0], &seen).await.unwrap();

    let ada = client.show_player(PLAYERS[0]).await.unwrap().body;
    let grace = client.show_reward(PLAYERS[1], "cup").await.unwrap().body;
    assert_eq!(ada.xp_balance, 0);
    assert_eq!(grace.award.xp_base, 500);
}

async fn disqualify(
    client: &Client,
    player: &str,
    seen: &str,
) -> Result<client::Answer<client::wire::Distribution>, client::ClientError> {
    let players = vec![player.to_owned()];
    let preview = PreviewDisqualificationRequest { players: players.clone() };
    let plan_hash = client.preview_disqualification("cup", &preview).await?.body.plan_hash;
    let request = DisqualificationRequest { players, plan_hash, reason: "a bribe".to_owned() };
    client.disqualify("cup", &key(), seen, &request).await
}

async fn etag(client: &Client) -> String {
    client.show_tournament("cup").await.unwrap().etag.expect("it has a tag")
}

fn anew(results: &client::wire::Results) -> PreviewCorrectionRequest {
    PreviewCorrectionRequest {
        results: results.clone(),
        on_duplicate: OnDuplicate::Refuse,
        on_gap: OnGap::Refuse,
    }
}
