//! The modules named like number types: limits, and the mathematical constants of floats.

macro_rules! int_modules {
    ($($t:ident)*) => {$(
        /// Limits of the type.
        pub mod $t {
            /// The smallest value.
            pub const MIN: $t = $t::MIN;
            /// The largest value.
            pub const MAX: $t = $t::MAX;
        }
    )*};
}
int_modules! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! float_modules {
    ($($t:ident)*) => {$(
        /// Limits and constants of the type.
        pub mod $t {
            /// The base of the representation.
            pub const RADIX: u32 = $t::RADIX;
            /// Significant binary digits.
            pub const MANTISSA_DIGITS: u32 = $t::MANTISSA_DIGITS;
            /// Significant decimal digits.
            pub const DIGITS: u32 = $t::DIGITS;
            /// The distance of 1 to the next larger number.
            pub const EPSILON: $t = $t::EPSILON;
            /// The smallest finite number.
            pub const MIN: $t = $t::MIN;
            /// The smallest positive normal number.
            pub const MIN_POSITIVE: $t = $t::MIN_POSITIVE;
            /// The largest finite number.
            pub const MAX: $t = $t::MAX;
            /// One more than the least normal power of 2.
            pub const MIN_EXP: i32 = $t::MIN_EXP;
            /// One more than the largest power of 2.
            pub const MAX_EXP: i32 = $t::MAX_EXP;
            /// The least normal power of 10.
            pub const MIN_10_EXP: i32 = $t::MIN_10_EXP;
            /// The largest power of 10.
            pub const MAX_10_EXP: i32 = $t::MAX_10_EXP;
            /// Not a number.
            pub const NAN: $t = $t::NAN;
            /// Infinity.
            pub const INFINITY: $t = $t::INFINITY;
            /// Negative infinity.
            pub const NEG_INFINITY: $t = $t::NEG_INFINITY;

            /// Mathematical constants.
            pub mod consts {
                #[doc = "PI"]
                pub const PI: $t = 3.14159265358979323846264338327950288;
                #[doc = "TAU"]
                pub const TAU: $t = 6.28318530717958647692528676655900577;
                #[doc = "GOLDEN_RATIO"]
                pub const GOLDEN_RATIO: $t = 1.618033988749894848204586834365638118;
                #[doc = "EULER_GAMMA"]
                pub const EULER_GAMMA: $t = 0.577215664901532860606512090082402431;
                #[doc = "FRAC_PI_2"]
                pub const FRAC_PI_2: $t = 1.57079632679489661923132169163975144;
                #[doc = "FRAC_PI_3"]
                pub const FRAC_PI_3: $t = 1.04719755119659774615421446109316763;
                #[doc = "FRAC_PI_4"]
                pub const FRAC_PI_4: $t = 0.785398163397448309615660845819875721;
                #[doc = "FRAC_PI_6"]
                pub const FRAC_PI_6: $t = 0.52359877559829887307710723054658381;
                #[doc = "FRAC_PI_8"]
                pub const FRAC_PI_8: $t = 0.39269908169872415480783042290993786;
                #[doc = "FRAC_1_PI"]
                pub const FRAC_1_PI: $t = 0.318309886183790671537767526745028724;
                #[doc = "FRAC_2_PI"]
                pub const FRAC_2_PI: $t = 0.636619772367581343075535053490057448;
                #[doc = "FRAC_2_SQRT_PI"]
                pub const FRAC_2_SQRT_PI: $t = 1.12837916709551257389615890312154517;
                #[doc = "SQRT_2"]
                pub const SQRT_2: $t = 1.41421356237309504880168872420969808;
                #[doc = "FRAC_1_SQRT_2"]
                pub const FRAC_1_SQRT_2: $t = 0.707106781186547524400844362104849039;
                #[doc = "E"]
                pub const E: $t = 2.71828182845904523536028747135266250;
                #[doc = "LOG2_E"]
                pub const LOG2_E: $t = 1.44269504088896340735992468100189214;
                #[doc = "LOG2_10"]
                pub const LOG2_10: $t = 3.32192809488736234787031942948939018;
                #[doc = "LOG10_E"]
                pub const LOG10_E: $t = 0.434294481903251827651128918916605082;
                #[doc = "LOG10_2"]
                pub const LOG10_2: $t = 0.301029995663981195213738894724493027;
                #[doc = "LN_2"]
                pub const LN_2: $t = 0.693147180559945309417232121458176568;
                #[doc = "LN_10"]
                pub const LN_10: $t = 2.30258509299404568401799145468436421;
            }
        }
    )*};
}
float_modules! { f32 f64 }
