mod inner {
    pub trait Hidden {
        fn hidden(&self) -> u8 {
            1
        }
    }

    impl Hidden for super::Plain {}
}

struct Plain;

fn needs<T>(_: T)
where
    T: Clone,
{
}

fn main() {
    Plain.hidden(); //~ ERROR no method named `hidden` found for struct `Plain` in the current scope
    needs(Plain); //~ ERROR the trait bound `Plain: Clone` is not satisfied
    let _x: Option<u8> = None::<u16>; //~ ERROR mismatched types
}
