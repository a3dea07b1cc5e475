//! What Rust itself cannot say: functions the compiler or the machine gives a meaning to.
//!
//! This file is the contract between the library and the machine. Every function has no body;
//! its sentence says what it does and what is undefined behaviour. "UB" means that the machine
//! must stop the run with a report. Integer intrinsics take any of the twelve integer types.
//! It is one file, long as it is: a contract, of declarations only.
//!
//! To add an intrinsic, declare it here with one precise sentence and implement it in the machine.

use crate::marker::{Copy, DiscriminantKind, Sized};

// ---------------------------------------------------------------- types

/// Size of `T` in bytes.
#[rustc_intrinsic]
pub const fn size_of<T>() -> usize;
/// Alignment of `T` in bytes.
#[rustc_intrinsic]
pub const fn align_of<T>() -> usize;
/// Size of the value `ptr` points to, from its metadata (slice length or vtable).
#[rustc_intrinsic]
pub const unsafe fn size_of_val<T: ?Sized>(ptr: *const T) -> usize;
/// Alignment of the value `ptr` points to, from its metadata.
#[rustc_intrinsic]
pub const unsafe fn align_of_val<T: ?Sized>(ptr: *const T) -> usize;
/// Whether dropping a `T` runs any code.
#[rustc_intrinsic]
pub const fn needs_drop<T: ?Sized>() -> bool;
/// Whether `T: Copy`, known after substitution: containers then copy bytes where they would clone each value.
#[rustc_intrinsic]
pub const fn is_copy<T>() -> bool;

/// Whether `F` is an async closure whose future borrows from it.
#[rustc_intrinsic]
pub const fn closure_lends<F>() -> bool;

/// The type's name as rustc prints it, with full paths (`core::option::Option<i32>`).
#[rustc_intrinsic]
pub const fn type_name<T: ?Sized>() -> &'static str;
/// A number that differs for different types (lifetimes erased).
#[rustc_intrinsic]
pub const fn type_id<T: ?Sized>() -> u128;
/// How many variants the enum `T` has (0 for other types).
#[rustc_intrinsic]
pub const fn variant_count<T>() -> usize;
/// The discriminant of the enum value `v`; 0 for a type that is no enum.
#[rustc_intrinsic]
pub const fn discriminant_value<T>(v: &T) -> <T as DiscriminantKind>::Discriminant;
/// Panics (nounwind, "attempted to instantiate uninhabited type `T`") if `T` has no values.
#[rustc_intrinsic]
pub const fn assert_inhabited<T>();
/// Panics (nounwind) if all-zero bytes are no valid `T`.
#[rustc_intrinsic]
pub const fn assert_zero_valid<T>();
/// Panics (nounwind) if uninitialised (or 0x01-filled) bytes are no valid `T`.
#[rustc_intrinsic]
pub const fn assert_mem_uninitialized_valid<T>();

// ---------------------------------------------------------------- values and memory

/// Reinterprets the bits of `src` as a `Dst`, moving it; sizes must be equal (else a compile error E0512).
#[rustc_intrinsic]
pub const unsafe fn transmute<Src, Dst>(src: Src) -> Dst;
/// As `transmute`, but the sizes are known equal only after substitution (UB if they differ).
#[rustc_intrinsic]
pub const unsafe fn transmute_unchecked<Src, Dst>(src: Src) -> Dst;
/// `memmove` of `count` values (typed: size_of::<T>() * count bytes, init mask and provenance kept); UB unless both are valid and aligned.
#[rustc_intrinsic]
pub const unsafe fn copy<T>(src: *const T, dst: *mut T, count: usize);
/// `memcpy` of `count` values; as `copy`, and UB if the two ranges overlap.
#[rustc_intrinsic]
pub const unsafe fn copy_nonoverlapping<T>(src: *const T, dst: *mut T, count: usize);
/// Sets `count * size_of::<T>()` bytes at `dst` to `val`.
#[rustc_intrinsic]
pub const unsafe fn write_bytes<T>(dst: *mut T, val: u8, count: usize);
/// Swaps the values at `x` and `y`; UB if they overlap or are invalid.
#[rustc_intrinsic]
pub const unsafe fn typed_swap_nonoverlapping<T>(x: *mut T, y: *mut T);
/// `*ptr` by bitwise copy, without `T: Copy` (a typed read: validity is checked).
#[rustc_intrinsic]
pub const unsafe fn read_via_copy<T>(ptr: *const T) -> T;
/// `*ptr = value` without dropping what was there (a typed write).
#[rustc_intrinsic]
pub const unsafe fn write_via_move<T>(ptr: *mut T, value: T);
/// A read that is never left out.
#[rustc_intrinsic]
pub unsafe fn volatile_load<T>(src: *const T) -> T;
/// A write that is never left out.
#[rustc_intrinsic]
pub unsafe fn volatile_store<T>(dst: *mut T, val: T);
/// A read at any alignment (address need not be aligned for `T`).
#[rustc_intrinsic]
pub unsafe fn unaligned_volatile_load<T>(src: *const T) -> T;
/// A write at any alignment.
#[rustc_intrinsic]
pub unsafe fn unaligned_volatile_store<T>(dst: *mut T, val: T);
/// As C's `memcmp`: negative, zero or positive for the first differing byte (all bytes must be initialised).
#[rustc_intrinsic]
pub const unsafe fn compare_bytes(left: *const u8, right: *const u8, bytes: usize) -> i32;
/// Whether the bytes of two values are equal (UB if any is uninitialised).
#[rustc_intrinsic]
pub const unsafe fn raw_eq<T>(a: &T, b: &T) -> bool;

