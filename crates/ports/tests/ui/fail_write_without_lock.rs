//! There is no write of anything that is locked on a unit of work itself.
use domain::NewEntry;
use ports::UnitOfWork;

async fn eager(mut uow: UnitOfWork, entries: &[NewEntry]) {
    uow.post_entries(entries).await.unwrap();
}

fn main() {}
