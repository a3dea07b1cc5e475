mod area;
pub use area::Area;

pub struct Square(pub u32);