// ---------------------------------------------------------------- pointers

/// `dst + offset * size_of::<T>()`, wrapping, provenance kept, never UB. `Ptr` is `*const T` or `*mut T`, `Delta` is `isize` or `usize`.
#[rustc_intrinsic]
pub const unsafe fn arith_offset<T>(dst: *const T, offset: isize) -> *const T;
/// As `arith_offset`, and UB unless both ends are in bounds of the same allocation and nothing overflows; `Ptr`: `*const T`/`*mut T`, `Delta`: `isize`/`usize`.
#[rustc_intrinsic]
pub const unsafe fn offset<Ptr, Delta>(dst: Ptr, offset: Delta) -> Ptr;
/// `(ptr - base) / size_of::<T>()`; UB unless both are in the same allocation and the distance is a multiple of the size.
#[rustc_intrinsic]
pub const unsafe fn ptr_offset_from<T>(ptr: *const T, base: *const T) -> isize;
/// As `ptr_offset_from`, and UB if `ptr < base`.
#[rustc_intrinsic]
pub const unsafe fn ptr_offset_from_unsigned<T>(ptr: *const T, base: *const T) -> usize;
/// The pointer with its address and-ed with `mask`, provenance kept.
#[rustc_intrinsic]
pub const fn ptr_mask<T>(ptr: *const T, mask: usize) -> *const T;
/// The metadata of a pointer: `()` for thin ones, the length for slices and `str`, `DynMetadata` (one vtable pointer) for `dyn`.
#[rustc_intrinsic]
pub const fn ptr_metadata<P: ?Sized, M>(ptr: *const P) -> M;
/// The pointer `P` (raw, thin or fat) of the thin raw pointer `data` and the metadata `meta`.
#[rustc_intrinsic]
pub const fn aggregate_raw_ptr<P, D, M>(data: D, meta: M) -> P;
/// The size stored in the vtable at `ptr` (UB if it is no vtable).
#[rustc_intrinsic]
pub const unsafe fn vtable_size(ptr: *const ()) -> usize;
/// The alignment stored in the vtable at `ptr`.
#[rustc_intrinsic]
pub const unsafe fn vtable_align(ptr: *const ()) -> usize;

// ---------------------------------------------------------------- control

