//! What an embedding program writes, from results to payment. `docs/embedding.md` walks through it.

#![doc = include_str!("../../../docs/embedding.md")]

use app_service::{
    Actor, Distribution, FinalizeOptions, Guerdon, GuerdonError, SubmitOptions,
    domain::{Finish, NewPlayer, NewTournament, Placement, RankedEntry, RankedList, Results},
};

/// Pays a tournament of three: the whole way, in the order in which it is always gone.
pub async fn pay_a_tournament(guerdon: &Guerdon) -> Result<Distribution, GuerdonError> {
    let players = ["ada", "grace", "edsger"].map(|key| NewPlayer::new(key, key));
    guerdon.register_players(&players).await?;

    let cup = NewTournament::new("spring-cup", "Spring Cup");
    let id = cup.id;
    guerdon.create_tournament(cup).await?;

    let entry = |(rank, player): (u32, &NewPlayer)| {
        let finish = Placement::new(rank).map_or(Finish::Unplaced, Finish::Marked);
        RankedEntry::new(player.id, finish)
    };
    let entries = (1..).zip(&players).map(entry).collect();
    let results = Results::Ranked(RankedList::Placements(entries));
    let me = Actor::new("back office");
    guerdon.submit_results(id, &results, SubmitOptions::default(), &me).await?;
    guerdon.finalize(id, FinalizeOptions::default(), &me).await
}

/// Compiles the snippets of the README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

#[cfg(test)]
mod tests {
    use app_service::Guerdon;
    use memory_adapter::MemoryStore;

    #[tokio::test]
    async fn the_example_pays_everybody() {
        let guerdon = Guerdon::new(MemoryStore::new().shared());

        let paid = super::pay_a_tournament(&guerdon).await;

        assert!(matches!(paid, Ok(it) if it.applied == 3 && it.is_complete()));
    }
}
