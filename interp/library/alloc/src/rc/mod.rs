//! `Rc<T>` and its `Weak`: shared ownership within one thread.
//!
//! Invariants: the block lives while `weak > 0`, the value while `strong > 0`; all strong
//! references together hold one weak one. The counts are reached through raw pointers only.
//! `sync/` is the same with atomic counts. To add a conversion, see `convert.rs`; a trait, `traits.rs`.

mod convert;
mod traits;
mod weak;

use crate::alloc::{handle_alloc_error, Layout};
use crate::boxed::Box;
use core::intrinsics::{abort, align_of_val, host, read_via_copy, size_of_val, transmute_unchecked};
use core::marker::{PhantomData, Unsize};
use core::mem::{forget, MaybeUninit};
use core::ops::{CoerceUnsized, Deref, DispatchFromDyn};
use core::pin::Pin;
use core::ptr::{self, NonNull};

/// The block on the heap.
#[repr(C)]
struct RcInner<T: ?Sized> {
    strong: usize,
    weak: usize,
    value: T,
}

/// A reference-counted pointer.
pub struct Rc<T: ?Sized> {
    ptr: NonNull<RcInner<T>>,
    phantom: PhantomData<RcInner<T>>,
}

/// A pointer that does not keep the value alive.
pub struct Weak<T: ?Sized> {
    ptr: NonNull<RcInner<T>>,
}

impl<T: ?Sized> !Send for Rc<T> {}
impl<T: ?Sized> !Sync for Rc<T> {}
impl<T: ?Sized> !Send for Weak<T> {}
impl<T: ?Sized> !Sync for Weak<T> {}

impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Rc<U>> for Rc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Rc<U>> for Rc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Weak<U>> for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Weak<U>> for Weak<T> {}

/// The raw pointer in the field `ptr`, without a call.
macro_rules! raw {
    ($rc:expr) => {
        unsafe { *(&raw const $rc.ptr as *const *mut RcInner<_>) }
    };
}
use raw;

impl<T> Rc<T> {
    pub fn new(value: T) -> Rc<T> {
        Rc::from_inner(Box::into_raw(Box::new(RcInner { strong: 1, weak: 1, value })))
    }

    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Rc<T> {
        let uninit: Box<RcInner<MaybeUninit<T>>> =
            Box::new(RcInner { strong: 0, weak: 1, value: MaybeUninit::uninit() });
        let inner = Box::into_raw(uninit) as *mut RcInner<T>;
        let weak = Weak { ptr: unsafe { NonNull::new_unchecked(inner) } };
        let data = data_fn(&weak);
        unsafe {
            ptr::write(&raw mut (*inner).value, data);
            (*inner).strong = 1;
        }
        forget(weak);
        Rc::from_inner(inner)
    }

    pub fn new_uninit() -> Rc<MaybeUninit<T>> {
        Rc::new(MaybeUninit::uninit())
    }

    pub fn new_zeroed() -> Rc<MaybeUninit<T>> {
        let mut made = Rc::new(MaybeUninit::<T>::uninit());
        unsafe { ptr::write_bytes(Rc::get_mut_unchecked(&mut made).as_mut_ptr(), 0, 1) };
        made
    }

    pub fn pin(value: T) -> Pin<Rc<T>> {
        unsafe { Pin::new_unchecked(Rc::new(value)) }
    }

    pub fn try_unwrap(this: Rc<T>) -> Result<T, Rc<T>> {
        let inner: *mut RcInner<T> = raw!(this);
        unsafe {
            if (*inner).strong != 1 {
                return Err(this);
            }
            let value = read_via_copy(&raw const (*inner).value);
            (*inner).strong = 0;
            drop(Weak { ptr: this.ptr });
            forget(this);
            Ok(value)
        }
    }

    pub fn into_inner(this: Rc<T>) -> Option<T> {
        match Rc::try_unwrap(this) {
            Ok(value) => Some(value),
            Err(_) => None,
        }
    }

    pub fn unwrap_or_clone(this: Rc<T>) -> T
    where
        T: Clone,
    {
        match Rc::try_unwrap(this) {
            Ok(value) => value,
            Err(shared) => T::clone(&*shared),
        }
    }
}

impl<T> Rc<MaybeUninit<T>> {
    pub unsafe fn assume_init(self) -> Rc<T> {
        unsafe { transmute_unchecked::<Rc<MaybeUninit<T>>, Rc<T>>(self) }
    }
}

impl<T> Rc<[T]> {
    pub fn new_uninit_slice(len: usize) -> Rc<[MaybeUninit<T>]> {
        Rc::from(Box::<[T]>::new_uninit_slice(len))
    }

    pub fn new_zeroed_slice(len: usize) -> Rc<[MaybeUninit<T>]> {
        Rc::from(Box::<[T]>::new_zeroed_slice(len))
    }
}

impl<T> Rc<[MaybeUninit<T>]> {
    pub unsafe fn assume_init(self) -> Rc<[T]> {
        unsafe { transmute_unchecked::<Rc<[MaybeUninit<T>]>, Rc<[T]>>(self) }
    }
}

impl<T: ?Sized> Rc<T> {
    fn from_inner(inner: *mut RcInner<T>) -> Rc<T> {
        unsafe { Rc { ptr: NonNull::new_unchecked(inner), phantom: PhantomData } }
    }

    pub fn into_raw(this: Rc<T>) -> *const T {
        let value = Rc::as_ptr(&this);
        forget(this);
        value
    }

    pub fn as_ptr(this: &Rc<T>) -> *const T {
        let inner: *mut RcInner<T> = raw!(this);
        unsafe { &raw const (*inner).value }
    }

