//! `Arc<T>` and its `Weak`: shared ownership between threads.
//!
//! Invariants: as `rc`, with atomic counts: a reference is given up with Release and the last one
//! acquires, so that everything done with the value happens before it is dropped. While `weak` is
//! `usize::MAX` somebody is looking whether a reference is the only one.

mod convert;
mod traits;
mod weak;

use crate::alloc::{handle_alloc_error, Layout};
use crate::boxed::Box;
use core::hint;
use core::intrinsics::{abort, align_of_val, host, read_via_copy, size_of_val, transmute_unchecked};
use core::marker::{PhantomData, Unsize};
use core::mem::{forget, MaybeUninit};
use core::ops::{CoerceUnsized, Deref, DispatchFromDyn};
use core::pin::Pin;
use core::ptr::{self, NonNull};
use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use core::sync::atomic::{fence, AtomicUsize};

pub use core::sync::atomic;

/// The block on the heap.
#[repr(C)]
struct ArcInner<T: ?Sized> {
    strong: AtomicUsize,
    weak: AtomicUsize,
    value: T,
}

/// A reference-counted pointer that threads can share.
pub struct Arc<T: ?Sized> {
    ptr: NonNull<ArcInner<T>>,
    phantom: PhantomData<ArcInner<T>>,
}

/// A pointer that does not keep the value alive.
pub struct Weak<T: ?Sized> {
    ptr: NonNull<ArcInner<T>>,
}

unsafe impl<T: ?Sized + Sync + Send> Send for Arc<T> {}
unsafe impl<T: ?Sized + Sync + Send> Sync for Arc<T> {}
unsafe impl<T: ?Sized + Sync + Send> Send for Weak<T> {}
unsafe impl<T: ?Sized + Sync + Send> Sync for Weak<T> {}

impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Arc<U>> for Arc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Arc<U>> for Arc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Weak<U>> for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Weak<U>> for Weak<T> {}

/// More references than this cannot be honest.
const MAX_REFCOUNT: usize = isize::MAX as usize;

/// The raw pointer in the field `ptr`, without a call.
macro_rules! raw {
    ($arc:expr) => {
        unsafe { *(&raw const $arc.ptr as *const *mut ArcInner<_>) }
    };
}
use raw;

impl<T> Arc<T> {
    pub fn new(value: T) -> Arc<T> {
        let inner = ArcInner { strong: AtomicUsize::new(1), weak: AtomicUsize::new(1), value };
        Arc::from_inner(Box::into_raw(Box::new(inner)))
    }

    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Arc<T> {
        let uninit: Box<ArcInner<MaybeUninit<T>>> = Box::new(ArcInner {
            strong: AtomicUsize::new(0),
            weak: AtomicUsize::new(1),
            value: MaybeUninit::uninit(),
        });
        let inner = Box::into_raw(uninit) as *mut ArcInner<T>;
        let weak = Weak { ptr: unsafe { NonNull::new_unchecked(inner) } };
        let data = data_fn(&weak);
        unsafe {
            ptr::write(&raw mut (*inner).value, data);
            (*inner).strong.fetch_add(1, Release);
        }
        forget(weak);
        Arc::from_inner(inner)
    }

    pub fn new_uninit() -> Arc<MaybeUninit<T>> {
        Arc::new(MaybeUninit::uninit())
    }

    pub fn new_zeroed() -> Arc<MaybeUninit<T>> {
        let mut made = Arc::new(MaybeUninit::<T>::uninit());
        unsafe { ptr::write_bytes(Arc::get_mut_unchecked(&mut made).as_mut_ptr(), 0, 1) };
        made
    }

    pub fn pin(value: T) -> Pin<Arc<T>> {
        unsafe { Pin::new_unchecked(Arc::new(value)) }
    }

    pub fn try_unwrap(this: Arc<T>) -> Result<T, Arc<T>> {
        let inner: *mut ArcInner<T> = raw!(this);
        unsafe {
            if (*inner).strong.compare_exchange(1, 0, Relaxed, Relaxed).is_err() {
                return Err(this);
            }
            fence(Acquire);
            let value = read_via_copy(&raw const (*inner).value);
            drop(Weak { ptr: this.ptr });
            forget(this);
            Ok(value)
        }
    }

    pub fn into_inner(this: Arc<T>) -> Option<T> {
        let inner: *mut ArcInner<T> = raw!(this);
        let ptr = this.ptr;
        forget(this);
        unsafe {
            if (*inner).strong.fetch_sub(1, Release) != 1 {
                return None;
            }
            fence(Acquire);
            let value = read_via_copy(&raw const (*inner).value);
            drop(Weak { ptr });
            Some(value)
        }
    }

