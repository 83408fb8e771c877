//! The connection is cut when a COMMIT goes by.

use std::{io::Write, sync::Arc};

use crashes::{DatabaseGround, Ground, UseCase, difference, everything, undisturbed};
use sea_orm_adapter::SeaOrmStore;
use test_databases::{CommitProxy, Cut};

#[tokio::test]
async fn whatever_became_of_a_commit_that_was_cut_off_everything_is_paid_once() {
    let ground = DatabaseGround::postgres().await;
    let mut cuts = 0;
    for use_case in UseCase::ALL {
        for cut in [Cut::BeforeTheServerHasIt, Cut::BeforeTheClientHears] {
            cuts += cut_each_commit(use_case, cut, &ground).await;
        }
    }
    let _ = writeln!(std::io::stderr(), "wire: {cuts} commits cut off on PostgreSQL");
}

/// Cuts the first commit of a run, the second of another, and so on to the last; answers how many.
async fn cut_each_commit(use_case: UseCase, cut: Cut, ground: &DatabaseGround) -> u64 {
    let expected = undisturbed(use_case, ground).await;
    let proxy = CommitProxy::to(ground.url()).await;
    let cut_off = SeaOrmStore::connect(proxy.url()).await.expect("the way is open");
    let guerdon = use_case.guerdon(Arc::new(cut_off));
    for nth in 1.. {
        let store = ground.emptied().await;
        use_case.prepare(&store).await;
        proxy.cut(nth, cut);
        let ended = use_case.run(&guerdon).await;
        if proxy.cuts() == 0 {
            assert!(nth > 1, "{use_case} has a commit");
            return nth - 1;
        }
        assert!(ended.is_ok(), "{use_case}, commit {nth}, {cut:?}: {ended:?}");
        let actual = everything(ground, store.as_ref()).await;
        let different = difference(&expected, &actual);
        assert!(actual == expected, "{use_case}, commit {nth}, {cut:?}:\n{different}");
    }
    unreachable!("a run has a last commit")
}