    pub unsafe fn from_raw(ptr: *const T) -> Rc<T> {
        unsafe { Rc::from_inner(inner_of(ptr)) }
    }

    pub unsafe fn increment_strong_count(ptr: *const T) {
        let rc = unsafe { Rc::from_raw(ptr) };
        forget(rc.clone());
        forget(rc);
    }

    pub unsafe fn decrement_strong_count(ptr: *const T) {
        unsafe { drop(Rc::from_raw(ptr)) };
    }

    pub fn downgrade(this: &Rc<T>) -> Weak<T> {
        let inner: *mut RcInner<T> = raw!(this);
        unsafe { (*inner).weak += 1 };
        Weak { ptr: this.ptr }
    }

    pub fn weak_count(this: &Rc<T>) -> usize {
        let inner: *mut RcInner<T> = raw!(this);
        unsafe { (*inner).weak - 1 }
    }

    pub fn strong_count(this: &Rc<T>) -> usize {
        let inner: *mut RcInner<T> = raw!(this);
        unsafe { (*inner).strong }
    }

    pub fn get_mut(this: &mut Rc<T>) -> Option<&mut T> {
        let inner: *mut RcInner<T> = raw!(this);
        unsafe {
            if (*inner).strong == 1 && (*inner).weak == 1 {
                Some(&mut (*inner).value)
            } else {
                None
            }
        }
    }

    #[unstable(feature = "get_mut_unchecked")]
    pub unsafe fn get_mut_unchecked(this: &mut Rc<T>) -> &mut T {
        let inner: *mut RcInner<T> = raw!(this);
        unsafe { &mut (*inner).value }
    }

    pub fn ptr_eq(this: &Rc<T>, other: &Rc<T>) -> bool {
        ptr::addr_eq(Rc::as_ptr(this), Rc::as_ptr(other))
    }

    /// The last strong reference is gone: drops the value, then the weak one they all held.
    unsafe fn drop_slow(ptr: NonNull<RcInner<T>>, inner: *mut RcInner<T>) {
        let _weak = Weak { ptr };
        unsafe { ptr::drop_in_place(&raw mut (*inner).value) };
    }
}

/// The block around the value at `ptr`, which is its last field.
unsafe fn inner_of<T: ?Sized>(ptr: *const T) -> *mut RcInner<T> {
    unsafe {
        let align = align_of_val(ptr);
        let header = core::mem::size_of::<RcInner<()>>();
        let distance = (header + align - 1) & !(align - 1);
        ptr.byte_sub(distance) as *mut RcInner<T>
    }
}

/// A value that can be cloned into a block of its own: also slices and text.
pub trait CloneToBlock {
    #[doc(hidden)]
    fn clone_to_block(&self) -> Rc<Self>;
}

impl<T: Clone> CloneToBlock for T {
    fn clone_to_block(&self) -> Rc<T> {
        Rc::new(self.clone())
    }
}

impl<T: Clone> CloneToBlock for [T] {
    fn clone_to_block(&self) -> Rc<[T]> {
        Rc::from(self)
    }
}

impl CloneToBlock for str {
    fn clone_to_block(&self) -> Rc<str> {
        Rc::from(self)
    }
}

impl<T: ?Sized + CloneToBlock> Rc<T> {
    pub fn make_mut(this: &mut Rc<T>) -> &mut T {
        let inner: *mut RcInner<T> = raw!(this);
        unsafe {
            if (*inner).strong != 1 {
                *this = (*inner).value.clone_to_block();
            } else if (*inner).weak != 1 {
                let moved = convert::move_value(&raw const (*inner).value);
                (*inner).strong = 0;
                let old = Weak { ptr: this.ptr };
                ptr::write(this, moved);
                drop(old);
            }
            let inner: *mut RcInner<T> = raw!(this);
            &mut (*inner).value
        }
    }
}

impl<T: ?Sized> Deref for Rc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        let inner: *mut RcInner<T> = raw!(self);
        unsafe { &(*inner).value }
    }
}

impl<T: ?Sized> Clone for Rc<T> {
    fn clone(&self) -> Rc<T> {
        let inner: *mut RcInner<T> = raw!(self);
        unsafe {
            let strong = (*inner).strong;
            if strong == usize::MAX {
                abort();
            }
            (*inner).strong = strong + 1;
        }
        Rc { ptr: self.ptr, phantom: PhantomData }
    }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Rc<T> {
    fn drop(&mut self) {
        let inner: *mut RcInner<T> = raw!(self);
        unsafe {
            let strong = (*inner).strong - 1;
            (*inner).strong = strong;
            if strong == 0 {
                Rc::drop_slow(self.ptr, inner);
            }
        }
    }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Weak<T> {
    fn drop(&mut self) {
        let inner: *mut RcInner<T> = raw!(self);
        if (inner as *mut ()).addr() == usize::MAX {
            return;
        }
        unsafe {
            let weak = (*inner).weak - 1;
            (*inner).weak = weak;
            if weak == 0 {
                let align = align_of_val(inner as *const RcInner<T>);
                host::dealloc(inner as *mut u8, size_of_val(inner as *const RcInner<T>), align);
            }
        }
    }
}

/// A block with a value of `size` bytes to be written after the counts; and where to write it.
fn allocate(size: usize, align: usize) -> (*mut u8, *mut u8) {
    let header = Layout::new::<RcInner<()>>();
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
        let counts = block as *mut RcInner<()>;
        ptr::write(&raw mut (*counts).strong, 1);
        ptr::write(&raw mut (*counts).weak, 1);
        (block, block.add(at))
    }
}
