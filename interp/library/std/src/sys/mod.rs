//! What lies under std on this machine.

pub(crate) mod c;

/// Ends the run: the program asks for `what`, which the machine does not have.
#[track_caller]
pub(crate) fn unsupported(what: &str) -> ! {
    unsafe { core::intrinsics::host::unsupported(what.as_ptr(), what.len()) }
}
