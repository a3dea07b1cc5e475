//! Properties and case mappings of characters, from tables.
//!
//! Each property is a module of its own, so that only what is asked for is loaded. The tables are
//! written by `tools/unicode.py`.

mod alphabetic;
mod case;
mod case_ignorable;
mod cased;
mod grapheme_extend;
mod lowercase;
mod numeric;
mod unprintable;
mod uppercase;

/// Whether a code point lies in a table of beginnings and ends.
fn contains(bounds: &[u32], code: u32) -> bool {
    let mut low = 0;
    let mut high = bounds.len();
    while low < high {
        let mid = (low + high) / 2;
        if bounds[mid] <= code {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    low % 2 == 1
}

pub(crate) fn is_alphabetic(c: char) -> bool {
    contains(&alphabetic::BOUNDS, c as u32)
}

pub(crate) fn is_lowercase(c: char) -> bool {
    contains(&lowercase::BOUNDS, c as u32)
}

pub(crate) fn is_uppercase(c: char) -> bool {
    contains(&uppercase::BOUNDS, c as u32)
}

pub(crate) fn is_numeric(c: char) -> bool {
    contains(&numeric::BOUNDS, c as u32)
}

/// Whether a character extends the one before it.
pub(crate) fn is_grapheme_extend(c: char) -> bool {
    contains(&grapheme_extend::BOUNDS, c as u32)
}

/// Whether a character is shown as it is.
pub(crate) fn is_printable(c: char) -> bool {
    !contains(&unprintable::BOUNDS, c as u32)
}

/// Whether a character has case (and is not to be skipped).
#[doc(hidden)]
pub fn is_cased(c: char) -> bool {
    contains(&cased::BOUNDS, c as u32)
}

/// Whether a character is skipped when looking for a cased one.
#[doc(hidden)]
pub fn is_case_ignorable(c: char) -> bool {
    contains(&case_ignorable::BOUNDS, c as u32)
}

/// Maps a character: zeros fill the places that are not needed.
fn map_case(steps: &[u32], several: &[u32], c: char) -> [char; 3] {
    let code = c as u32;
    let mut low = 0;
    let mut high = steps.len() / 4;
    while low < high {
        let mid = (low + high) / 2;
        if steps[mid * 4] <= code {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    // Runs of step 2 interleave, so the one before may hold the code as well.
    let mut back = 0;
    while back < 2 && low > back {
        let at = (low - 1 - back) * 4;
        let (first, last, step) = (steps[at], steps[at + 1], steps[at + 2]);
        if code <= last && (code - first) % step == 0 {
            let mapped = code.wrapping_add(steps[at + 3]);
            return [unsafe { char::from_u32_unchecked(mapped) }, '\0', '\0'];
        }
        back += 1;
    }
    let mut i = 0;
    while i < several.len() {
        if several[i] == code {
            return unsafe {
                [
                    char::from_u32_unchecked(several[i + 1]),
                    char::from_u32_unchecked(several[i + 2]),
                    char::from_u32_unchecked(several[i + 3]),
                ]
            };
        }
        i += 4;
    }
    [c, '\0', '\0']
}

/// The lower case of a character.
#[doc(hidden)]
pub fn to_lower(c: char) -> [char; 3] {
    if c.is_ascii() {
        return [c.to_ascii_lowercase(), '\0', '\0'];
    }
    map_case(&case::LOWER, &case::LOWER_SEVERAL, c)
}

/// The upper case of a character.
#[doc(hidden)]
pub fn to_upper(c: char) -> [char; 3] {
    if c.is_ascii() {
        return [c.to_ascii_uppercase(), '\0', '\0'];
    }
    map_case(&case::UPPER, &case::UPPER_SEVERAL, c)
}
