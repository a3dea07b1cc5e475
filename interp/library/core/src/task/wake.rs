//! Wakers: how a future says that it can go on.

use crate::fmt;
use crate::marker::PhantomData;
use crate::mem::ManuallyDrop;
use crate::ptr;

/// A pointer and what can be done with it.
#[derive(PartialEq, Debug)]
pub struct RawWaker {
    data: *const (),
    vtable: &'static RawWakerVTable,
}

impl RawWaker {
    /// Of both.
    pub const fn new(data: *const (), vtable: &'static RawWakerVTable) -> RawWaker {
        RawWaker { data, vtable }
    }
}

/// What can be done with a waker.
#[derive(PartialEq, Copy, Clone, Debug)]
pub struct RawWakerVTable {
    clone: unsafe fn(*const ()) -> RawWaker,
    wake: unsafe fn(*const ()),
    wake_by_ref: unsafe fn(*const ()),
    drop: unsafe fn(*const ()),
}

impl RawWakerVTable {
    /// Of four functions.
    pub const fn new(
        clone: unsafe fn(*const ()) -> RawWaker,
        wake: unsafe fn(*const ()),
        wake_by_ref: unsafe fn(*const ()),
        drop: unsafe fn(*const ()),
    ) -> Self {
        RawWakerVTable { clone, wake, wake_by_ref, drop }
    }
}

/// What a future is polled with.
#[lang = "Context"]
pub struct Context<'a> {
    waker: &'a Waker,
    _marker: PhantomData<fn(&'a ()) -> &'a ()>,
    _marker2: PhantomData<*mut ()>,
}

impl<'a> Context<'a> {
    /// With a waker.
    pub const fn from_waker(waker: &'a Waker) -> Self {
        Context { waker, _marker: PhantomData, _marker2: PhantomData }
    }

    /// The waker.
    pub const fn waker(&self) -> &'a Waker {
        self.waker
    }
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("waker", &self.waker).finish()
    }
}

/// Says that a task can go on.
#[repr(transparent)]
pub struct Waker {
    waker: RawWaker,
}

impl Unpin for Waker {}
unsafe impl Send for Waker {}
unsafe impl Sync for Waker {}

const fn noop_raw() -> RawWaker {
    const VTABLE: RawWakerVTable = RawWakerVTable::new(|_| noop_raw(), |_| {}, |_| {}, |_| {});
    RawWaker::new(ptr::null(), &VTABLE)
}

impl Waker {
    /// Wakes the task.
    pub fn wake(self) {
        let this = ManuallyDrop::new(self);
        unsafe { (this.waker.vtable.wake)(this.waker.data) };
    }

    /// Wakes the task and keeps the waker.
    pub fn wake_by_ref(&self) {
        unsafe { (self.waker.vtable.wake_by_ref)(self.waker.data) }
    }

    /// Whether both wake the same task.
    pub fn will_wake(&self, other: &Waker) -> bool {
        let (a, b) = (&self.waker, &other.waker);
        a.data == b.data && ptr::eq(a.vtable, b.vtable)
    }

    /// Of a pointer and what can be done with it.
    pub const unsafe fn new(data: *const (), vtable: &'static RawWakerVTable) -> Self {
        Waker { waker: RawWaker { data, vtable } }
    }

    /// Of a raw waker.
    pub const unsafe fn from_raw(waker: RawWaker) -> Waker {
        Waker { waker }
    }

    /// One that does nothing.
    pub const fn noop() -> &'static Waker {
        const WAKER: &Waker = &Waker { waker: noop_raw() };
        WAKER
    }

    /// The pointer.
    pub fn data(&self) -> *const () {
        self.waker.data
    }

    /// What can be done with it.
    pub fn vtable(&self) -> &'static RawWakerVTable {
        self.waker.vtable
    }
}

impl Clone for Waker {
    fn clone(&self) -> Self {
        Waker { waker: unsafe { (self.waker.vtable.clone)(self.waker.data) } }
    }
}

impl Drop for Waker {
    fn drop(&mut self) {
        unsafe { (self.waker.vtable.drop)(self.waker.data) }
    }
}

impl fmt::Debug for Waker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let vtable = self.waker.vtable as *const RawWakerVTable;
        f.debug_struct("Waker").field("data", &self.waker.data).field("vtable", &vtable).finish()
    }
}
