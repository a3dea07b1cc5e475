//! Ranges as iterators.
//!
//! For integers `next` is flat: `A::IS_INT` is known once the type is, and the branch calls intrinsics only.

use crate::intrinsics::{int_lt, int_next, int_prev, read_via_copy, write_via_move};
use crate::iter::{FusedIterator, TrustedLen};
use crate::mem;
use crate::ops::{Range, RangeFrom, RangeInclusive};

/// Types with a notion of the next and the previous value.
pub trait Step: Clone + PartialOrd + Sized {
    /// Whether this is one of the integer types.
    #[doc(hidden)]
    const IS_INT: bool = false;

    /// How many steps lead from `start` to `end` (both bounds `usize::MAX` and `None` if too many).
    fn steps_between(start: &Self, end: &Self) -> (usize, Option<usize>);

    /// `count` steps on, unless there is no such value.
    fn forward_checked(start: Self, count: usize) -> Option<Self>;

    /// `count` steps back, unless there is no such value.
    fn backward_checked(start: Self, count: usize) -> Option<Self>;

    /// `count` steps on; panics if there is no such value.
    fn forward(start: Self, count: usize) -> Self {
        match Step::forward_checked(start, count) {
            Some(x) => x,
            None => crate::panicking::panic_const::panic_const_add_overflow(),
        }
    }

    /// `count` steps back; panics if there is no such value.
    fn backward(start: Self, count: usize) -> Self {
        match Step::backward_checked(start, count) {
            Some(x) => x,
            None => crate::panicking::panic_const::panic_const_sub_overflow(),
        }
    }
}

macro_rules! step_integer {
    ($($t:ident $unsigned:ident;)*) => {$(
        impl Step for $t {
            const IS_INT: bool = true;

            fn steps_between(start: &$t, end: &$t) -> (usize, Option<usize>) {
                if *start > *end {
                    return (0, None);
                }
                let steps = end.wrapping_sub(*start) as $unsigned;
                if steps as u128 > usize::MAX as u128 { (usize::MAX, None) } else { (steps as usize, Some(steps as usize)) }
            }

            fn forward_checked(start: $t, count: usize) -> Option<$t> {
                if count as u128 > $unsigned::MAX as u128 {
                    return None;
                }
                let result = start.wrapping_add(count as $t);
                if result >= start { Some(result) } else { None }
            }

            fn backward_checked(start: $t, count: usize) -> Option<$t> {
                if count as u128 > $unsigned::MAX as u128 {
                    return None;
                }
                let result = start.wrapping_sub(count as $t);
                if result <= start { Some(result) } else { None }
            }
        }
    )*};
}
step_integer! {
    u8 u8; u16 u16; u32 u32; u64 u64; u128 u128; usize usize;
    i8 u8; i16 u16; i32 u32; i64 u64; i128 u128; isize usize;
}

impl Step for char {
    fn steps_between(start: &char, end: &char) -> (usize, Option<usize>) {
        let (start, end) = (*start as u32, *end as u32);
        if start > end {
            return (0, None);
        }
        let mut count = end - start;
        if start < 0xD800 && end >= 0xE000 {
            count -= 0x800;
        }
        (count as usize, Some(count as usize))
    }

    fn forward_checked(start: char, count: usize) -> Option<char> {
        let start = start as u32;
        if count > 0x10FFFF {
            return None;
        }
        let mut code = start + count as u32;
        if start < 0xD800 && code >= 0xD800 {
            code += 0x800;
        }
        char::from_u32(code)
    }

    fn backward_checked(start: char, count: usize) -> Option<char> {
        let start = start as u32;
        if count > start as usize {
            return None;
        }
        let mut code = start - count as u32;
        if start >= 0xE000 && code < 0xE000 {
            if code < 0x800 {
                return None;
            }
            code -= 0x800;
        }
        char::from_u32(code)
    }
}

impl<A: Step> Iterator for Range<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        if A::IS_INT {
            unsafe {
                if int_lt::<A>(read_via_copy(&self.start), read_via_copy(&self.end)) {
                    let now = read_via_copy(&self.start);
                    write_via_move(&mut self.start, int_next::<A>(read_via_copy(&self.start)));
                    return Some(now);
                }
                return None;
            }
        }
        if self.start < self.end {
            let next = Step::forward(self.start.clone(), 1);
            Some(mem::replace(&mut self.start, next))
        } else {
            None
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.start < self.end { Step::steps_between(&self.start, &self.end) } else { (0, Some(0)) }
    }

    fn __is_random_access(&self) -> bool {
        true
    }

    fn count(self) -> usize {
        if self.start < self.end {
            match Step::steps_between(&self.start, &self.end).1 {
                Some(n) => n,
                None => panic!("count overflowed usize"),
            }
        } else {
            0
        }
    }

    fn nth(&mut self, n: usize) -> Option<A> {
        if let Some(plus_n) = Step::forward_checked(self.start.clone(), n) {
            if plus_n < self.end {
                self.start = Step::forward(plus_n.clone(), 1);
                return Some(plus_n);
            }
        }
        self.start = self.end.clone();
        None
    }

    fn last(mut self) -> Option<A> {
        self.next_back()
    }

    fn min(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next()
    }

    fn max(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next_back()
    }
}