    pub fn unwrap_or_clone(this: Arc<T>) -> T
    where
        T: Clone,
    {
        match Arc::try_unwrap(this) {
            Ok(value) => value,
            Err(shared) => T::clone(&*shared),
        }
    }
}

impl<T> Arc<MaybeUninit<T>> {
    pub unsafe fn assume_init(self) -> Arc<T> {
        unsafe { transmute_unchecked::<Arc<MaybeUninit<T>>, Arc<T>>(self) }
    }
}

impl<T> Arc<[T]> {
    pub fn new_uninit_slice(len: usize) -> Arc<[MaybeUninit<T>]> {
        Arc::from(Box::<[T]>::new_uninit_slice(len))
    }

    pub fn new_zeroed_slice(len: usize) -> Arc<[MaybeUninit<T>]> {
        Arc::from(Box::<[T]>::new_zeroed_slice(len))
    }
}

impl<T> Arc<[MaybeUninit<T>]> {
    pub unsafe fn assume_init(self) -> Arc<[T]> {
        unsafe { transmute_unchecked::<Arc<[MaybeUninit<T>]>, Arc<[T]>>(self) }
    }
}

impl<T: ?Sized> Arc<T> {
    fn from_inner(inner: *mut ArcInner<T>) -> Arc<T> {
        unsafe { Arc { ptr: NonNull::new_unchecked(inner), phantom: PhantomData } }
    }

    pub fn into_raw(this: Arc<T>) -> *const T {
        let value = Arc::as_ptr(&this);
        forget(this);
        value
    }

    pub fn as_ptr(this: &Arc<T>) -> *const T {
        let inner: *mut ArcInner<T> = raw!(this);
        unsafe { &raw const (*inner).value }
    }

    pub unsafe fn from_raw(ptr: *const T) -> Arc<T> {
        unsafe { Arc::from_inner(inner_of(ptr)) }
    }

    pub unsafe fn increment_strong_count(ptr: *const T) {
        let arc = unsafe { Arc::from_raw(ptr) };
        forget(arc.clone());
        forget(arc);
    }

    pub unsafe fn decrement_strong_count(ptr: *const T) {
        unsafe { drop(Arc::from_raw(ptr)) };
    }

    pub fn downgrade(this: &Arc<T>) -> Weak<T> {
        let inner: *mut ArcInner<T> = raw!(this);
        let weak = unsafe { &(*inner).weak };
        let mut count = weak.load(Relaxed);
        loop {
            if count == usize::MAX {
                hint::spin_loop();
                count = weak.load(Relaxed);
                continue;
            }
            assert!(count <= MAX_REFCOUNT, "Arc counter overflow");
            match weak.compare_exchange_weak(count, count + 1, Acquire, Relaxed) {
                Ok(_) => return Weak { ptr: this.ptr },
                Err(old) => count = old,
            }
        }
    }

    pub fn weak_count(this: &Arc<T>) -> usize {
        let inner: *mut ArcInner<T> = raw!(this);
        let count = unsafe { (*inner).weak.load(Relaxed) };
        if count == usize::MAX {
            0
        } else {
            count - 1
        }
    }

    pub fn strong_count(this: &Arc<T>) -> usize {
        let inner: *mut ArcInner<T> = raw!(this);
        unsafe { (*inner).strong.load(Relaxed) }
    }

    /// Whether no other strong or weak reference is about.
    #[unstable(feature = "arc_is_unique")]
    fn is_unique(&self) -> bool {
        let inner: *mut ArcInner<T> = raw!(self);
        unsafe {
            if (*inner).weak.compare_exchange(1, usize::MAX, Acquire, Relaxed).is_err() {
                return false;
            }
            let unique = (*inner).strong.load(Acquire) == 1;
            (*inner).weak.store(1, Release);
            unique
        }
    }

    pub fn get_mut(this: &mut Arc<T>) -> Option<&mut T> {
        if this.is_unique() {
            let inner: *mut ArcInner<T> = raw!(this);
            unsafe { Some(&mut (*inner).value) }
        } else {
            None
        }
    }

    #[unstable(feature = "get_mut_unchecked")]
    pub unsafe fn get_mut_unchecked(this: &mut Arc<T>) -> &mut T {
        let inner: *mut ArcInner<T> = raw!(this);
        unsafe { &mut (*inner).value }
    }

