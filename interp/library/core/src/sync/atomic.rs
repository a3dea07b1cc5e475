//! Atomic types.

use self::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use crate::cell::UnsafeCell;
use crate::{fmt, intrinsics};

/// Which memory accesses an atomic one orders.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
#[non_exhaustive]
pub enum Ordering {
    /// None.
    Relaxed,
    /// Those before a store.
    Release,
    /// Those after a load.
    Acquire,
    /// Both.
    AcqRel,
    /// Both, and all such accesses have one order.
    SeqCst,
}

#[track_caller]
#[inline]
fn load_order(order: Ordering) -> u8 {
    match order {
        Release => panic!("there is no such thing as a release load"),
        AcqRel => panic!("there is no such thing as an acquire-release load"),
        _ => order as u8,
    }
}

#[track_caller]
#[inline]
fn store_order(order: Ordering) -> u8 {
    match order {
        Acquire => panic!("there is no such thing as an acquire store"),
        AcqRel => panic!("there is no such thing as an acquire-release store"),
        _ => order as u8,
    }
}

#[track_caller]
#[inline]
fn failure_order(order: Ordering) -> u8 {
    match order {
        Release => panic!("there is no such thing as a release failure ordering"),
        AcqRel => panic!("there is no such thing as an acquire-release failure ordering"),
        _ => order as u8,
    }
}

/// The order of the load in a read-modify-write of this order.
#[inline]
fn load_part(order: Ordering) -> Ordering {
    match order {
        Release | Relaxed => Relaxed,
        Acquire | AcqRel => Acquire,
        SeqCst => SeqCst,
    }
}

/// What every atomic type of a value `$t` has.
macro_rules! atomic_common {
    ([$($param:tt)*] $name:ty, $t:ty) => {
        unsafe impl<$($param)*> Sync for $name {}
        unsafe impl<$($param)*> Send for $name {}

        impl<$($param)*> $name {
            /// With a value.
            #[inline]
            pub const fn new(v: $t) -> Self {
                Self { v: UnsafeCell::new(v) }
            }

            /// Of a pointer to memory that is only accessed so.
            pub const unsafe fn from_ptr<'a>(ptr: *mut $t) -> &'a Self {
                unsafe { &*(ptr as *mut Self) }
            }

            /// The value, mutable.
            #[inline]
            pub fn get_mut(&mut self) -> &mut $t {
                unsafe { &mut *self.v.get() }
            }

            /// The value.
            #[inline]
            pub const fn into_inner(self) -> $t {
                self.v.into_inner()
            }

            /// A pointer to the value.
            #[inline]
            pub const fn as_ptr(&self) -> *mut $t {
                self.v.get()
            }

            /// The value.
            #[inline]
            #[track_caller]
            pub fn load(&self, order: Ordering) -> $t {
                unsafe { intrinsics::atomic_load(self.v.get() as *const $t, load_order(order)) }
            }

            /// Puts a value in.
            #[inline]
            #[track_caller]
            pub fn store(&self, val: $t, order: Ordering) {
                unsafe { intrinsics::atomic_store(self.v.get(), val, store_order(order)) }
            }

            /// Puts a value in and returns the old one.
            #[inline]
            pub fn swap(&self, val: $t, order: Ordering) -> $t {
                unsafe { intrinsics::atomic_xchg(self.v.get(), val, order as u8) }
            }

            /// Puts `new` in if the value is `current`; the old value.
            #[track_caller]
            pub fn compare_and_swap(&self, current: $t, new: $t, order: Ordering) -> $t {
                match self.compare_exchange(current, new, order, load_part(order)) {
                    Ok(x) => x,
                    Err(x) => x,
                }
            }

            /// Puts `new` in if the value is `current`; the old value, as an error if it was another.
            #[inline]
            #[track_caller]
            pub fn compare_exchange(&self, current: $t, new: $t, success: Ordering, failure: Ordering) -> Result<$t, $t> {
                let failure = failure_order(failure);
                let (val, ok) = unsafe { intrinsics::atomic_cxchg(self.v.get(), current, new, success as u8, failure) };
                if ok { Ok(val) } else { Err(val) }
            }

            /// As `compare_exchange`, and may fail for no reason.
            #[inline]
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $t,
                new: $t,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$t, $t> {
                let failure = failure_order(failure);
                let (val, ok) =
                    unsafe { intrinsics::atomic_cxchgweak(self.v.get(), current, new, success as u8, failure) };
                if ok { Ok(val) } else { Err(val) }
            }

            /// Puts in what the function gives for the value, until nobody came in between; `None` ends it.
            #[track_caller]
            pub fn fetch_update<F>(&self, set_order: Ordering, fetch_order: Ordering, mut f: F) -> Result<$t, $t>
            where
                F: FnMut($t) -> Option<$t>,
            {
                let mut prev = self.load(fetch_order);
                while let Some(next) = f(prev) {
                    match self.compare_exchange_weak(prev, next, set_order, fetch_order) {
                        x @ Ok(_) => return x,
                        Err(next_prev) => prev = next_prev,
                    }
                }
                Err(prev)
            }

            /// As `fetch_update`.
            #[track_caller]
            pub fn try_update(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                f: impl FnMut($t) -> Option<$t>,
            ) -> Result<$t, $t> {
                self.fetch_update(set_order, fetch_order, f)
            }

            /// Puts in what the function gives for the value, until nobody came in between.
            #[track_caller]
            pub fn update(&self, set_order: Ordering, fetch_order: Ordering, mut f: impl FnMut($t) -> $t) -> $t {
                let mut prev = self.load(fetch_order);
                loop {
                    match self.compare_exchange_weak(prev, f(prev), set_order, fetch_order) {
                        Ok(x) => return x,
                        Err(next_prev) => prev = next_prev,
                    }
                }
            }
        }

        impl<$($param)*> From<$t> for $name {
            fn from(v: $t) -> Self {
                Self::new(v)
            }
        }

        impl<$($param)*> fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.load(Relaxed), f)
            }
        }
    };
}

