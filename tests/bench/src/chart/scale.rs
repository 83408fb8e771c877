//! From values to places on an axis.

/// The axis that values are placed on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Scale {
    /// From 0, in equal steps.
    Linear { max: f64, step: f64 },
    /// Every step ten times the one before.
    Log { min: f64, max: f64 },
}

/// Steps of a linear axis, at most.
const STEPS_MAX: f64 = 6.0;

impl Scale {
    /// From 0 to what holds all `values`, in round steps.
    pub(crate) fn linear(values: impl IntoIterator<Item = f64>) -> Self {
        let greatest = values.into_iter().fold(f64::MIN_POSITIVE, f64::max);
        let magnitude = 10_f64.powf((greatest / STEPS_MAX).log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|it| it * magnitude);
        let step = steps.into_iter().find(|it| greatest / it <= STEPS_MAX).unwrap_or(greatest);
        Self::Linear { max: (greatest / step).ceil() * step, step }
    }

    /// The powers of ten around all `values`.
    pub(crate) fn log(values: impl IntoIterator<Item = f64>) -> Self {
        let (min, max) = values
            .into_iter()
            .filter(|it| *it > 0.0)
            .fold((f64::MAX, f64::MIN_POSITIVE), |(min, max), it| (min.min(it), max.max(it)));
        let power = |value: f64| 10_f64.powf(value);
        Self::Log { min: power(min.log10().floor()), max: power(max.log10().ceil()) }
    }

    /// Where a value is: 0 at the beginning of the axis, and 1 at its end.
    pub(crate) fn place(self, value: f64) -> f64 {
        match self {
            Self::Linear { max, .. } => value / max,
            Self::Log { min, max } => (value / min).ln() / (max / min).ln(),
        }
    }

    /// The values that are written beside the axis.
    pub(crate) fn ticks(self) -> Vec<f64> {
        match self {
            Self::Linear { max, step } => {
                let next = |it: &f64| Some(it + step);
                std::iter::successors(Some(0.0), next).take_while(|it| *it <= max * 1.01).collect()
            }
            Self::Log { min, max } => {
                let next = |it: &f64| Some(it * 10.0);
                std::iter::successors(Some(min), next).take_while(|it| *it <= max * 1.5).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_axis_holds_all_values_in_round_steps() {
        let scale = Scale::linear([0.3, 3.4]);

        assert_eq!(scale.ticks(), [0.0, 1.0, 2.0, 3.0, 4.0]);
        assert!((scale.place(2.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_logarithmic_axis_ends_at_powers_of_ten() {
        let scale = Scale::log([0.004, 7.0]);

        let ticks = scale.ticks();
        assert_eq!(ticks.len(), 5, "{ticks:?}");
        assert!((ticks[0] - 0.001).abs() < 1e-9 && (ticks[4] - 10.0).abs() < 1e-9, "{ticks:?}");
        assert!((scale.place(0.1) - 0.5).abs() < 1e-9);
    }
}
