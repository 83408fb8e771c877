//! Every operation of the service.

use reqwest::Method;
use wire::{
    AnnounceRequest, Announced, ApiKey, Appointment, AppointmentRequest, AssessRequest, Assessed,
    Award, Charge, Charged, CorrectionPreview, CorrectionRequest, CreateApiKeyRequest, Delivery,
    DisqualificationRequest, DistributeRequest, Distribution, EventPage, FinalizeRequest, Health,
    HoldRequest, IssuedApiKey, Leader, LedgerEntry, NewWebhook, Page, Plan, Player, Policy,
    PreviewCorrectionRequest, PreviewDisqualificationRequest, RefundRequest, RegisterRequest,
    Registered, ReplayRequest, Replayed, RequestOperation, Reward, RotateApiKeyRequest,
    RotateRequest, SettleRequest, Showcase, SpendRequest, SubmitRequest, Submitted, Tournament,
    TournamentSummary, Verification, VerifyRequest, Webhook, WebhookChange, WebhookWithSecret,
};

use crate::{
    Answer, BadgesQuery, Client, ClientError, DeliveriesQuery, EventsQuery, LeaderboardQuery,
    LedgerQuery, PageQuery, PlanQuery,
    operation::{Operation, operations},
};

operations! {
    /// Whether the process answers.
    GET livez "/livez" () { answer: Health }

    /// Whether the store answers, and has its schema.
    GET readyz "/readyz" () { answer: Health }

    /// The metrics of the process, in the text format of Prometheus.
    GET metrics "/metrics" () { answer: String }

    /// All tournaments, ascending by id.
    GET list_tournaments "/v1/tournaments" () { query: PageQuery, answer: Page<Tournament> }

    /// Announces a tournament.
    POST announce_tournament "/v1/tournaments" () {
        once: key, body: AnnounceRequest, answer: Announced
    }

    /// A tournament with everything that has been paid for it. Its `ETag` is what corrections ask for.
    GET show_tournament "/v1/tournaments/{tournament}" (tournament) { answer: TournamentSummary }

    /// What a tournament's placements are worth.
    GET show_policy "/v1/tournaments/{tournament}/policy" (tournament) { answer: Policy }

    /// Calls a tournament off, before anything is frozen.
    POST cancel_tournament "/v1/tournaments/{tournament}/cancel" (tournament) {
        once: key, answer: TournamentSummary
    }

    /// Puts a tournament away whose rewards are distributed.
    POST archive_tournament "/v1/tournaments/{tournament}/archive" (tournament) {
        once: key, answer: TournamentSummary
    }

    /// When a tournament is to be finalized.
    GET show_appointment "/v1/tournaments/{tournament}/appointment" (tournament) {
        answer: Appointment
    }

    /// Has a tournament finalized at a moment, or at another one.
    PUT make_appointment "/v1/tournaments/{tournament}/appointment" (tournament) {
        body: AppointmentRequest, answer: Appointment
    }

    /// Has a tournament finalized by hand after all.
    DELETE take_appointment_back "/v1/tournaments/{tournament}/appointment" (tournament) {
        answer: Appointment
    }

    /// Takes results in, or puts others in their place while nothing is frozen.
    POST submit_results "/v1/tournaments/{tournament}/results" (tournament) {
        once: key, body: SubmitRequest, answer: Submitted
    }

    /// What finalize would pay, or has frozen.
    GET show_plan "/v1/tournaments/{tournament}/plan" (tournament) {
        query: PlanQuery, answer: Plan
    }

    /// Freezes the plan of a tournament whose results are in, and pays it.
    POST finalize "/v1/tournaments/{tournament}/finalize" (tournament) {
        once: key, body: FinalizeRequest, answer: Distribution
    }

    /// Pays what a frozen tournament still owes, from wherever it was left.
    POST distribute "/v1/tournaments/{tournament}/distribution" (tournament) {
        once: key, body: DistributeRequest, answer: Distribution
    }

    /// How far a tournament is paid.
    GET show_distribution "/v1/tournaments/{tournament}/distribution" (tournament) {
        answer: TournamentSummary
    }

    /// What other results would pay, and take away.
    POST preview_correction "/v1/tournaments/{tournament}/corrections/preview" (tournament) {
        body: PreviewCorrectionRequest, answer: CorrectionPreview
    }

    /// Puts other results in the place of frozen ones, and pays the difference.
    POST correct "/v1/tournaments/{tournament}/corrections" (tournament) {
        once: key, if_match: etag, body: CorrectionRequest, answer: Distribution
    }

    /// What it would pay, and take away, to strike somebody from the results.
    POST preview_disqualification
    "/v1/tournaments/{tournament}/disqualifications/preview" (tournament) {
        body: PreviewDisqualificationRequest, answer: CorrectionPreview
    }

    /// Strikes somebody from frozen results, and pays the difference.
    POST disqualify "/v1/tournaments/{tournament}/disqualifications" (tournament) {
        once: key, if_match: etag, body: DisqualificationRequest, answer: Distribution
    }

    /// A tournament's awards, ascending by player id.
    GET list_awards "/v1/tournaments/{tournament}/awards" (tournament) {
        query: PageQuery, answer: Page<Award>
    }

    /// All players, ascending by id.
    GET list_players "/v1/players" () { query: PageQuery, answer: Page<Player> }

    /// Registers players; those who are known stay as they are.
    POST register_players "/v1/players" () {
        once: key, body: RegisterRequest, answer: Registered
    }

    /// Everything that a player owns.
    GET show_player "/v1/players/{player}" (player) { answer: Player }

    /// One account's ledger, by number: why the balance is what it is.
    GET list_ledger "/v1/players/{player}/ledger" (player) {
        query: LedgerQuery, answer: Page<LedgerEntry>
    }

    /// A player's badges, as they are shown off.
    GET show_badges "/v1/players/{player}/badges" (player) {
        query: BadgesQuery, answer: Showcase
    }

    /// One player's reward for one tournament.
    GET show_reward "/v1/players/{player}/rewards/{tournament}" (player, tournament) {
        answer: Reward
    }

    /// Records what coaches say of a player.
    POST assess "/v1/players/{player}/assessments" (player) {
        once: key, body: AssessRequest, answer: Assessed
    }

    /// One player's charges, by id.
    GET list_charges "/v1/players/{player}/charges" (player) {
        query: PageQuery, answer: Page<Charge>
    }

    /// Charges credits for good.
    POST spend "/v1/players/{player}/charges" (player) {
        once: key, body: SpendRequest, answer: Charged
    }

    /// One player's holds that have not ended, by id.
    GET list_holds "/v1/players/{player}/holds" (player) {
        query: PageQuery, answer: Page<Charge>
    }

    /// Sets credits aside.
    POST hold "/v1/players/{player}/holds" (player) {
        once: key, body: HoldRequest, answer: Charged
    }

    /// Charges a part of a hold for good, or all of it; the rest comes back.
    POST settle "/v1/players/{player}/charges/{charge}/settle" (player, charge) {
        once: key, body: SettleRequest, answer: Charged
    }

    /// Gives a hold back.
    POST release "/v1/players/{player}/charges/{charge}/release" (player, charge) {
        once: key, answer: Charged
    }

    /// Gives back a part of what was charged for good, or all that is left of it.
    POST refund "/v1/players/{player}/charges/{charge}/refunds" (player, charge) {
        once: key, body: RefundRequest, answer: Charged
    }

    /// Those who have been paid for any of some tournaments, best first.
    GET list_leaders "/v1/leaderboard" () { query: LeaderboardQuery, answer: Page<Leader> }

    /// A request, how far it has come, and what it was answered with.
    GET show_operation "/v1/operations/{operation}" (operation) { answer: RequestOperation }

    /// The same as it changes, until it is answered: server-sent events, whole.
    GET watch_operation "/v1/operations/{operation}/events" (operation) { answer: String }

    /// Some of what happened, and where it goes on.
    GET list_events "/v1/events" () { query: EventsQuery, answer: EventPage }

    /// All webhooks, in the order in which they were set up.
    GET list_webhooks "/v1/webhooks" () { query: PageQuery, answer: Page<Webhook> }

    /// Sets up a webhook; the answer has its secret.
    POST create_webhook "/v1/webhooks" () {
        once: key, body: NewWebhook, answer: WebhookWithSecret
    }

    /// One webhook.
    GET show_webhook "/v1/webhooks/{webhook}" (webhook) { answer: Webhook }

    /// Changes a webhook; what is left out stays as it is.
    PATCH change_webhook "/v1/webhooks/{webhook}" (webhook) {
        body: WebhookChange, answer: Webhook
    }

    /// Removes a webhook, with all that was to be delivered to it.
    DELETE delete_webhook "/v1/webhooks/{webhook}" (webhook) { answer: Webhook }

    /// Gives a webhook a new secret; the one before signs along for a while.
    POST rotate_webhook_secret "/v1/webhooks/{webhook}/secret" (webhook) {
        once: key, body: RotateRequest, answer: WebhookWithSecret
    }

    /// What was, is or could not be delivered to a webhook.
    GET list_deliveries "/v1/webhooks/{webhook}/deliveries" (webhook) {
        query: DeliveriesQuery, answer: Page<Delivery>
    }

    /// Delivers an event again, or everything behind a place in the feed.
    POST replay_deliveries "/v1/webhooks/{webhook}/replay" (webhook) {
        once: key, body: ReplayRequest, answer: Replayed
    }

    /// What the last verification found.
    GET show_verification "/v1/invariants" () { answer: Verification }

    /// Checks every invariant now.
    POST verify "/v1/invariants" () { once: key, body: VerifyRequest, answer: Verification }

    /// All keys, in the order in which they were made.
    GET list_api_keys "/v1/api-keys" () { query: PageQuery, answer: Page<ApiKey> }

    /// Gives out a key. Its secret is in the first answer only.
    POST create_api_key "/v1/api-keys" () {
        once: key, body: CreateApiKeyRequest, answer: IssuedApiKey
    }

    /// Takes a key back, at once and for good.
    DELETE revoke_api_key "/v1/api-keys/{prefix}" (prefix) { answer: ApiKey }

    /// Gives a key another secret. It is in the first answer only.
    POST rotate_api_key "/v1/api-keys/{prefix}/rotation" (prefix) {
        once: key, body: RotateApiKeyRequest, answer: IssuedApiKey
    }
}