    pub fn ptr_eq(this: &Arc<T>, other: &Arc<T>) -> bool {
        ptr::addr_eq(Arc::as_ptr(this), Arc::as_ptr(other))
    }

    /// The last strong reference is gone: drops the value, then the weak one they all held.
    unsafe fn drop_slow(ptr: NonNull<ArcInner<T>>, inner: *mut ArcInner<T>) {
        let _weak = Weak { ptr };
        unsafe { ptr::drop_in_place(&raw mut (*inner).value) };
    }
}

/// The block around the value at `ptr`, which is its last field.
unsafe fn inner_of<T: ?Sized>(ptr: *const T) -> *mut ArcInner<T> {
    unsafe {
        let align = align_of_val(ptr);
        let header = core::mem::size_of::<ArcInner<()>>();
        let distance = (header + align - 1) & !(align - 1);
        ptr.byte_sub(distance) as *mut ArcInner<T>
    }
}

/// A value that can be cloned into a block of its own: also slices and text.
pub trait CloneToBlock {
    #[doc(hidden)]
    fn clone_to_block(&self) -> Arc<Self>;
}

impl<T: Clone> CloneToBlock for T {
    fn clone_to_block(&self) -> Arc<T> {
        Arc::new(self.clone())
    }
}

impl<T: Clone> CloneToBlock for [T] {
    fn clone_to_block(&self) -> Arc<[T]> {
        Arc::from(self)
    }
}

impl CloneToBlock for str {
    fn clone_to_block(&self) -> Arc<str> {
        Arc::from(self)
    }
}

impl<T: ?Sized + CloneToBlock> Arc<T> {
    pub fn make_mut(this: &mut Arc<T>) -> &mut T {
        let inner: *mut ArcInner<T> = raw!(this);
        unsafe {
            if (*inner).strong.compare_exchange(1, 0, Acquire, Relaxed).is_err() {
                *this = (*inner).value.clone_to_block();
            } else if (*inner).weak.load(Relaxed) != 1 {
                let moved = convert::move_value(&raw const (*inner).value);
                let old = Weak { ptr: this.ptr };
                ptr::write(this, moved);
                drop(old);
            } else {
                (*inner).strong.store(1, Release);
            }
            let inner: *mut ArcInner<T> = raw!(this);
            &mut (*inner).value
        }
    }
}

impl<T: ?Sized> Deref for Arc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        let inner: *mut ArcInner<T> = raw!(self);
        unsafe { &(*inner).value }
    }
}

impl<T: ?Sized> Clone for Arc<T> {
    fn clone(&self) -> Arc<T> {
        let inner: *mut ArcInner<T> = raw!(self);
        unsafe {
            if (*inner).strong.fetch_add(1, Relaxed) > MAX_REFCOUNT {
                abort();
            }
        }
        Arc { ptr: self.ptr, phantom: PhantomData }
    }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Arc<T> {
    fn drop(&mut self) {
        let inner: *mut ArcInner<T> = raw!(self);
        unsafe {
            if (*inner).strong.fetch_sub(1, Release) == 1 {
                (*inner).strong.load(Acquire);
                Arc::drop_slow(self.ptr, inner);
            }
        }
    }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Weak<T> {
    fn drop(&mut self) {
        let inner: *mut ArcInner<T> = raw!(self);
        if (inner as *mut ()).addr() == usize::MAX {
            return;
        }
        unsafe {
            if (*inner).weak.fetch_sub(1, Release) == 1 {
                (*inner).weak.load(Acquire);
                let align = align_of_val(inner as *const ArcInner<T>);
                host::dealloc(inner as *mut u8, size_of_val(inner as *const ArcInner<T>), align);
            }
        }
    }
}

/// A block with a value of `size` bytes to be written after the counts; and where to write it.
fn allocate(size: usize, align: usize) -> (*mut u8, *mut u8) {
    let header = Layout::new::<ArcInner<()>>();
    let value = match Layout::from_size_align(size, align) {
        Ok(layout) => layout,
        Err(_) => crate::raw_vec::capacity_overflow(),
    };
    let (layout, at) = match header.extend(value) {
        Ok((layout, at)) => (layout.pad_to_align(), at),
        Err(_) => crate::raw_vec::capacity_overflow(),
    };
    unsafe {
        let block = host::alloc(layout.size(), layout.align());
        if block.is_null() {
            handle_alloc_error(layout);
        }
        let counts = block as *mut ArcInner<()>;
        ptr::write(&raw mut (*counts).strong, AtomicUsize::new(1));
        ptr::write(&raw mut (*counts).weak, AtomicUsize::new(1));
        (block, block.add(at))
    }
}
