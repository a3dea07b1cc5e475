trait Outer<T> {
    fn shadows<T: Clone>(&self, t: T); //~ ERROR the name `T` is already used for a generic parameter in this item's generic parameters
}

trait First: Second {} //~ ERROR cycle detected when computing the super predicates of `First`

trait Second: First {}

struct Local;

impl Sized for Local {} //~ ERROR explicit impls for the `Sized` trait are not permitted

trait HasConst {
    const N: u32;
}

impl HasConst for Local {
    const N: u64 = 1; //~ ERROR implemented const `N` has an incompatible type for trait
}

struct Generic<T>(T);

impl<T: Clone> Drop for Generic<T> { //~ ERROR `Drop` impl requires `T: Clone` but the struct it is implemented for does not
    fn drop(&mut self) {}
}

fn main() {}
