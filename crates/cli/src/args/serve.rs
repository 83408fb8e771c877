//! What the HTTP interface can be told.

use std::{net::SocketAddr, num::NonZeroU32, time::Duration};

use api::{JwksSource, JwtAlgorithm, JwtSettings, Limits, RateLimit};
use app_service::WebhookRules;
use clap::{Args, Subcommand, ValueEnum};
use relay::RelaySettings;

use crate::schedule::Schedule;

/// Subcommands of `config`.
#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Find everything that is wrong with what the file and the environment say
    Check(Serve),
    /// Show every setting, its value and who has set it; secrets are not shown
    Show(Serve),
}

/// What a process that serves does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Answers requests
    Http,
    /// Gives events their place in the feed, and delivers them to webhooks
    Relay,
    /// Finalizes tournaments at their time, gives back holds that have expired, and verifies
    Scheduler,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// What this process does; any number of processes may do the same at once
    #[arg(
        long,
        value_name = "ROLE",
        env = "GUERDON_ROLES",
        value_delimiter = ',',
        default_value = "http,relay,scheduler"
    )]
    roles: Vec<Role>,

    /// Ask nobody who they are: everybody may do everything, on this machine's loopback only
    #[arg(long)]
    pub(crate) development: bool,

    /// Where to listen; beyond the loopback put TLS in front
    #[arg(long, value_name = "ADDRESS", env = "GUERDON_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,

    /// When the scheduler verifies, in UTC; one of several processes does
    #[arg(long, value_name = "CRON", env = "GUERDON_VERIFY_SCHEDULE")]
    pub(crate) verify_schedule: Option<Schedule>,

    /// Requests of one principal in a minute; 0 for as many as they like
    #[arg(long, value_name = "N", env = "GUERDON_RATE_LIMIT", default_value_t = 6_000)]
    pub(crate) rate_limit: u32,

    /// Requests that are answered at the same time; those beyond are told to come again
    #[arg(
        long,
        value_name = "N",
        env = "GUERDON_IN_FLIGHT_MAX",
        default_value_t = 512,
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub(crate) in_flight_max: u32,

    /// How long a request may take; what it has committed by then stands
    #[arg(
        long,
        value_name = "DURATION",
        env = "GUERDON_REQUEST_TIMEOUT",
        default_value = "30s",
        value_parser = super::connection::some_time
    )]
    pub(crate) request_timeout: Duration,

    /// How long requests that are being answered may take once the service is told to stop
    #[arg(
        long,
        value_name = "DURATION",
        env = "GUERDON_SHUTDOWN_TIMEOUT",
        default_value = "30s",
        value_parser = humantime::parse_duration
    )]
    pub(crate) shutdown_timeout: Duration,

    // Last, because whatever follows would be shown below their headings.
    #[command(flatten)]
    pub(crate) jwt: Jwt,

    #[command(flatten)]
    pub(crate) webhooks: Webhooks,
}

/// Where events may be delivered to, and how.
#[derive(Debug, Args)]
#[command(next_help_heading = "Webhooks")]
pub(crate) struct Webhooks {
    /// Take and deliver to addresses that are not on the public internet, too, and without encryption
    #[arg(long, env = "GUERDON_ALLOW_PRIVATE_ADDRESSES")]
    allow_private_addresses: bool,

    /// How long a receiver has to answer
    #[arg(
        long,
        value_name = "DURATION",
        env = "GUERDON_WEBHOOK_TIMEOUT",
        default_value = "15s",
        value_parser = super::connection::some_time
    )]
    webhook_timeout: Duration,

    /// How much longer than that deliveries stay in the hands of a process that does not come back
    #[arg(
        long,
        value_name = "DURATION",
        env = "GUERDON_WEBHOOK_GRACE",
        default_value = "30s",
        value_parser = humantime::parse_duration
    )]
    webhook_grace: Duration,
}

/// Whose tokens are taken beside API keys.
#[derive(Debug, Args)]
#[command(next_help_heading = "Tokens of an identity provider")]
#[expect(clippy::struct_field_names, reason = "each is a flag, and is called what that is")]
pub(crate) struct Jwt {
    /// Where its public keys are: a file, or an https:// address
    #[arg(long, value_name = "FILE|URL", env = "GUERDON_JWT_JWKS")]
    jwt_jwks: Option<JwksSource>,