/// Ends the process at once as by SIGABRT (exit code 134), without unwinding.
#[rustc_intrinsic]
pub fn abort() -> !;
/// UB when reached.
#[rustc_intrinsic]
pub const unsafe fn unreachable() -> !;
/// UB if `b` is false.
#[rustc_intrinsic]
pub const unsafe fn assume(b: bool);
/// UB: a function of the library was called as its safety section forbids; `rule` says how it must be.
#[rustc_intrinsic]
pub const unsafe fn precondition_violated(rule: &'static str) -> !;
/// Returns `b`.
#[rustc_intrinsic]
pub const fn likely(b: bool) -> bool;
/// Returns `b`.
#[rustc_intrinsic]
pub const fn unlikely(b: bool) -> bool;
/// Does nothing.
#[rustc_intrinsic]
pub const fn cold_path();
/// Returns its argument.
#[rustc_intrinsic]
pub fn black_box<T>(dummy: T) -> T;
/// Stops the program as by SIGTRAP.
#[rustc_intrinsic]
pub fn breakpoint();
/// The location of the call of the innermost enclosing function that is not `#[track_caller]`.
#[rustc_intrinsic]
pub const fn caller_location() -> &'static crate::panic::Location<'static>;
/// Calls `try_fn(data)`; if it unwinds, calls `catch_fn(data, payload)` with `start_unwind`'s payload and returns 1, else 0.
#[rustc_intrinsic]
pub unsafe fn catch_unwind(try_fn: fn(*mut u8), data: *mut u8, catch_fn: fn(*mut u8, *mut u8)) -> i32;

// ---------------------------------------------------------------- integers

/// `x + y` wrapped, and whether it overflowed.
#[rustc_intrinsic]
pub const fn add_with_overflow<T: Copy>(x: T, y: T) -> (T, bool);
/// `x - y` wrapped, and whether it overflowed.
#[rustc_intrinsic]
pub const fn sub_with_overflow<T: Copy>(x: T, y: T) -> (T, bool);
/// `x * y` wrapped, and whether it overflowed.
#[rustc_intrinsic]
pub const fn mul_with_overflow<T: Copy>(x: T, y: T) -> (T, bool);
/// `x + y` modulo 2^N.
#[rustc_intrinsic]
pub const fn wrapping_add<T: Copy>(x: T, y: T) -> T;
/// `x - y` modulo 2^N.
#[rustc_intrinsic]
pub const fn wrapping_sub<T: Copy>(x: T, y: T) -> T;
/// `x * y` modulo 2^N.
#[rustc_intrinsic]
pub const fn wrapping_mul<T: Copy>(x: T, y: T) -> T;
/// `x + y` clamped to the type's range.
#[rustc_intrinsic]
pub const fn saturating_add<T: Copy>(x: T, y: T) -> T;
/// `x - y` clamped to the type's range.
#[rustc_intrinsic]
pub const fn saturating_sub<T: Copy>(x: T, y: T) -> T;
/// `x + y`; UB on overflow.
#[rustc_intrinsic]
pub const unsafe fn unchecked_add<T: Copy>(x: T, y: T) -> T;
/// `x - y`; UB on overflow.
#[rustc_intrinsic]
pub const unsafe fn unchecked_sub<T: Copy>(x: T, y: T) -> T;
/// `x * y`; UB on overflow.
#[rustc_intrinsic]
pub const unsafe fn unchecked_mul<T: Copy>(x: T, y: T) -> T;
/// `x / y`; UB if `y` is 0 or the quotient overflows.
#[rustc_intrinsic]
pub const unsafe fn unchecked_div<T: Copy>(x: T, y: T) -> T;
/// `x % y`; UB if `y` is 0 or the quotient overflows.
#[rustc_intrinsic]
pub const unsafe fn unchecked_rem<T: Copy>(x: T, y: T) -> T;
/// `x << y`; UB unless `0 <= y < N`. `U` is any integer type.
#[rustc_intrinsic]
pub const unsafe fn unchecked_shl<T: Copy, U: Copy>(x: T, y: U) -> T;
/// `x >> y` (arithmetic for signed `T`); UB unless `0 <= y < N`.
#[rustc_intrinsic]
pub const unsafe fn unchecked_shr<T: Copy, U: Copy>(x: T, y: U) -> T;
/// `x / y`; UB unless it divides without a remainder and without overflow.
#[rustc_intrinsic]
pub const unsafe fn exact_div<T: Copy>(x: T, y: T) -> T;
/// Rotates left by `shift % N` bits.
#[rustc_intrinsic]
pub const fn rotate_left<T: Copy>(x: T, shift: u32) -> T;
/// Rotates right by `shift % N` bits.
#[rustc_intrinsic]
pub const fn rotate_right<T: Copy>(x: T, shift: u32) -> T;
/// The number of one bits.
#[rustc_intrinsic]
pub const fn ctpop<T: Copy>(x: T) -> u32;
/// The number of leading zero bits (N for 0).
#[rustc_intrinsic]
pub const fn ctlz<T: Copy>(x: T) -> u32;
/// The number of trailing zero bits (N for 0).
#[rustc_intrinsic]
pub const fn cttz<T: Copy>(x: T) -> u32;
/// As `ctlz`; UB for 0.
#[rustc_intrinsic]
pub const unsafe fn ctlz_nonzero<T: Copy>(x: T) -> u32;
/// As `cttz`; UB for 0.
#[rustc_intrinsic]
pub const unsafe fn cttz_nonzero<T: Copy>(x: T) -> u32;
/// The bytes in reverse order.
#[rustc_intrinsic]
pub const fn bswap<T: Copy>(x: T) -> T;
/// The bits in reverse order.
#[rustc_intrinsic]
pub const fn bitreverse<T: Copy>(x: T) -> T;
/// `Less`, `Equal` or `Greater` of two integers or chars.
#[rustc_intrinsic]
pub const fn three_way_compare<T: Copy>(x: T, y: T) -> crate::cmp::Ordering;

/// `x < y` of two integers (of type `char` too). `T` is no integer only in code that is never reached.
#[rustc_intrinsic]
pub const fn int_lt<T>(x: T, y: T) -> bool;
/// The integer `x + 1`, wrapping. `T` is no integer only in code that is never reached.
#[rustc_intrinsic]
pub const fn int_next<T>(x: T) -> T;
/// The integer `x - 1`, wrapping. `T` is no integer only in code that is never reached.
#[rustc_intrinsic]
pub const fn int_prev<T>(x: T) -> T;

// ---------------------------------------------------------------- floats

/// Truncates a float to an integer; UB if NaN or out of range.
#[rustc_intrinsic]
pub unsafe fn float_to_int_unchecked<Float: Copy, Int: Copy>(value: Float) -> Int;

macro_rules! float_intrinsics {
    ($($doc:literal $f32:ident $f64:ident ($($arg:ident),*);)*) => {$(
        #[doc = $doc]
        #[rustc_intrinsic]
        pub const fn $f32($($arg: f32),*) -> f32;
        #[doc = $doc]
        #[rustc_intrinsic]
        pub const fn $f64($($arg: f64),*) -> f64;
    )*};
}

// All as the C library's function of the same name (`sqrtf`, `sqrt`, ...); IEEE 754 where C says so.
float_intrinsics! {
    "Square root." sqrtf32 sqrtf64 (x);
    "Absolute value (clears the sign bit, also of NaN)." fabsf32 fabsf64 (x);
    "Towards minus infinity." floorf32 floorf64 (x);
    "Towards plus infinity." ceilf32 ceilf64 (x);
    "Towards zero." truncf32 truncf64 (x);
    "To the nearest integer, halves away from zero." roundf32 roundf64 (x);
    "To the nearest integer, halves to even." round_ties_even_f32 round_ties_even_f64 (x);
    "`a * b + c` rounded once." fmaf32 fmaf64 (a, b, c);
    "`x` to the power `y`." powf32 powf64 (x, y);
    "e^x." expf32 expf64 (x);
    "2^x." exp2f32 exp2f64 (x);
    "e^x - 1." expm1f32 expm1f64 (x);
    "Natural logarithm." logf32 logf64 (x);
    "Logarithm to base 2." log2f32 log2f64 (x);
    "Logarithm to base 10." log10f32 log10f64 (x);
    "ln(1 + x)." log1pf32 log1pf64 (x);
    "Sine." sinf32 sinf64 (x);
    "Cosine." cosf32 cosf64 (x);
    "Tangent." tanf32 tanf64 (x);
    "Arc sine." asinf32 asinf64 (x);
    "Arc cosine." acosf32 acosf64 (x);
    "Arc tangent." atanf32 atanf64 (x);
    "Arc tangent of y/x in the right quadrant." atan2f32 atan2f64 (y, x);
    "Hyperbolic sine." sinhf32 sinhf64 (x);
    "Hyperbolic cosine." coshf32 coshf64 (x);
    "Hyperbolic tangent." tanhf32 tanhf64 (x);
    "Cube root." cbrtf32 cbrtf64 (x);
    "Length of the hypotenuse." hypotf32 hypotf64 (x, y);
    "Gamma function." tgammaf32 tgammaf64 (x);
    "Natural logarithm of the absolute value of the gamma function." lgammaf32 lgammaf64 (x);
    "The magnitude of `x` with the sign of `y`." copysignf32 copysignf64 (x, y);
    "The smaller; the other one if one is NaN." minnumf32 minnumf64 (x, y);
    "The larger; the other one if one is NaN." maxnumf32 maxnumf64 (x, y);
}

/// `x` to the integer power `n`.
#[rustc_intrinsic]
pub const fn powif32(x: f32, n: i32) -> f32;
/// `x` to the integer power `n`.
#[rustc_intrinsic]
pub const fn powif64(x: f64, n: i32) -> f64;

// ---------------------------------------------------------------- atomics
//
// `order` is the discriminant of `core::sync::atomic::Ordering`: 0 Relaxed, 1 Release, 2 Acquire,
// 3 AcqRel, 4 SeqCst. `T` is an integer type, `bool`, or a thin raw pointer; misaligned is UB.

/// Atomic read.
#[rustc_intrinsic]
pub unsafe fn atomic_load<T: Copy>(src: *const T, order: u8) -> T;
/// Atomic write.
#[rustc_intrinsic]
pub unsafe fn atomic_store<T: Copy>(dst: *mut T, val: T, order: u8);
/// Stores `val` and returns the old value.
#[rustc_intrinsic]
pub unsafe fn atomic_xchg<T: Copy>(dst: *mut T, val: T, order: u8) -> T;
/// If the value is `old`, stores `src`; returns (the value before, whether it was stored).
#[rustc_intrinsic]
pub unsafe fn atomic_cxchg<T: Copy>(dst: *mut T, old: T, src: T, success: u8, failure: u8) -> (T, bool);
/// As `atomic_cxchg`, and may fail spuriously (the run's random generator decides).
#[rustc_intrinsic]
pub unsafe fn atomic_cxchgweak<T: Copy>(dst: *mut T, old: T, src: T, success: u8, failure: u8) -> (T, bool);
/// Adds, wrapping; returns the old value. For a pointer `T`, `U` is `usize`: bytes are added and provenance kept.
#[rustc_intrinsic]
pub unsafe fn atomic_xadd<T: Copy, U: Copy>(dst: *mut T, src: U, order: u8) -> T;
/// Subtracts, wrapping; returns the old value.
#[rustc_intrinsic]
pub unsafe fn atomic_xsub<T: Copy, U: Copy>(dst: *mut T, src: U, order: u8) -> T;
/// Bitwise and; returns the old value.
#[rustc_intrinsic]
pub unsafe fn atomic_and<T: Copy, U: Copy>(dst: *mut T, src: U, order: u8) -> T;
/// Bitwise not of and; returns the old value.
#[rustc_intrinsic]
pub unsafe fn atomic_nand<T: Copy, U: Copy>(dst: *mut T, src: U, order: u8) -> T;
/// Bitwise or; returns the old value.
#[rustc_intrinsic]
pub unsafe fn atomic_or<T: Copy, U: Copy>(dst: *mut T, src: U, order: u8) -> T;
/// Bitwise exclusive or; returns the old value.
#[rustc_intrinsic]
pub unsafe fn atomic_xor<T: Copy, U: Copy>(dst: *mut T, src: U, order: u8) -> T;
/// Maximum, signed or unsigned as `T` is; returns the old value.
#[rustc_intrinsic]
pub unsafe fn atomic_max<T: Copy>(dst: *mut T, src: T, order: u8) -> T;
/// Minimum, signed or unsigned as `T` is; returns the old value.
#[rustc_intrinsic]
pub unsafe fn atomic_min<T: Copy>(dst: *mut T, src: T, order: u8) -> T;
/// Memory fence (never called with Relaxed).
#[rustc_intrinsic]
pub unsafe fn atomic_fence(order: u8);
/// Compiler fence: no effect on other threads.
#[rustc_intrinsic]
pub unsafe fn atomic_singlethreadfence(order: u8);

/// What the machine offers beyond the language: heap, bytes in and out, clock, threads, float text.
pub mod host {
    /// A new heap block (kind "Rust heap"), uninitialised; `size` may not be 0. Null if memory is out.
    #[rustc_intrinsic]
    pub unsafe fn alloc(size: usize, align: usize) -> *mut u8;
    /// As `alloc`, filled with zeros.
    #[rustc_intrinsic]
    pub unsafe fn alloc_zeroed(size: usize, align: usize) -> *mut u8;
    /// Frees a block; UB unless `ptr` is the start of a live heap block of this very size and alignment.
    #[rustc_intrinsic]
    pub unsafe fn dealloc(ptr: *mut u8, size: usize, align: usize);
    /// A new block of `new_size` bytes with the old contents (as far as they fit); the old block is freed. UB as `dealloc`.
    #[rustc_intrinsic]
    pub unsafe fn realloc(ptr: *mut u8, old_size: usize, align: usize, new_size: usize) -> *mut u8;
    /// `alloc` of the machine itself: the four above go to the program's `#[global_allocator]`, if it has one.
    #[rustc_intrinsic]
    pub unsafe fn system_alloc(size: usize, align: usize) -> *mut u8;
    /// `alloc_zeroed` of the machine itself.
    #[rustc_intrinsic]
    pub unsafe fn system_alloc_zeroed(size: usize, align: usize) -> *mut u8;
    /// `dealloc` of the machine itself.
    #[rustc_intrinsic]
    pub unsafe fn system_dealloc(ptr: *mut u8, size: usize, align: usize);
    /// `realloc` of the machine itself.
    #[rustc_intrinsic]
    pub unsafe fn system_realloc(ptr: *mut u8, old_size: usize, align: usize, new_size: usize) -> *mut u8;

    /// Writes `len` initialised bytes to descriptor 1 or 2; returns how many, or -errno.
    #[rustc_intrinsic]
    pub unsafe fn write(fd: i32, ptr: *const u8, len: usize) -> isize;
    /// Tells the test harness, if there is one, how a test ended: `len` initialised bytes.
    #[rustc_intrinsic]
    pub unsafe fn test_report(ptr: *const u8, len: usize);
    /// Reads at most `len` bytes from descriptor 0; returns how many (0 at the end), or -errno.
    #[rustc_intrinsic]
    pub unsafe fn read(fd: i32, ptr: *mut u8, len: usize) -> isize;
    /// Ends the process with this code (its low 8 bits), running nothing more.
    #[rustc_intrinsic]
    pub fn exit(code: i32) -> !;

    /// Unwinds the thread, running cleanup blocks, up to the nearest `catch_unwind`, which gets `payload`.
    #[rustc_intrinsic]
    pub unsafe fn start_unwind(payload: *mut u8) -> !;
    /// Adds one to this thread's count of panics in flight and returns the new count.
    #[rustc_intrinsic]
    pub fn panic_count_increase() -> usize;
    /// Takes one from this thread's count of panics in flight and returns the new count.
    #[rustc_intrinsic]
    pub fn panic_count_decrease() -> usize;
    /// This thread's count of panics in flight.
    #[rustc_intrinsic]
    pub fn panic_count() -> usize;

    /// The number of the program's arguments, its own name included.
    #[rustc_intrinsic]
    pub fn arg_count() -> usize;
    /// The length in bytes of argument `index`.
    #[rustc_intrinsic]
    pub fn arg_len(index: usize) -> usize;
    /// Writes argument `index` to `dst` (`arg_len(index)` bytes).
    #[rustc_intrinsic]
    pub unsafe fn arg_copy(index: usize, dst: *mut u8);
    /// The number of environment variables.
    #[rustc_intrinsic]
    pub fn env_count() -> usize;
    /// The length in bytes of the entry `NAME=VALUE` number `index`.
    #[rustc_intrinsic]
    pub fn env_len(index: usize) -> usize;
    /// Writes the entry `NAME=VALUE` number `index` to `dst` (`env_len(index)` bytes).
    #[rustc_intrinsic]
    pub unsafe fn env_copy(index: usize, dst: *mut u8);

    /// Nanoseconds of the virtual clock: 0 = wall clock since 1970-01-01 UTC, 1 = monotonic, never going back.
    #[rustc_intrinsic]
    pub fn now_nanos(clock: u32) -> u64;
    /// Blocks this thread for so long in virtual time.
    #[rustc_intrinsic]
    pub fn sleep_nanos(nanos: u64);
    /// The next number of the run's random generator.
    #[rustc_intrinsic]
    pub fn random_u64() -> u64;

    /// Starts a thread that calls `entry(data)`; `name` (UTF-8, may be empty) is for reports; returns its id (the main thread has 1).
    #[rustc_intrinsic]
    pub unsafe fn thread_spawn(entry: fn(*mut u8), data: *mut u8, name: *const u8, name_len: usize) -> u64;
    /// Blocks until thread `id` has ended (synchronises with its end).
    #[rustc_intrinsic]
    pub unsafe fn thread_join(id: u64);
    /// Says that nobody will join thread `id`.
    #[rustc_intrinsic]
    pub unsafe fn thread_detach(id: u64);
    /// Lets other threads run.
    #[rustc_intrinsic]
    pub fn thread_yield();
    /// The id of this thread.
    #[rustc_intrinsic]
    pub fn thread_current() -> u64;
    /// Ends the run with `unsupported: ` and that text (UTF-8): what the program asks for, the machine does not have.
    #[rustc_intrinsic]
    pub unsafe fn unsupported(what: *const u8, len: usize) -> !;
    /// How many threads can run at once (what `available_parallelism` says).
    #[rustc_intrinsic]
    pub fn thread_parallelism() -> usize;
    /// Registers `dtor(data)` to be called when this thread ends (for the main thread: after `main`), last registered first.
    #[rustc_intrinsic]
    pub unsafe fn thread_at_exit(dtor: unsafe extern "C" fn(*mut u8), data: *mut u8);
    /// Futex wait: if `*addr == expected`, blocks until woken or until `timeout_nanos` passed (u64::MAX: never); false only on timeout.
    #[rustc_intrinsic]
    pub unsafe fn wait(addr: *const u32, expected: u32, timeout_nanos: u64) -> bool;
    /// Futex wake: wakes at most `count` threads that wait at `addr`; returns how many.
    #[rustc_intrinsic]
    pub unsafe fn wake(addr: *const u32, count: u32) -> u32;

    /// Text of a finite `value >= +0.0` at `buf` (ASCII), its length returned (cut at `cap`). Modes:
    /// 0 = shortest digits that read back, no exponent (`0.1`, `100`, no trailing `.0`);
    /// 1 = fixed, exactly `precision` digits after the point, exact value rounded half to even (`%.*f`);
    /// 2 = shortest digits, scientific as Rust's `{:e}` (`1.5e-7`, `1e0`);
    /// 3 = scientific with exactly `precision` digits after the point (`1.50e-7`).
    #[rustc_intrinsic]
    pub unsafe fn fmt_f64(value: f64, mode: u32, precision: usize, buf: *mut u8, cap: usize) -> usize;
    /// As `fmt_f64` (shortest digits are those that read back as the same f32).
    #[rustc_intrinsic]
    pub unsafe fn fmt_f32(value: f32, mode: u32, precision: usize, buf: *mut u8, cap: usize) -> usize;
    /// Reads ASCII `digits [. digits] [e|E [+|-] digits]`, nothing around it, at least one digit before or after the
    /// point and one in the exponent (`5.`, `.5`, `1e9` are fine; no sign in front, no `_`); correctly rounded; false if malformed.
    #[rustc_intrinsic]
    pub unsafe fn parse_f64(ptr: *const u8, len: usize, out: *mut f64) -> bool;
    /// As `parse_f64`, rounded once to f32.
    #[rustc_intrinsic]
    pub unsafe fn parse_f32(ptr: *const u8, len: usize, out: *mut f32) -> bool;

    /// Index of the first byte `byte` in `ptr[..len]`, or `len`.
    #[rustc_intrinsic]
    pub const unsafe fn find_byte(ptr: *const u8, len: usize, byte: u8) -> usize;
    /// Index of the first occurrence of `needle` in `ptr[..len]`, or `usize::MAX` (an empty needle is found at 0).
    #[rustc_intrinsic]
    pub const unsafe fn find_bytes(ptr: *const u8, len: usize, needle: *const u8, needle_len: usize) -> usize;
    /// Index of the last occurrence of `needle` in `ptr[..len]`, or `usize::MAX` (an empty needle is found at `len`).
    #[rustc_intrinsic]
    pub const unsafe fn find_bytes_last(ptr: *const u8, len: usize, needle: *const u8, needle_len: usize) -> usize;
    /// How many bytes from the start are whole, valid UTF-8 (`len` if all are).
    #[rustc_intrinsic]
    pub const unsafe fn utf8_valid_up_to(ptr: *const u8, len: usize) -> usize;
}