impl<A: Step> DoubleEndedIterator for Range<A> {
    #[inline]
    fn next_back(&mut self) -> Option<A> {
        if A::IS_INT {
            unsafe {
                if int_lt::<A>(read_via_copy(&self.start), read_via_copy(&self.end)) {
                    write_via_move(&mut self.end, int_prev::<A>(read_via_copy(&self.end)));
                    return Some(read_via_copy(&self.end));
                }
                return None;
            }
        }
        if self.start < self.end {
            self.end = Step::backward(self.end.clone(), 1);
            Some(self.end.clone())
        } else {
            None
        }
    }

    fn nth_back(&mut self, n: usize) -> Option<A> {
        if let Some(minus_n) = Step::backward_checked(self.end.clone(), n) {
            if minus_n > self.start {
                self.end = Step::backward(minus_n, 1);
                return Some(self.end.clone());
            }
        }
        self.end = self.start.clone();
        None
    }
}

macro_rules! range_exact {
    ($range:ident: $($t:ty)*) => {$(
        impl ExactSizeIterator for $range<$t> {}
    )*};
}
range_exact! { Range: usize u8 u16 u32 isize i8 i16 i32 }
range_exact! { RangeInclusive: u8 i8 u16 i16 }

impl<A: Step> FusedIterator for Range<A> {}
unsafe impl<A: Step> TrustedLen for Range<A> {}

impl<A: Step> Iterator for RangeFrom<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        if A::IS_INT {
            unsafe {
                let now = read_via_copy(&self.start);
                let next = int_next::<A>(read_via_copy(&self.start));
                if int_lt::<A>(read_via_copy(&next), read_via_copy(&now)) {
                    crate::panicking::panic_const::panic_const_add_overflow();
                }
                write_via_move(&mut self.start, next);
                return Some(now);
            }
        }
        let next = Step::forward(self.start.clone(), 1);
        Some(mem::replace(&mut self.start, next))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }

    fn nth(&mut self, n: usize) -> Option<A> {
        let plus_n = Step::forward(self.start.clone(), n);
        self.start = Step::forward(plus_n.clone(), 1);
        Some(plus_n)
    }
}

impl<A: Step> FusedIterator for RangeFrom<A> {}
unsafe impl<A: Step> TrustedLen for RangeFrom<A> {}

impl<A: Step> Iterator for RangeInclusive<A> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        if self.exhausted {
            return None;
        }
        if A::IS_INT {
            unsafe {
                let now = read_via_copy(&self.start);
                if int_lt::<A>(read_via_copy(&self.start), read_via_copy(&self.end)) {
                    write_via_move(&mut self.start, int_next::<A>(read_via_copy(&self.start)));
                } else if int_lt::<A>(read_via_copy(&self.end), read_via_copy(&self.start)) {
                    return None;
                } else {
                    self.exhausted = true;
                }
                return Some(now);
            }
        }
        if self.start < self.end {
            let next = Step::forward(self.start.clone(), 1);
            Some(mem::replace(&mut self.start, next))
        } else if self.start == self.end {
            self.exhausted = true;
            Some(self.start.clone())
        } else {
            None
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.exhausted || !(self.start <= self.end) {
            return (0, Some(0));
        }
        let (lower, upper) = Step::steps_between(&self.start, &self.end);
        (lower.saturating_add(1), upper.and_then(|steps| steps.checked_add(1)))
    }

    fn nth(&mut self, n: usize) -> Option<A> {
        if self.exhausted || !(self.start <= self.end) {
            return None;
        }
        if let Some(plus_n) = Step::forward_checked(self.start.clone(), n) {
            if plus_n < self.end {
                self.start = Step::forward(plus_n.clone(), 1);
                return Some(plus_n);
            }
            if plus_n == self.end {
                self.start = plus_n.clone();
                self.exhausted = true;
                return Some(plus_n);
            }
        }
        self.start = self.end.clone();
        self.exhausted = true;
        None
    }

    fn last(mut self) -> Option<A> {
        self.next_back()
    }

    fn min(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next()
    }

    fn max(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next_back()
    }
}

impl<A: Step> DoubleEndedIterator for RangeInclusive<A> {
    fn next_back(&mut self) -> Option<A> {
        if self.exhausted {
            return None;
        }
        if self.start < self.end {
            let next = Step::backward(self.end.clone(), 1);
            Some(mem::replace(&mut self.end, next))
        } else if self.start == self.end {
            self.exhausted = true;
            Some(self.end.clone())
        } else {
            None
        }
    }

    fn nth_back(&mut self, n: usize) -> Option<A> {
        if self.exhausted || !(self.start <= self.end) {
            return None;
        }
        if let Some(minus_n) = Step::backward_checked(self.end.clone(), n) {
            if minus_n > self.start {
                self.end = Step::backward(minus_n.clone(), 1);
                return Some(minus_n);
            }
            if minus_n == self.start {
                self.end = minus_n.clone();
                self.exhausted = true;
                return Some(minus_n);
            }
        }
        self.end = self.start.clone();
        self.exhausted = true;
        None
    }
}

impl<A: Step> FusedIterator for RangeInclusive<A> {}
unsafe impl<A: Step> TrustedLen for RangeInclusive<A> {}