macro_rules! atomic_integer {
    ($($name:ident $t:ident $align:literal;)*) => {$(
        /// An integer threads can share.
        #[repr(C, align($align))]
        pub struct $name {
            v: UnsafeCell<$t>,
        }

        atomic_common! { [] $name, $t }

        impl Default for $name {
            fn default() -> Self {
                Self::new(0)
            }
        }

        impl $name {
            /// Adds, wrapping; the old value.
            #[inline]
            pub fn fetch_add(&self, val: $t, order: Ordering) -> $t {
                unsafe { intrinsics::atomic_xadd(self.v.get(), val, order as u8) }
            }

            /// Subtracts, wrapping; the old value.
            #[inline]
            pub fn fetch_sub(&self, val: $t, order: Ordering) -> $t {
                unsafe { intrinsics::atomic_xsub(self.v.get(), val, order as u8) }
            }

            /// Bitwise and; the old value.
            #[inline]
            pub fn fetch_and(&self, val: $t, order: Ordering) -> $t {
                unsafe { intrinsics::atomic_and(self.v.get(), val, order as u8) }
            }

            /// Bitwise not of and; the old value.
            #[inline]
            pub fn fetch_nand(&self, val: $t, order: Ordering) -> $t {
                unsafe { intrinsics::atomic_nand(self.v.get(), val, order as u8) }
            }

            /// Bitwise or; the old value.
            #[inline]
            pub fn fetch_or(&self, val: $t, order: Ordering) -> $t {
                unsafe { intrinsics::atomic_or(self.v.get(), val, order as u8) }
            }

            /// Bitwise exclusive or; the old value.
            #[inline]
            pub fn fetch_xor(&self, val: $t, order: Ordering) -> $t {
                unsafe { intrinsics::atomic_xor(self.v.get(), val, order as u8) }
            }

            /// The maximum; the old value.
            #[inline]
            pub fn fetch_max(&self, val: $t, order: Ordering) -> $t {
                unsafe { intrinsics::atomic_max(self.v.get(), val, order as u8) }
            }

            /// The minimum; the old value.
            #[inline]
            pub fn fetch_min(&self, val: $t, order: Ordering) -> $t {
                unsafe { intrinsics::atomic_min(self.v.get(), val, order as u8) }
            }
        }
    )*};
}
atomic_integer! {
    AtomicU8 u8 1; AtomicU16 u16 2; AtomicU32 u32 4; AtomicU64 u64 8; AtomicUsize usize 8;
    AtomicI8 i8 1; AtomicI16 i16 2; AtomicI32 i32 4; AtomicI64 i64 8; AtomicIsize isize 8;
}

/// A `bool` threads can share.
#[repr(C, align(1))]
pub struct AtomicBool {
    v: UnsafeCell<bool>,
}

atomic_common! { [] AtomicBool, bool }

impl Default for AtomicBool {
    fn default() -> Self {
        Self::new(false)
    }
}

