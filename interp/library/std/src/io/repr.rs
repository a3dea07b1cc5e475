//! What an `io::Error` is made of, in one word: the two lowest bits say which kind of thing the others are.
//!
//! A message and a boxed error are pointers (aligned to 4, so that these bits are free); the code of the system and a mere
//! kind are numbers in the upper half, without provenance.

use super::error::{Custom, ErrorKind, SimpleMessage};
use crate::marker::PhantomData;
use crate::mem::ManuallyDrop;
use crate::ptr::{self, NonNull};

const TAG_MESSAGE: usize = 0b00;
const TAG_CUSTOM: usize = 0b01;
const TAG_OS: usize = 0b10;
const TAG_SIMPLE: usize = 0b11;
const TAGS: usize = 0b11;

/// The cases; `C` is how the boxed error is held.
pub(super) enum Data<C> {
    Os(i32),
    Simple(ErrorKind),
    Message(&'static SimpleMessage),
    Custom(C),
}

/// One of them, packed.
pub(super) struct Repr(NonNull<()>, PhantomData<Data<Box<Custom>>>);

unsafe impl Send for Repr {}
unsafe impl Sync for Repr {}

impl Repr {
    pub(super) fn os(code: i32) -> Repr {
        Repr::number((code as u32 as usize) << 32 | TAG_OS)
    }

    pub(super) fn simple(kind: ErrorKind) -> Repr {
        Repr::number((kind as usize) << 32 | TAG_SIMPLE)
    }

    fn number(bits: usize) -> Repr {
        Repr(unsafe { NonNull::new_unchecked(ptr::without_provenance_mut(bits)) }, PhantomData)
    }

    pub(super) const fn message(message: &'static SimpleMessage) -> Repr {
        Repr(unsafe { NonNull::new_unchecked(message as *const SimpleMessage as *mut ()) }, PhantomData)
    }

    pub(super) fn custom(custom: Box<Custom>) -> Repr {
        let pointer = Box::into_raw(custom) as *mut u8;
        Repr(unsafe { NonNull::new_unchecked(pointer.wrapping_add(TAG_CUSTOM) as *mut ()) }, PhantomData)
    }

    fn pointer(&self) -> *mut Custom {
        (self.0.as_ptr() as *mut u8).wrapping_sub(TAG_CUSTOM) as *mut Custom
    }

    fn unpack<C>(&self, custom: impl FnOnce(*mut Custom) -> C) -> Data<C> {
        let bits = self.0.as_ptr().addr();
        match bits & TAGS {
            TAG_OS => Data::Os((bits >> 32) as i32),
            TAG_SIMPLE => Data::Simple(ErrorKind::from_number((bits >> 32) as u8)),
            TAG_CUSTOM => Data::Custom(custom(self.pointer())),
            _ => Data::Message(unsafe { &*(self.0.as_ptr() as *const SimpleMessage) }),
        }
    }

    pub(super) fn data(&self) -> Data<&Custom> {
        self.unpack(|pointer| unsafe { &*pointer })
    }

    pub(super) fn data_mut(&mut self) -> Data<&mut Custom> {
        self.unpack(|pointer| unsafe { &mut *pointer })
    }

    pub(super) fn into_data(self) -> Data<Box<Custom>> {
        ManuallyDrop::new(self).unpack(|pointer| unsafe { Box::from_raw(pointer) })
    }
}

impl Drop for Repr {
    fn drop(&mut self) {
        drop(self.unpack(|pointer| unsafe { Box::from_raw(pointer) }));
    }
}