    /// What `iss` must be
    #[arg(long, value_name = "ISSUER", env = "GUERDON_JWT_ISSUER")]
    jwt_issuer: Option<String>,

    /// What `aud` must be, or hold one of
    #[arg(long, value_name = "AUDIENCE", env = "GUERDON_JWT_AUDIENCE", value_delimiter = ',')]
    jwt_audience: Vec<String>,

    /// How a token may be signed: RS256, ES256, `EdDSA`
    #[arg(
        long,
        value_name = "ALGORITHM",
        env = "GUERDON_JWT_ALGORITHMS",
        value_delimiter = ',',
        default_value = "RS256,ES256,EdDSA"
    )]
    jwt_algorithms: Vec<JwtAlgorithm>,

    /// The claim that names the role, or the way to it: `role`, `realm_access.roles`
    #[arg(long, value_name = "CLAIM", env = "GUERDON_JWT_ROLE_CLAIM", default_value = "role")]
    jwt_role_claim: String,

    /// By how much the clocks of two machines may differ
    #[arg(
        long,
        value_name = "DURATION",
        env = "GUERDON_JWT_LEEWAY",
        default_value = "30s",
        value_parser = humantime::parse_duration
    )]
    jwt_leeway: Duration,
}

/// Settings that do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contradiction {
    /// The setting to change.
    pub(crate) setting: &'static str,
    /// Why.
    pub(crate) problem: &'static str,
}

impl Serve {
    /// Whether this process does that.
    pub(crate) fn takes(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Everything that does not go together.
    pub(crate) fn contradictions(&self) -> Vec<Contradiction> {
        let open = self.development && !self.listen.ip().is_loopback();
        let open = open.then_some(Contradiction {
            setting: "listen",
            problem: "with --development nobody is asked who they are: use 127.0.0.1 or [::1]",
        });
        open.into_iter().chain(self.jwt.contradictions()).collect()
    }

    /// What one request may cost.
    pub(crate) fn limits(&self) -> Limits {
        let rate = NonZeroU32::new(self.rate_limit);
        Limits {
            timeout: self.request_timeout,
            in_flight: self.in_flight_max as usize,
            shutdown: self.shutdown_timeout,
            rate: rate.map(|requests| RateLimit { requests, per: Duration::from_mins(1) }),
            ..Limits::default()
        }
    }
}

impl Webhooks {
    /// Where webhooks may be.
    pub(crate) fn rules(&self) -> WebhookRules {
        WebhookRules { private_addresses: self.allow_private_addresses }
    }

    /// How events are delivered.
    pub(crate) fn settings(&self) -> RelaySettings {
        let (timeout, grace) = (self.webhook_timeout, self.webhook_grace);
        RelaySettings { rules: self.rules(), timeout, grace, ..RelaySettings::default() }
    }
}

impl Jwt {
    /// Whose tokens are taken; `None` for nobody's.
    pub(crate) fn settings(&self) -> Option<JwtSettings> {
        let (jwks, issuer) = self.jwt_jwks.clone().zip(self.jwt_issuer.clone())?;
        Some(JwtSettings {
            jwks,
            issuer,
            audience: self.jwt_audience.clone(),
            algorithms: self.jwt_algorithms.clone(),
            role_claim: self.jwt_role_claim.clone(),
            leeway: self.jwt_leeway,
        })
    }

    fn contradictions(&self) -> impl Iterator<Item = Contradiction> + use<> {
        let there = [
            ("jwt-jwks", self.jwt_jwks.is_some()),
            ("jwt-issuer", self.jwt_issuer.is_some()),
            ("jwt-audience", !self.jwt_audience.is_empty()),
        ];
        let wanted = there.iter().any(|it| it.1);
        let missing = there.into_iter().filter(move |it| wanted && !it.1);
        let problem =
            "tokens are taken only where jwt-jwks, jwt-issuer and jwt-audience are all set";
        missing.map(move |it| Contradiction { setting: it.0, problem })
    }
}