impl AtomicBool {
    /// The value as a byte: a `bool` is 0 or 1, and so are these results.
    #[inline]
    fn byte(&self) -> *mut u8 {
        self.v.get() as *mut u8
    }

    /// Logical and; the old value.
    #[inline]
    pub fn fetch_and(&self, val: bool, order: Ordering) -> bool {
        unsafe { intrinsics::atomic_and(self.byte(), val as u8, order as u8) != 0 }
    }

    /// Logical not of and; the old value.
    pub fn fetch_nand(&self, val: bool, order: Ordering) -> bool {
        if val { self.fetch_xor(true, order) } else { self.swap(true, order) }
    }

    /// Logical or; the old value.
    #[inline]
    pub fn fetch_or(&self, val: bool, order: Ordering) -> bool {
        unsafe { intrinsics::atomic_or(self.byte(), val as u8, order as u8) != 0 }
    }

    /// Logical exclusive or; the old value.
    #[inline]
    pub fn fetch_xor(&self, val: bool, order: Ordering) -> bool {
        unsafe { intrinsics::atomic_xor(self.byte(), val as u8, order as u8) != 0 }
    }

    /// Logical not; the old value.
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.fetch_xor(true, order)
    }
}

/// A raw pointer threads can share.
#[repr(C, align(8))]
pub struct AtomicPtr<T> {
    v: UnsafeCell<*mut T>,
}

atomic_common! { [T] AtomicPtr<T>, *mut T }

impl<T> Default for AtomicPtr<T> {
    fn default() -> Self {
        Self::new(crate::ptr::null_mut())
    }
}

impl<T> fmt::Pointer for AtomicPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.load(Relaxed), f)
    }
}

impl<T> AtomicPtr<T> {
    /// Adds elements, wrapping; the old value.
    pub fn fetch_ptr_add(&self, val: usize, order: Ordering) -> *mut T {
        self.fetch_byte_add(val.wrapping_mul(intrinsics::size_of::<T>()), order)
    }

    /// Subtracts elements, wrapping; the old value.
    pub fn fetch_ptr_sub(&self, val: usize, order: Ordering) -> *mut T {
        self.fetch_byte_sub(val.wrapping_mul(intrinsics::size_of::<T>()), order)
    }

    /// Adds bytes, wrapping; the old value.
    pub fn fetch_byte_add(&self, val: usize, order: Ordering) -> *mut T {
        unsafe { intrinsics::atomic_xadd(self.v.get(), val, order as u8) }
    }

    /// Subtracts bytes, wrapping; the old value.
    pub fn fetch_byte_sub(&self, val: usize, order: Ordering) -> *mut T {
        unsafe { intrinsics::atomic_xsub(self.v.get(), val, order as u8) }
    }

    /// The address `&` a number; the old value.
    pub fn fetch_and(&self, val: usize, order: Ordering) -> *mut T {
        unsafe { intrinsics::atomic_and(self.v.get(), val, order as u8) }
    }

    /// The address `|` a number; the old value.
    pub fn fetch_or(&self, val: usize, order: Ordering) -> *mut T {
        unsafe { intrinsics::atomic_or(self.v.get(), val, order as u8) }
    }

    /// The address `^` a number; the old value.
    pub fn fetch_xor(&self, val: usize, order: Ordering) -> *mut T {
        unsafe { intrinsics::atomic_xor(self.v.get(), val, order as u8) }
    }
}

/// A memory fence.
#[track_caller]
pub fn fence(order: Ordering) {
    if let Relaxed = order {
        panic!("there is no such thing as a relaxed fence");
    }
    unsafe { intrinsics::atomic_fence(order as u8) }
}

/// A fence for the compiler only.
#[track_caller]
pub fn compiler_fence(order: Ordering) {
    if let Relaxed = order {
        panic!("there is no such thing as a relaxed fence");
    }
    unsafe { intrinsics::atomic_singlethreadfence(order as u8) }
}

/// The former name of `hint::spin_loop`.
pub fn spin_loop_hint() {
    crate::hint::spin_loop()
}

/// An `AtomicBool` that is false.
pub const ATOMIC_BOOL_INIT: AtomicBool = AtomicBool::new(false);
/// An `AtomicUsize` that is 0.
pub const ATOMIC_USIZE_INIT: AtomicUsize = AtomicUsize::new(0);
/// An `AtomicIsize` that is 0.
pub const ATOMIC_ISIZE_INIT: AtomicIsize = AtomicIsize::new(0);
